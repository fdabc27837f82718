// SPDX-License-Identifier: MIT
//! What is thrown into a coroutine, as its author may see it.
//!
//! An error that is thrown goes to the children that the future drives. If there
//! are none, and nobody listens, the future is dropped.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::root::Root;
use crate::ticket::Ticket;
use crate::Error;

/// Waits for an error to be thrown into the coroutine, such as a request to
/// cancel it. Who has it decides what becomes of the request.
///
/// Pending for ever outside of a coroutine of this crate.
///
/// ```
/// use std::future::{pending, Future};
/// use std::task::{Context, Poll, Waker};
/// use baton::{thrown, Driven, Handle, Kind, Value};
///
/// let mut handle = Handle::new(async {
///     let error = thrown().await;
///     error.kind() == Kind::CANCELLED
/// });
/// let mut cx = Context::from_waker(Waker::noop());
/// assert!(matches!(handle.send(&mut cx, Value::NONE)?, Driven::Pending));
/// let Driven::Returned(answer) = handle.throw(&mut cx, Kind::CANCELLED.into())? else {
///     panic!()
/// };
/// assert!(bool::try_from(answer)?);
/// # Ok::<(), baton::Error>(())
/// ```
pub fn thrown() -> Thrown {
    Thrown(Ticket::new())
}

/// The future of [`thrown`].
#[must_use = "futures do nothing unless polled"]
#[derive(Debug)]
pub struct Thrown(Ticket);

impl Future for Thrown {
    type Output = Error;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Error> {
        Root::current(|root| {
            let Some(root) = root else {
                return Poll::Pending;
            };
            root.listen(self.0, cx.waker());
            match root.hear(self.0) {
                Some(error) => Poll::Ready(error),
                None => Poll::Pending,
            }
        })
    }
}

impl Drop for Thrown {
    fn drop(&mut self) {
        unlisten(self.0);
    }
}

fn unlisten(ticket: Ticket) {
    Root::current(|root| {
        if let Some(root) = root {
            root.unlisten(ticket);
        }
    });
}

/// Keeps what is thrown from a part of a coroutine, until that has ended. Gives
/// its output, and the latest error that was kept from it.
///
/// A close is a throw as well; a coroutine that goes on after it is told that it
/// "ignored GeneratorExit".
pub fn shielded<F: Future>(future: F) -> Shielded<F> {
    Shielded {
        ticket: Ticket::new(),
        kept: None,
        future,
    }
}

/// The future of [`shielded`].
#[must_use = "futures do nothing unless polled"]
#[derive(Debug)]
pub struct Shielded<F> {
    ticket: Ticket,
    kept: Option<Error>,
    future: F,
}

impl<F: Future> Future for Shielded<F> {
    type Output = (F::Output, Option<Error>);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the future is not moved out of here; the rest is not pinned,
        // and nothing moves the future in `drop`.
        let (ticket, kept, future) = unsafe {
            let this = self.get_unchecked_mut();
            let future = Pin::new_unchecked(&mut this.future);
            (this.ticket, &mut this.kept, future)
        };
        let polled = Root::current(|root| {
            let Some(root) = root else {
                return future.poll(cx);
            };
            root.listen(ticket, cx.waker());
            if let Some(error) = root.hear(ticket) {
                *kept = Some(error);
            }
            root.shield(|| future.poll(cx))
        });
        polled.map(|output| {
            unlisten(ticket);
            (output, kept.take())
        })
    }
}

impl<F> Drop for Shielded<F> {
    fn drop(&mut self) {
        unlisten(self.ticket);
    }
}
