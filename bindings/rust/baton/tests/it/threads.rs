// SPDX-License-Identifier: MIT
//! Several threads: wakes, drops, and coroutines that belong to one.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{mpsc, Arc};
use std::thread;

use baton::{block_on, delegate, Error, Handle, Kind, Value};
use futures::future::join_all;

use crate::support::*;

/// The id of the thread on which it is dropped.
struct WhereDropped(mpsc::Sender<thread::ThreadId>);

impl Drop for WhereDropped {
    fn drop(&mut self) {
        self.0.send(thread::current().id()).unwrap();
    }
}

#[test]
fn a_wake_from_another_thread_resumes() {
    let _clean = clean();
    let gate = Gate::default();
    let other = gate.clone();
    let child = Handle::new(gate);
    let opener = thread::spawn(move || {
        while !other.waits() {
            thread::yield_now();
        }
        other.open();
    });
    assert!(block_on(Handle::new(async { child.await }))
        .unwrap()
        .is_none());
    opener.join().unwrap();
}

#[test]
fn a_storm_of_wakes_loses_none() {
    let _clean = clean();
    const ROUNDS: usize = 500;
    let gates: Vec<Vec<Gate>> = (0..2)
        .map(|_| (0..ROUNDS).map(|_| Gate::default()).collect())
        .collect();
    let children = gates.iter().map(|gates| {
        let gates = gates.clone();
        Handle::new(async move {
            for gate in gates {
                Handle::new(gate).await?;
            }
            Ok::<_, Error>(1)
        })
    });
    let children: Vec<_> = children.map(Handle::awaiting).collect();
    let openers: Vec<_> = gates
        .into_iter()
        .map(|gates| {
            thread::spawn(move || {
                for gate in gates {
                    gate.open();
                }
            })
        })
        .collect();
    let handle = Handle::new(async move {
        let ends = join_all(children).await;
        ends.into_iter()
            .map(|end| number(end.unwrap()))
            .sum::<i64>()
    });
    assert_eq!(number(block_on(handle).unwrap()), 2);
    for opener in openers {
        opener.join().unwrap();
    }
}

#[test]
fn a_coroutine_goes_on_on_another_thread_and_is_woken_there() {
    let _clean = clean();
    let gates = [Gate::default(), Gate::default()];
    let waits = gates.clone();
    let mut handle = Handle::new(async move {
        let [one, two] = waits;
        futures::join!(one, two);
    });
    let (first, waker) = Count::new();
    let mut cx = std::task::Context::from_waker(&waker);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
    thread::scope(|scope| {
        scope.spawn(|| {
            let (second, waker) = Count::new();
            let mut cx = std::task::Context::from_waker(&waker);
            assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
            gates[0].open();
            assert_eq!((first.get(), second.get()), (0, 1));
            assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
            gates[1].open();
            assert_eq!((first.get(), second.get()), (0, 2));
            assert_eq!(told(handle.send(&mut cx, Value::NONE)), "RETURN none");
            baton_flush();
        });
    });
}

/// What this thread keeps for later goes back, so that the counters tell.
fn baton_flush() {
    // SAFETY: any thread may call it.
    unsafe { baton::sys::baton_thread_flush() }
}

