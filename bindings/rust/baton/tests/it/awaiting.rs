// SPDX-License-Identifier: MIT
//! One child, delegated to; several, each driven by its awaiting.

use std::future::pending;

use baton::{block_on, delegate, yielding, Error, Handle, State, Value};
use futures::future::{join, select, Either};
use futures::stream::FuturesUnordered;
use futures::{poll, StreamExt};

use crate::support::*;

fn names(handle: &Handle) -> Vec<String> {
    let members = handle.chain().unwrap();
    let last = |name: &str| name.rsplit("::").next().unwrap().to_owned();
    members.iter().map(|member| last(&member.name)).collect()
}

#[baton::coroutine]
async fn leaf(gate: Gate) -> i64 {
    gate.await;
    1
}

#[baton::coroutine]
async fn middle(gate: Gate) -> Result<i64, Error> {
    Ok(i64::try_from(leaf(gate).await?)? + 1)
}

#[baton::coroutine]
async fn outer(gate: Gate) -> Result<i64, Error> {
    Ok(i64::try_from(middle(gate).await?)? + 1)
}

#[test]
fn a_single_child_is_delegated_to() {
    let _clean = clean();
    let gate = Gate::default();
    let mut handle = outer(gate.clone());
    assert_eq!(handle.state(), Some(State::Created));
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(names(&handle), ["outer", "middle", "leaf"]);
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN 3");
    assert_eq!(handle.state(), Some(State::Closed));
    let again = told(step(&mut handle));
    assert_eq!(
        again,
        "ERROR runtime-error: cannot reuse already awaited coroutine"
    );
}

#[test]
fn what_is_told_of_a_coroutine_is_where_its_source_is() {
    let _clean = clean();
    let mut handle = leaf(Gate::default());
    assert_eq!(handle.name(), "leaf");
    let location = handle.location().unwrap();
    assert_eq!(location.function, "it::awaiting::leaf");
    assert_eq!(location.language, "rust");
    assert!(location.file.ends_with("awaiting.rs"));
    assert!(location.line > 1);
    handle.close().unwrap();
}

#[test]
fn a_thousand_deep_chain_is_resumed_at_its_leaf() {
    let _clean = clean();
    let gate = Gate::default();
    let mut handle = leaf(gate.clone());
    for _ in 0..1000 {
        let child = handle;
        handle = Handle::new(async move { Ok::<_, Error>(number(child.await?) + 1) });
    }
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(names(&handle).len(), 1001);
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN 1001");
}

#[test]
fn a_thousand_deep_chain_is_dropped_without_recursion() {
    let _clean = clean();
    let mut handle = leaf(Gate::default());
    for _ in 0..1000 {
        let child = handle;
        handle = Handle::new(async move { child.await });
    }
    assert_eq!(told(step(&mut handle)), "PENDING");
    drop(handle);
}

#[test]
fn children_that_are_joined_are_driven_side_by_side() {
    let _clean = clean();
    let gates = [Gate::default(), Gate::default()];
    let (one, two) = (leaf(gates[0].clone()), middle(gates[1].clone()));
    let mut handle = Handle::new(async move {
        let (one, two) = join(one.awaiting(), two.awaiting()).await;
        Ok::<_, Error>(number(one?) + number(two?))
    });
    let (wakes, waker) = Count::new();
    let mut cx = std::task::Context::from_waker(&waker);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
    assert_eq!(names(&handle), ["future"]);
    gates[1].open();
    assert_eq!(wakes.get(), 1);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
    gates[0].open();
    assert_eq!(wakes.get(), 2);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "RETURN 3");
}

