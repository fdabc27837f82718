// SPDX-License-Identifier: MIT
//! Children that stay inside of the polls of a part of their coroutine.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use baton::{delegate, undelegated, yielding, Handle};

use crate::support::*;

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Sets the flag for each poll.
struct Scoped<F>(Pin<Box<F>>);

impl<F: Future> Future for Scoped<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        INSIDE.set(true);
        let polled = self.0.as_mut().poll(cx);
        INSIDE.set(false);
        polled
    }
}

/// Tells whether the flag was set at its first and at its second poll.
fn looks(gate: &Gate) -> Handle {
    let gate = gate.clone();
    Handle::new(async move {
        let first = INSIDE.get();
        gate.await;
        format!("{first} {}", INSIDE.get())
    })
}

#[test]
fn the_children_of_a_part_are_driven_inside_of_its_polls() {
    let _clean = clean();
    let gate = Gate::default();
    let child = looks(&gate);
    let part = undelegated(async move { child.await });
    let mut handle = Handle::new(Scoped(Box::pin(part)));
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(handle.chain().unwrap().len(), 1);
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN \"true true\"");
}

#[test]
fn beside_the_part_and_by_promise_children_are_delegated_to() {
    let _clean = clean();
    let gate = Gate::default();
    let (inner, after) = (looks(&gate), looks(&Gate::default()));
    let mut handle = Handle::new(async move {
        undelegated(async move { delegate(inner).await }).await?;
        after.await
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(handle.chain().unwrap().len(), 2);
    gate.open();
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert_eq!(handle.chain().unwrap().len(), 2);
    assert!(handle.close().unwrap().is_none());
}

#[test]
fn the_token_of_a_lone_child_passes_through_the_part() {
    let _clean = clean();
    let child = yielding(|y| async move { y.yield_("token").await });
    let mut handle = Handle::new(undelegated(async move { child.await }));
    assert_eq!(told(step(&mut handle)), "YIELD \"token\"");
    assert_eq!(told(handle.send(&mut noop(), 4.into())), "RETURN 4");
}

#[test]
fn outside_of_a_coroutine_it_changes_nothing() {
    let _clean = clean();
    assert_eq!(baton::block_on(undelegated(async { 3 })), 3);
}