#[test]
fn a_suspended_future_is_dropped_where_its_handle_is() {
    let _clean = clean();
    let (give, take) = mpsc::channel();
    let guard = WhereDropped(give);
    let mut handle = Handle::new(async move {
        let _guard = guard;
        Gate::default().await;
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    let there = thread::spawn(move || {
        drop(handle);
        baton_flush();
        thread::current().id()
    });
    assert_eq!(take.recv().unwrap(), there.join().unwrap());
}

#[test]
fn a_local_future_refuses_other_threads_and_is_dropped_on_its_own() {
    let _clean = clean();
    let (give, take) = mpsc::channel();
    let guard = WhereDropped(give);
    let count = Rc::new(Cell::new(0));
    let seen = count.clone();
    let mut handle = Handle::local(async move {
        let _guard = guard;
        seen.set(1);
        Gate::default().await;
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    thread::spawn(move || {
        let error = step(&mut handle).unwrap_err();
        assert_eq!(
            (error.kind(), error.message()),
            (Kind::RUNTIME, "'coroutine' belongs to another thread")
        );
        drop(handle);
        baton_flush();
    })
    .join()
    .unwrap();
    assert!(take.try_recv().is_err());
    assert_eq!(Rc::strong_count(&count), 2);
    baton_flush();
    assert_eq!(take.recv().unwrap(), thread::current().id());
    assert_eq!((count.get(), Rc::strong_count(&count)), (1, 1));
}

#[test]
fn a_coroutine_as_a_value_is_used_where_it_arrived() {
    let _clean = clean();
    let value = Value::from(Handle::new(async { 1 }));
    let copy = value.try_clone().unwrap();
    thread::spawn(move || {
        let refused = told(Err(copy.into_awaitable().unwrap_err()));
        assert_eq!(
            refused,
            "ERROR runtime-error: 'coroutine' belongs to another thread"
        );
        baton_flush();
    })
    .join()
    .unwrap();
    let shared = value.try_clone().unwrap();
    let handle = value.into_awaitable().unwrap().into_send().unwrap_err();
    drop(shared);
    let handle = handle.into_send().unwrap();
    let end = thread::spawn(move || {
        let end = number(block_on(handle).unwrap());
        baton_flush();
        end
    });
    assert_eq!(end.join().unwrap(), 1);
}

#[test]
fn a_coroutine_is_not_laundered_by_a_trip_through_another() {
    let _clean = clean();
    let value = Value::from(Handle::new(async { 1 }));
    let copy = value.try_clone().unwrap();
    thread::spawn(move || {
        let error = block_on(Handle::new(async move { copy })).unwrap_err();
        assert_eq!(error.message(), "'coroutine' belongs to another thread");
        baton_flush();
    })
    .join()
    .unwrap();
    assert_eq!(
        number(block_on(value.into_awaitable().unwrap()).unwrap()),
        1
    );
}

#[test]
fn values_may_be_held_across_awaits_in_a_future_that_moves() {
    let _clean = clean();
    let count = Arc::new(AtomicUsize::new(0));
    let boxed = Dropped(count.clone());
    let handle = Handle::new(async move {
        let kept = Handle::new(async move { Value::new_boxed(boxed) }).await?;
        let other = Handle::new(async { 1 }).await?;
        assert_eq!(number(other), 1);
        Ok::<_, Error>(kept)
    });
    thread::spawn(move || {
        drop(block_on(handle).unwrap());
        baton_flush();
    })
    .join()
    .unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

thread_local! {
    static STASH: std::cell::RefCell<Vec<Box<dyn std::any::Any>>> =
        const { std::cell::RefCell::new(Vec::new()) };
}

#[test]
fn a_child_of_one_thread_is_not_promised_to_what_goes_to_others() {
    let _clean = clean();
    let (tell, polled) = mpsc::channel();
    let child = Handle::new(std::future::poll_fn(move |_| {
        tell.send(thread::current().id()).unwrap();
        std::task::Poll::<()>::Pending
    }));
    let mut child = Some(child.into_value());
    let mut handle = Handle::new(std::future::poll_fn(move |cx| {
        if let Some(child) = child.take() {
            let mut awaiting = Box::pin(delegate(child.into_awaitable().unwrap()));
            assert!(awaiting.as_mut().poll(cx).is_pending());
            STASH.with_borrow_mut(|stash| stash.push(Box::new(awaiting)));
        }
        std::task::Poll::<()>::Pending
    }));
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(handle.chain().unwrap().len(), 1);
    let there = thread::spawn(move || {
        assert_eq!(told(step(&mut handle)), "PENDING");
    });
    there.join().unwrap();
    STASH.take();
    assert_eq!(
        polled.into_iter().collect::<Vec<_>>(),
        [thread::current().id()]
    );
}

#[test]
fn a_child_of_one_thread_is_promised_to_what_stays_there() {
    let _clean = clean();
    let gate = Gate::default();
    let child = Handle::new(gate.clone())
        .into_value()
        .into_awaitable()
        .unwrap();
    let mut handle = Handle::local(async move { delegate(child).await });
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(handle.chain().unwrap().len(), 2);
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN none");
}
