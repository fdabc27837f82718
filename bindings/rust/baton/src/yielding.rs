// SPDX-License-Identifier: MIT
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::root::{Claim, Root};
use crate::ticket::Ticket;
use crate::{Error, Value};

/// The future of what is sent in, or thrown in, as the answer to a value that
/// was yielded.
#[must_use = "nothing is yielded unless this is awaited"]
#[derive(Debug)]
pub struct Yielding {
    state: State,
    status: i32,
}

#[derive(Debug)]
enum State {
    Fresh(Value),
    Raised(Ticket),
    Done,
}

impl Yielding {
    pub(crate) fn new(value: Value, status: i32) -> Self {
        let state = State::Fresh(value);
        Yielding { state, status }
    }
}

impl Future for Yielding {
    type Output = Result<Value, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Root::current(|root| {
            let Some(root) = root else {
                return Poll::Ready(Err(Root::elsewhere()));
            };
            match mem::replace(&mut self.state, State::Done) {
                State::Fresh(value) => {
                    self.state = match root.raise(value, self.status, cx.waker()) {
                        Ok(ticket) => State::Raised(ticket),
                        Err(value) => State::Fresh(value),
                    };
                    Poll::Pending
                }
                State::Raised(ticket) if root.is_raised(ticket) => {
                    self.state = State::Raised(ticket);
                    Poll::Pending
                }
                State::Raised(ticket) => match root.claim(ticket) {
                    Claim::Answer(answer) => Poll::Ready(answer),
                    _ => Poll::Ready(Err(Root::elsewhere())),
                },
                State::Done => panic!("an answer was polled for again"),
            }
        })
    }
}

impl Drop for Yielding {
    fn drop(&mut self) {
        if let State::Raised(ticket) = self.state {
            Root::current(|root| root.map(|root| root.withdraw(ticket)));
        }
    }
}
