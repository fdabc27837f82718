// SPDX-License-Identifier: MIT
//! What a poll that was pending comes to.

use std::mem;
use std::task::Waker;

use baton_sys::*;

use super::{Left, Mode, Offer, Root, Settled, Slot};
use crate::child::{Child, Next, Step};
use crate::ticket::Ticket;
use crate::{panic, Error, Kind, Value};

impl Root {
    /// Decides what a poll that was pending comes to.
    ///
    /// # Safety
    /// `out` is none and valid.
    #[inline]
    pub(crate) unsafe fn settle(&self, out: *mut baton_value) -> Settled {
        if self.is_empty() && !self.again.get() && !self.unheard.get() {
            return Settled::Suspended(BATON_PENDING);
        }
        // SAFETY: the caller's.
        unsafe { self.decide(out) }
    }

    /// # Safety
    /// As `settle`.
    #[inline(never)]
    unsafe fn decide(&self, out: *mut baton_value) -> Settled {
        if self.unheard.take() {
            let error = self.rest().thrown.take();
            return Settled::Unheard(error.unwrap_or_else(|| Kind::CANCELLED.into()));
        }
        let again = self.again.take();
        if self.is_empty() {
            return self.poll_or_wait(again);
        }
        // SAFETY: the caller's.
        let give = |value: baton_value| unsafe { *out = value };
        if !again && self.is_alone() {
            let mut slot = self.slot.borrow_mut();
            if let Slot::Offered(ticket, offer) = &mut *slot {
                give(mem::take(&mut offer.child).into_raw());
                *slot = Slot::Given(*ticket, None);
                return Settled::Suspended(BATON_AWAIT);
            }
        }
        match self.take() {
            Slot::Yielding {
                ticket,
                value,
                status,
                waker,
            } => match value.cross() {
                Ok(value) => {
                    give(value);
                    self.set(Slot::Given(ticket, waker));
                    Settled::Suspended(status)
                }
                Err(error) => {
                    self.set(Slot::Answered(ticket, Err(error)));
                    panic::or_report(|| waker.into_iter().for_each(Waker::wake));
                    self.poll_or_wait(true)
                }
            },
            Slot::Offered(ticket, offer) if offer.always => {
                self.settle_promise(ticket, offer, again, give)
            }
            Slot::Offered(ticket, offer) => self.settle_offer(ticket, offer),
            Slot::Token(ticket, token) => self.settle_token(ticket, token, again, give),
            slot => {
                self.set(slot);
                self.poll_or_wait(again)
            }
        }
    }

    fn poll_or_wait(&self, again: bool) -> Settled {
        if again {
            self.wake_raisers();
            self.mode.set(Mode::Drive);
            self.lent.rest();
            Settled::PollAgain
        } else {
            Settled::Suspended(BATON_PENDING)
        }
    }

    /// A promise holds whatever wakers live, but not beside nested children.
    fn settle_promise(
        &self,
        ticket: Ticket,
        offer: Offer,
        again: bool,
        give: impl FnOnce(baton_value),
    ) -> Settled {
        if !again && self.listening() == 0 {
            give(offer.child.into_raw());
            self.set(Slot::Given(ticket, None));
            return Settled::Suspended(BATON_AWAIT);
        }
        offer.give_up();
        self.set(Slot::Answered(ticket, Err(Root::not_alone())));
        self.poll_or_wait(true)
    }

    pub(crate) fn not_alone() -> Error {
        let message = "cannot delegate: the coroutine awaits something else too";
        Error::new(Kind::RUNTIME, message)
    }

    /// An offer that cannot be taken up goes back to its awaiting; one that
    /// nobody polls for again is started here, since it counts as polled.
    fn settle_offer(&self, ticket: Ticket, offer: Offer) -> Settled {
        if self.mode.get() == Mode::Offer {
            self.set(Slot::Offered(ticket, offer));
            return self.poll_or_wait(true);
        }
        let mut child = Child::new(offer.child);
        let waker = self.lent.counted();
        // SAFETY: the context lives until the end of this step.
        let left = match unsafe { child.step(self.cx.get(), &waker, Next::NONE, false) } {
            Step::Ready(result) => {
                self.lent.wake();
                Left::Answer(result)
            }
            Step::Pending | Step::Yielded(_) => Left::Child(child),
        };
        self.rest().left.push((ticket, left));
        self.poll_or_wait(self.again.take())
    }

    /// A token goes up if its child is all that the future waits for.
    fn settle_token(
        &self,
        ticket: Ticket,
        token: Value,
        again: bool,
        give: impl FnOnce(baton_value),
    ) -> Settled {
        if !again && self.listening() == 1 && self.lent.is_quiet() {
            give(token.into_raw());
            self.set(Slot::Asked(ticket));
            return Settled::Suspended(BATON_YIELD);
        }
        if self.mode.get() == Mode::Refuse {
            return self.poll_or_wait(again); // nobody polls the child any more
        }
        self.set(Slot::Token(ticket, token));
        self.lent.rest();
        self.mode.set(Mode::Refuse);
        Settled::PollAgain
    }
}
