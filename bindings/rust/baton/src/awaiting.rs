// SPDX-License-Identifier: MIT
use std::future::Future;
use std::marker::PhantomData;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use futures_core::FusedFuture;

use crate::child::{abandon, step_alone, Child, Next, Step};
use crate::root::{Claim, Offer, Root};
use crate::ticket::Ticket;
use crate::waker::Counted;
use crate::{Error, Kind, Value};

type Outcome = Result<Value, Error>;

/// The future of a coroutine's outcome: what `handle.await` waits for.
///
/// It works under every executor. In a Rust coroutine that waits for nothing
/// else, the child is delegated to: whoever drives the coroutine resumes the
/// child directly. The first poll there may only register the child. What a
/// future around this one arranges for each poll does not reach such a child;
/// see [`undelegated`](crate::undelegated).
///
/// Dropped, it closes a child that has begun. Dropped before, that of a
/// [`Handle`](crate::Handle) is closed as well, without a notice.
#[must_use = "futures do nothing unless polled"]
pub struct Awaiting<H: Awaitable> {
    state: State,
    waker: Option<Counted>, // for a child that is driven with a foreign waker
    promised: bool,
    handle: PhantomData<H>,
}

/// What can be awaited: [`Handle`](crate::Handle) and [`LocalHandle`](crate::LocalHandle).
pub trait Awaitable: sealed::Sealed + Into<Value> {}

/// Awaits a child as the only thing that the coroutine waits for: its author's
/// promise. The child is delegated to even where wakers are about that a plain
/// await would have to respect.
///
/// Beside another await of the same coroutine it fails: "cannot delegate".
/// Outside of a coroutine of this crate it is a plain await, and so is that of a
/// [`LocalHandle`](crate::LocalHandle) in a coroutine that may go to other threads.
pub fn delegate<H: Awaitable>(handle: H) -> Awaiting<H> {
    Awaiting::new(handle.into(), true)
}

pub(crate) mod sealed {
    pub trait Sealed: Unpin {
        /// Whether it may go to other threads.
        const PORTABLE: bool;
        /// Whether nobody else has it: given up before it has begun, it is closed.
        const SOLE: bool;
    }
}

enum State {
    Fresh(Value),
    /// The root of this ticket has the child.
    Parked(Ticket),
    Driving {
        child: Child,
        ticket: Ticket,
        asking: bool, // its token is with the root
    },
    Done,
}

impl<H: Awaitable> Awaiting<H> {
    #[inline]
    pub(crate) fn new(awaitable: Value, promised: bool) -> Self {
        Awaiting {
            state: State::Fresh(awaitable),
            waker: None,
            promised,
            handle: PhantomData,
        }
    }

    /// Leaves the child with the root if it takes it, or begins to drive it.
    fn begin(&mut self, awaitable: Value, waker: &Waker) -> Result<(), Error> {
        let offer = Offer {
            child: awaitable,
            always: self.promised,
            sole: H::SOLE,
        };
        let offered = Root::own(waker, |root| match root {
            Some(root) if self.promised && root.may_take(H::PORTABLE) => {
                root.promise(offer).map_err(|offer| (offer, true))
            }
            Some(root) => root
                .offer(offer, H::PORTABLE)
                .map_err(|offer| (offer, false)),
            None => Err((offer, false)),
        });
        match offered {
            Ok(ticket) => self.state = State::Parked(ticket),
            Err((offer, false)) => self.drive(Child::new(offer.child)),
            Err((offer, true)) => {
                offer.give_up();
                return Err(Root::not_alone());
            }
        }
        Ok(())
    }

    fn drive(&mut self, child: Child) {
        self.state = State::Driving {
            child,
            ticket: Ticket::new(),
            asking: false,
        };
    }

