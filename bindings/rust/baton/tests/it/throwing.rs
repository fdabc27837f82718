// SPDX-License-Identifier: MIT
//! What is thrown into a coroutine, and who hears of it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

use baton::{delegate, shielded, thrown, Error, Handle, Kind, Value};
use futures::future::{join, select, Either};
use futures::stream::FuturesUnordered;
use futures::StreamExt;

use crate::support::*;

fn cancel(handle: &mut Handle) -> String {
    told(handle.throw(&mut noop(), Kind::CANCELLED.into()))
}

/// A child that answers a throw with its name, after another wait.
fn stubborn(name: &'static str, gate: Gate) -> Handle {
    Handle::new(async move {
        let error = thrown().await;
        gate.await;
        format!("{name}: {error:?}")
    })
}

#[test]
fn a_future_that_does_not_listen_is_dropped_with_its_destructors_run_once() {
    let _clean = clean();
    let drops = Arc::new(AtomicUsize::new(0));
    let guard = Dropped(drops.clone());
    let gate = Gate::default();
    let wait = gate.clone();
    let mut handle = Handle::new(async move {
        let _guard = guard;
        wait.await;
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    let error = handle
        .throw(&mut noop(), Error::new(Kind::VALUE, "go away"))
        .unwrap_err();
    assert_eq!((error.kind(), error.message()), (Kind::VALUE, "go away"));
    assert_eq!(drops.load(Ordering::SeqCst), 1);
    gate.open();
    drop(handle);
    assert_eq!(drops.load(Ordering::SeqCst), 1);
}

#[test]
fn an_error_for_a_delegated_child_goes_to_it_and_then_up() {
    let _clean = clean();
    let child = stubborn("child", Gate::default());
    let mut handle = Handle::new(async move { child.await });
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(cancel(&mut handle), "PENDING");
    // It waits at its gate now, and does not listen any more.
    assert_eq!(cancel(&mut handle), "ERROR cancelled: ");
}

#[test]
fn an_error_goes_to_each_child_that_is_driven() {
    let _clean = clean();
    let gates = [Gate::default(), Gate::default()];
    let one = stubborn("one", gates[0].clone());
    let two = stubborn("two", gates[1].clone());
    let mut handle = Handle::new(async move {
        let (one, two) = join(one.awaiting(), two.awaiting()).await;
        Ok::<_, Error>(format!("{:?} {:?}", one?, two?))
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(cancel(&mut handle), "PENDING");
    gates[0].open();
    gates[1].open();
    let end = told(step(&mut handle));
    assert!(
        end.contains("one: cancelled") && end.contains("two: cancelled"),
        "{end}"
    );
}

#[test]
fn an_error_reaches_the_children_of_a_set_that_polls_what_wakes() {
    let _clean = clean();
    let children: FuturesUnordered<_> = (0..40)
        .map(|_| Handle::new(Gate::default()).awaiting())
        .collect();
    let mut handle = Handle::new(async move {
        let ends: Vec<_> = children.collect().await;
        let cancelled = |end: &Result<Value, Error>| {
            end.as_ref()
                .is_err_and(|error| error.kind() == Kind::CANCELLED)
        };
        ends.iter().filter(|end| cancelled(end)).count() as u64
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    let mut end = cancel(&mut handle);
    while end == "PENDING" {
        end = told(step(&mut handle));
    }
    assert_eq!(end, "RETURN 40");
}

#[test]
fn a_body_may_refuse_to_be_cancelled() {
    let _clean = clean();
    let gate = Gate::default();
    let wait = gate.clone();
    let mut handle = Handle::new(async move {
        let mut wait = wait;
        loop {
            match select(&mut wait, thrown()).await {
                Either::Left(_) => return "done",
                Either::Right(_) => continue,
            }
        }
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(cancel(&mut handle), "PENDING");
    assert_eq!(cancel(&mut handle), "PENDING");
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN \"done\"");
}

#[test]
fn what_is_shielded_goes_on_and_the_error_is_kept() {
    let _clean = clean();
    let gate = Gate::default();
    let child = Handle::new(gate.clone());
    let mut handle = Handle::new(async move {
        let (outcome, kept) = shielded(child.awaiting()).await;
        outcome?;
        match kept {
            Some(error) => Err(error),
            None => Ok("not cancelled"),
        }
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(cancel(&mut handle), "PENDING");
    gate.open();
    assert_eq!(told(step(&mut handle)), "ERROR cancelled: ");
}

#[test]
fn a_close_that_is_refused_is_told_so() {
    let _clean = clean();
    let mut handle = Handle::new(async {
        thrown().await;
        std::future::pending::<()>().await;
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    let error = handle.close().unwrap_err();
    assert_eq!(error.message(), "coroutine ignored GeneratorExit");
}

#[test]
fn a_close_goes_to_the_child_first() {
    let _clean = clean();
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    struct Note(&'static str, Arc<std::sync::Mutex<Vec<&'static str>>>);
    impl Drop for Note {
        fn drop(&mut self) {
            self.1.lock().unwrap().push(self.0);
        }
    }
    let (above, below) = (Note("above", order.clone()), Note("below", order.clone()));
    let child = Handle::new(async move {
        let _below = below;
        Gate::default().await;
    });
    let mut handle = Handle::new(async move {
        let _above = above;
        child.await
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert!(handle.close().unwrap().is_none());
    assert_eq!(*order.lock().unwrap(), ["below", "above"]);
}

#[test]
fn an_error_before_the_start_runs_nothing() {
    let _clean = clean();
    let drops = Arc::new(AtomicUsize::new(0));
    let guard = Dropped(drops.clone());
    let mut handle = Handle::new(async move {
        let _guard = guard;
        Err::<(), _>(Error::from("it has run"))
    });
    assert_eq!(cancel(&mut handle), "ERROR cancelled: ");
    assert_eq!(drops.load(Ordering::SeqCst), 1);
}

#[test]
fn nobody_throws_outside_of_a_coroutine() {
    let _clean = clean();
    let mut waits = std::pin::pin!(thrown());
    let mut cx = noop();
    assert!(std::future::Future::poll(waits.as_mut(), &mut cx).is_pending());
    let (output, kept) = baton::block_on(shielded(async { 3 }));
    assert!(output == 3 && kept.is_none());
}

#[test]
fn what_was_shielded_and_dropped_is_waited_for_no_more() {
    let _clean = clean();
    let mut handle = Handle::new(async {
        let mut part = Box::pin(shielded(std::future::pending::<()>()));
        assert!(futures::poll!(&mut part).is_pending());
        drop(part);
        delegate(Handle::new(async { 1 })).await
    });
    assert_eq!(told(step(&mut handle)), "RETURN 1");
    let gate = Gate::default();
    let wait = gate.clone();
    let mut handle = Handle::new(async move {
        let mut part = Box::pin(shielded(std::future::pending::<()>()));
        assert!(futures::poll!(&mut part).is_pending());
        drop(part);
        wait.await;
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(cancel(&mut handle), "ERROR cancelled: ");
}
