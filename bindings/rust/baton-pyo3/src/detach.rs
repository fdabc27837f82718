// SPDX-License-Identifier: MIT
//! Futures around a future: what is arranged for each of its polls.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use baton::{undelegated, Undelegated};
use pyo3::prelude::*;

use crate::fused::Fused;

/// Polls `future` without the GIL, so that other threads run Python meanwhile.
///
/// What it awaits may still be Python's: that takes the GIL for itself.
pub fn detached<F>(future: F) -> Detached<F>
where
    F: Future + Send,
    F::Output: Send,
{
    Detached(future)
}

/// See [`detached`].
#[must_use = "futures do nothing unless awaited"]
pub struct Detached<F>(F);

/// Goes with a poll to where the GIL is not held.
struct Carried<'a, 'b, F>(Pin<&'a mut F>, &'a mut Context<'b>);

// SAFETY: it stays on its thread; PyO3 asks for Send to keep what is Python's
// out, and neither `F`, which is Send, nor a context has any of it.
unsafe impl<F: Send> Send for Carried<'_, '_, F> {}

impl<F: Future> Carried<'_, '_, F> {
    fn poll(self) -> Poll<F::Output> {
        self.0.poll(self.1)
    }
}

impl<F> Future for Detached<F>
where
    F: Future + Send,
    F::Output: Send,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the field is pinned with the whole, and never moved.
        let future = unsafe { self.map_unchecked_mut(|this| &mut this.0) };
        // A Python object's first waker is made with the GIL held: afterwards
        // clones only count.
        drop(context.waker().clone());
        let carried = Carried(future, context);
        Python::attach(|py| py.detach(|| carried.poll()))
    }
}

/// Polls and drops `future` inside of what `enter` gives, such as the guard of
/// `tokio::runtime::Handle::enter`: then timers, files and sockets of that
/// runtime work under any loop of Python's, also in the coroutines it awaits.
pub fn entered<F, E, G>(enter: E, future: F) -> Entered<F, E, G>
where
    F: Future,
    E: Fn() -> G,
{
    Entered {
        future: Fused::new(undelegated(future)),
        enter,
        gives: PhantomData,
    }
}

/// See [`entered`].
#[must_use = "futures do nothing unless awaited"]
pub struct Entered<F, E, G>
where
    E: Fn() -> G,
{
    future: Fused<Undelegated<F>>,
    enter: E,
    gives: PhantomData<fn() -> G>,
}

impl<F, E, G> Future for Entered<F, E, G>
where
    F: Future,
    E: Fn() -> G,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let _entered = (self.enter)();
        // SAFETY: the field is pinned with the whole, and never moved.
        unsafe { self.map_unchecked_mut(|this| &mut this.future) }.poll(context)
    }
}

impl<F, E, G> Drop for Entered<F, E, G>
where
    E: Fn() -> G,
{
    fn drop(&mut self) {
        if !self.future.has_ended() {
            let _entered = (self.enter)();
            self.future.end();
        }
    }
}