    fn step(&mut self, waker: &Waker) -> Poll<Outcome> {
        let State::Driving {
            child,
            ticket,
            asking,
        } = &mut self.state
        else {
            return Poll::Ready(Err(lost()));
        };
        let ticket = *ticket;
        let kept = &mut self.waker;
        let step = Root::current(|root| {
            let Some(root) = root.filter(|root| !root.cx().is_null()) else {
                // SAFETY: the waker lives until the end of this step.
                let counted = unsafe { Counted::renew(kept, waker) };
                return step_alone(child, counted, Next::NONE, false);
            };
            root.listen(ticket, waker);
            let mut next = Next::NONE;
            if mem::take(asking) {
                match take_answer(root, ticket, waker) {
                    Some(answer) => next = answer,
                    None => return Step::Pending,
                }
            }
            if let Some(error) = root.hear(ticket) {
                next = Next::throw(error);
            }
            let forward = root.forwards(waker);
            let own = root.lent.is(waker).then(|| root.lent.counted());
            let counted = match &own {
                Some(own) => own,
                // SAFETY: as above.
                None => unsafe { Counted::renew(kept, waker) },
            };
            // SAFETY: the context of the root's step lives until its end.
            match unsafe { child.step(root.cx(), counted, next, forward) } {
                Step::Yielded(token) => {
                    root.put_token(ticket, token);
                    *asking = true;
                    Step::Pending
                }
                step => step,
            }
        });
        match step {
            Step::Ready(outcome) => {
                self.end(ticket);
                Poll::Ready(outcome)
            }
            Step::Pending | Step::Yielded(_) => Poll::Pending,
        }
    }

    fn end(&mut self, ticket: Ticket) {
        Root::current(|root| {
            if let Some(root) = root {
                root.unlisten(ticket);
            }
        });
        self.state = State::Done;
    }
}

/// What answers a child's token; nothing if the child is run again soon.
fn take_answer(root: &Root, ticket: Ticket, waker: &Waker) -> Option<Next> {
    match root.claim(ticket) {
        Claim::Answer(Ok(value)) => Some(Next::send(value)),
        Claim::Answer(Err(error)) => Some(Next::throw(error)),
        Claim::Token(token) if token.is_none() => {
            waker.wake_by_ref();
            None
        }
        Claim::Token(token) => Some(Next::refuse(&token)),
        Claim::Child(_) | Claim::Nothing => Some(Next::NONE),
    }
}

fn lost() -> Error {
    let message = "this child is with another coroutine, which polled for it before";
    Error::new(Kind::RUNTIME, message)
}

impl<H: Awaitable> Future for Awaiting<H> {
    type Output = Outcome;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Outcome> {
        match &mut self.state {
            State::Driving { .. } => {}
            State::Fresh(awaitable) => {
                let awaitable = mem::take(awaitable);
                self.state = State::Done;
                if let Err(error) = self.begin(awaitable, cx.waker()) {
                    return Poll::Ready(Err(error));
                }
                if matches!(self.state, State::Parked(_)) {
                    return Poll::Pending;
                }
            }
            State::Parked(ticket) => {
                let ticket = *ticket;
                self.state = State::Done;
                let answer = |root: Option<&Root>| root?.answer(ticket);
                if let Some(outcome) = Root::current(answer) {
                    return Poll::Ready(outcome);
                }
                match Root::current(|root| root.map(|root| root.claim(ticket))) {
                    Some(Claim::Answer(outcome)) => return Poll::Ready(outcome),
                    Some(Claim::Child(child)) => self.drive(child),
                    _ => return Poll::Ready(Err(lost())),
                }
            }
            State::Done => panic!("an outcome was polled for again"),
        }
        self.step(cx.waker())
    }
}

impl<H: Awaitable> FusedFuture for Awaiting<H> {
    fn is_terminated(&self) -> bool {
        matches!(self.state, State::Done)
    }
}

impl<H: Awaitable> Drop for Awaiting<H> {
    fn drop(&mut self) {
        match mem::replace(&mut self.state, State::Done) {
            State::Fresh(awaitable) if H::SOLE => abandon(awaitable),
            State::Fresh(awaitable) => drop(awaitable),
            State::Parked(ticket) => {
                let claim = Root::current(|root| root.map(|root| root.claim(ticket)));
                if let Some(Claim::Child(child)) = claim {
                    child.give_up(H::SOLE);
                }
            }
            State::Driving { child, ticket, .. } => {
                Root::current(|root| {
                    if let Some(root) = root {
                        root.unlisten(ticket);
                        drop(root.claim(ticket));
                    }
                });
                drop(child);
            }
            State::Done => {}
        }
    }
}
