// SPDX-License-Identifier: MIT
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::root::Root;

/// Has a part of a coroutine drive its children inside of its own polls: none is
/// delegated to, unless by [`delegate`](crate::delegate).
///
/// For a future that arranges something for each poll of another one, such as a
/// task-local value, an entered runtime or a span. A child that is delegated to
/// is resumed by the coroutine's driver, outside of those polls.
///
/// ```
/// use std::cell::Cell;
/// use std::future::{poll_fn, Future};
/// use std::pin::pin;
/// use baton::{block_on, undelegated, Handle};
///
/// thread_local! { static INSIDE: Cell<bool> = const { Cell::new(false) } }
///
/// let sees = Handle::new(async { INSIDE.get() });
/// let outer = Handle::new(async move {
///     let mut part = pin!(undelegated(async move { sees.await }));
///     poll_fn(|cx| {
///         INSIDE.set(true);
///         let polled = part.as_mut().poll(cx);
///         INSIDE.set(false);
///         polled
///     })
///     .await
/// });
/// assert!(bool::try_from(block_on(outer)?)?);
/// # Ok::<(), baton::Error>(())
/// ```
pub fn undelegated<F: Future>(future: F) -> Undelegated<F> {
    Undelegated(future)
}

/// The future of [`undelegated`].
#[must_use = "futures do nothing unless polled"]
#[derive(Debug)]
pub struct Undelegated<F>(F);

impl<F: Future> Future for Undelegated<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the field is pinned with the whole, and never moved.
        let future = unsafe { self.map_unchecked_mut(|this| &mut this.0) };
        Root::current(|root| match root {
            Some(root) => root.nest(|| future.poll(cx)),
            None => future.poll(cx),
        })
    }
}