#[test]
fn a_child_beside_a_future_with_a_waker_is_driven() {
    let _clean = clean();
    let timer = Gate::default();
    let (child, waits) = (leaf(Gate::default()), timer.clone());
    let mut handle = Handle::new(async move {
        match select(child.awaiting(), waits).await {
            Either::Left(_) => "child",
            Either::Right(_) => "timer",
        }
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(names(&handle), ["future"]);
    timer.open();
    assert_eq!(told(step(&mut handle)), "RETURN \"timer\"");
}

#[test]
fn once_other_wakers_are_gone_the_next_child_is_delegated_to() {
    let _clean = clean();
    let (timer, gate) = (Gate::default(), Gate::default());
    let (waits, child) = (timer.clone(), leaf(gate.clone()));
    let mut handle = Handle::new(async move {
        waits.await;
        child.await
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    timer.open();
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(names(&handle), ["future", "leaf"]);
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN 1");
}

#[test]
fn a_child_that_was_polled_once_runs_though_nobody_polls_it_again() {
    let _clean = clean();
    let (tell, told_by_child) = futures::channel::oneshot::channel();
    let child = Handle::new(async move {
        tell.send(7).unwrap();
        pending::<()>().await;
    });
    let mut handle = Handle::new(async move {
        let mut background = child.awaiting();
        assert!(poll!(&mut background).is_pending());
        told_by_child.await.unwrap()
    });
    let (wakes, waker) = Count::new();
    let mut cx = std::task::Context::from_waker(&waker);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
    assert_eq!(wakes.get(), 1);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "RETURN 7");
}

#[test]
fn a_child_in_the_background_is_taken_up_where_it_stands() {
    let _clean = clean();
    let (gate, timer) = (Gate::default(), Gate::default());
    let (child, waits) = (leaf(gate.clone()), timer.clone());
    let mut handle = Handle::new(async move {
        let mut background = child.awaiting();
        assert!(poll!(&mut background).is_pending());
        waits.await;
        background.await
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    timer.open();
    assert_eq!(told(step(&mut handle)), "PENDING");
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN 1");
}

#[test]
fn an_await_that_loses_at_once_closes_its_child_without_a_notice() {
    let _clean = clean();
    let child = leaf(Gate::default());
    let handle = Handle::new(async move {
        match select(child.awaiting(), std::future::ready(5)).await {
            Either::Left(_) => 0,
            Either::Right((value, _)) => value,
        }
    });
    assert_eq!(number(block_on(handle).unwrap()), 5);
}

#[test]
fn many_children_of_a_set_are_driven_when_they_wake() {
    let _clean = clean();
    let gates: Vec<Gate> = (0..100).map(|_| Gate::default()).collect();
    let children: FuturesUnordered<_> = gates
        .iter()
        .map(|gate| leaf(gate.clone()).awaiting())
        .collect();
    let mut handle = Handle::new(async move {
        let ends: Vec<_> = children.collect().await;
        ends.into_iter()
            .map(|end| number(end.unwrap()))
            .sum::<i64>()
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    for gate in &gates[..99] {
        gate.open();
        while told(step(&mut handle)) != "PENDING" {}
    }
    gates[99].open();
    assert_eq!(told(step(&mut handle)), "RETURN 100");
}

#[test]
fn a_promise_is_kept_whatever_wakers_are_about() {
    let _clean = clean();
    let gate = Gate::default();
    let child = leaf(gate.clone());
    let mut handle = Handle::new(async move {
        let kept =
            std::future::poll_fn(|cx| std::task::Poll::Ready(cx.waker().clone())).await;
        let outcome = delegate(child).await;
        drop(kept);
        outcome
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(names(&handle), ["future", "leaf"]);
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN 1");
}

#[test]
fn a_promise_beside_another_await_fails() {
    let _clean = clean();
    let (one, two) = (leaf(Gate::default()), leaf(Gate::default()));
    let mut handle = Handle::new(async move { join(delegate(one), delegate(two)).await.1 });
    let second = told(step(&mut handle));
    assert_eq!(second, "PENDING");
    drop(handle);
    let (one, two) = (leaf(Gate::default()), leaf(Gate::default()));
    let mut handle = Handle::new(async move {
        match select(two.awaiting(), delegate(one)).await {
            Either::Left((end, _)) | Either::Right((end, _)) => end,
        }
    });
    assert_eq!(
        told(step(&mut handle)),
        "ERROR runtime-error: cannot delegate: the coroutine awaits something else too"
    );
}

#[test]
fn a_token_of_the_only_child_goes_up_and_its_answer_down() {
    let _clean = clean();
    let (keep, gate) = (Gate::default(), Gate::default());
    let child = yielding(|y| async move { y.yield_("token").await });
    let (waits, opened) = (keep.clone(), gate.clone());
    let mut handle = Handle::new(async move {
        // Driven by its awaiting, since it began beside another wait.
        match select(child.awaiting(), waits).await {
            Either::Left((end, _)) => end,
            Either::Right((_, child)) => {
                opened.await;
                child.await
            }
        }
    });
    // Beside another wait the token is thrown back.
    assert_eq!(
        told(step(&mut handle)),
        "ERROR runtime-error: bad yield: text"
    );
    drop((keep, gate));
}

#[test]
fn a_lone_token_passes_through_a_driven_child() {
    let _clean = clean();
    let child = yielding(|y| async move { y.yield_("token").await });
    let mut handle = Handle::new(async move {
        let mut child = child.awaiting();
        // A second poll in the same step makes the awaiting drive it.
        assert!(poll!(&mut child).is_pending());
        child.await
    });
    assert_eq!(told(step(&mut handle)), "YIELD \"token\"");
    let answer = handle.send(&mut noop(), Value::from(4));
    assert_eq!(told(answer), "RETURN 4");
}

#[test]
fn a_child_that_yields_none_beside_others_is_run_again() {
    let _clean = clean();
    let gate = Gate::default();
    let child = yielding(|y| async move {
        y.yield_(()).await?;
        Ok::<_, Error>("ran again")
    });
    let waits = gate.clone();
    let mut handle = Handle::new(async move {
        match select(child.awaiting(), waits).await {
            Either::Left((end, _)) => end,
            Either::Right(_) => Ok(Value::NONE),
        }
    });
    let (wakes, waker) = Count::new();
    let mut cx = std::task::Context::from_waker(&waker);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
    assert!(wakes.get() >= 1);
    assert_eq!(
        told(handle.send(&mut cx, Value::NONE)),
        "RETURN \"ran again\""
    );
}

#[test]
fn a_child_that_drives_its_parent_is_refused() {
    let _clean = clean();
    use std::sync::{Arc, Mutex};
    let parent: Arc<Mutex<Option<Value>>> = Arc::default();
    // A raw reference to the parent, as foreign code might have one.
    struct Ref(baton::sys::baton_value);
    // SAFETY: the test has one thread.
    unsafe impl Send for Ref {}
    let slot: Arc<Mutex<Option<Ref>>> = Arc::default();
    let seen = slot.clone();
    let child = Handle::new(async move {
        let raw = seen
            .lock()
            .unwrap()
            .as_ref()
            .map(|parent| parent.0)
            .unwrap();
        // SAFETY: the parent lives while its child runs; the copy is released.
        let parent = unsafe { Value::from_raw(baton::sys::baton_copy(&raw).unwrap()) };
        let mut parent = parent.into_awaitable().unwrap();
        told(parent.send(&mut noop(), Value::NONE))
    });
    let mut handle = Handle::new(async move {
        let mut child = child.awaiting();
        assert!(poll!(&mut child).is_pending());
        child.await
    });
    *slot.lock().unwrap() = Some(Ref(*handle.as_raw()));
    assert_eq!(
        told(step(&mut handle)),
        "RETURN \"ERROR value-error: coroutine already executing\""
    );
    drop(parent);
}

#[test]
fn an_awaiting_that_moved_away_says_so() {
    let _clean = clean();
    let child = leaf(Gate::default());
    let (give, take) = std::sync::mpsc::channel();
    let mut handle = Handle::new(async move {
        let mut awaiting = child.awaiting();
        assert!(poll!(&mut awaiting).is_pending());
        give.send(awaiting).unwrap();
        pending::<()>().await;
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    let stray = take.recv().unwrap();
    assert_eq!(
        block_on(stray).unwrap_err().message(),
        "this child is with another coroutine, which polled for it before"
    );
}

#[test]
fn a_wake_during_the_poll_keeps_the_child_from_being_delegated_to() {
    let _clean = clean();
    for by_reference in [true, false] {
        let gate = Gate::default();
        let child = leaf(gate.clone());
        let mut polls = 0;
        let spins = std::future::poll_fn(move |cx| {
            polls += 1;
            if polls > 4 {
                return std::task::Poll::Ready(());
            }
            if by_reference {
                cx.waker().wake_by_ref();
            } else {
                let clone = cx.waker().clone();
                clone.wake();
            }
            std::task::Poll::Pending
        });
        let mut handle = Handle::new(async move { join(child.awaiting(), spins).await.0 });
        let (wakes, waker) = Count::new();
        let mut cx = std::task::Context::from_waker(&waker);
        assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
        assert_eq!(names(&handle), ["future"]);
        assert!(wakes.get() >= 1);
        gate.open();
        let mut end = told(handle.send(&mut cx, Value::NONE));
        while end == "PENDING" {
            end = told(handle.send(&mut cx, Value::NONE));
        }
        assert_eq!(end, "RETURN 1");
    }
}
