// SPDX-License-Identifier: MIT
//! What awaitings leave with their root, and fetch.

use std::mem;
use std::task::Waker;

use baton_sys::*;

use super::{Claim, Left, Mode, Offer, Root, Slot};
use crate::child::Child;
use crate::ticket::Ticket;
use crate::{panic, Error, Kind, Value};

impl Root {
    /// The context to hand on. Null between steps.
    #[inline]
    pub(crate) fn cx(&self) -> *mut baton_context {
        self.cx.get()
    }

    /// Offers a child. Gives it back if it has to be driven: then too where the
    /// child may not go where the root does.
    #[inline]
    pub(crate) fn offer(&self, offer: Offer, portable: bool) -> Result<Ticket, Offer> {
        let open = self.mode.get() == Mode::Offer
            && self.delegates
            && !self.shielded.get()
            && !self.nested.get();
        if !open || !self.may_take(portable) || !self.is_empty() {
            return Err(offer);
        }
        Ok(self.place_offer(offer))
    }

    /// Whether a child may go where the root does.
    #[inline]
    pub(crate) fn may_take(&self, portable: bool) -> bool {
        portable || self.local
    }

    /// Offers a child for good. It may go where the root does.
    pub(crate) fn promise(&self, offer: Offer) -> Result<Ticket, Offer> {
        self.make_room();
        if !self.is_empty() || self.shielded.get() {
            return Err(offer);
        }
        Ok(self.place_offer(offer))
    }

    #[inline]
    fn place_offer(&self, offer: Offer) -> Ticket {
        let ticket = Ticket::new();
        self.fill(Slot::Offered(ticket, offer));
        ticket
    }

    /// An answer that nobody has fetched yet makes room.
    pub(super) fn make_room(&self) {
        if matches!(*self.slot.borrow(), Slot::Answered(..)) {
            if let Slot::Answered(ticket, result) = self.take() {
                self.rest().left.push((ticket, Left::Answer(result)));
            }
        }
    }

    /// Sends a value up. Gives it back if something else is on its way; then
    /// `waker` is woken, or the future polled again, when there is room.
    pub(crate) fn raise(
        &self,
        value: Value,
        status: i32,
        waker: &Waker,
    ) -> Result<Ticket, Value> {
        self.make_room();
        if !self.is_empty() {
            let waits = matches!(*self.slot.borrow(), Slot::Yielding { .. });
            self.again.set(self.again.get() || !waits);
            let waker = self.foreign(waker);
            self.rest().raisers.push(waker);
            return Err(value);
        }
        let ticket = Ticket::new();
        self.set(Slot::Yielding {
            ticket,
            value,
            status,
            waker: self.foreign(waker),
        });
        Ok(ticket)
    }

    /// A clone of a poll's waker, if that is not the root's own.
    fn foreign(&self, waker: &Waker) -> Option<Waker> {
        (!self.lent.is(waker)).then(|| waker.clone())
    }

    /// Wakes those who found no room to send a value up. False: there are none.
    pub(super) fn wake_raisers(&self) -> bool {
        let raisers = match &mut *self.rest.borrow_mut() {
            Some(rest) if !rest.raisers.is_empty() => mem::take(&mut rest.raisers),
            _ => return false,
        };
        panic::or_report(|| raisers.into_iter().flatten().for_each(Waker::wake));
        true
    }

    pub(crate) fn elsewhere() -> Error {
        let message = "what is yielded is awaited in a coroutine, in one alone";
        Error::new(Kind::RUNTIME, message)
    }

    /// Whether a value is still on its way.
    pub(crate) fn is_raised(&self, ticket: Ticket) -> bool {
        matches!(&*self.slot.borrow(), Slot::Yielding { ticket: other, .. } if *other == ticket)
    }

    /// Drops whatever there is for a ticket.
    pub(crate) fn withdraw(&self, ticket: Ticket) {
        drop(self.claim(ticket));
        if self.wake_raisers() {
            self.again.set(true);
        }
    }

    fn fetch(&self, ticket: Ticket) -> Option<Left> {
        let mut rest = self.rest.borrow_mut();
        let left = &mut rest.as_mut()?.left;
        let at = left.iter().position(|(other, _)| *other == ticket)?;
        Some(left.swap_remove(at).1)
    }

    /// Fetches the answer for a ticket, if it is there.
    #[inline]
    pub(crate) fn answer(&self, ticket: Ticket) -> Option<Result<Value, Error>> {
        let mut slot = self.slot.borrow_mut();
        match &mut *slot {
            Slot::Answered(other, result) if *other == ticket => {
                let result = mem::replace(result, Ok(Value::NONE));
                *slot = Slot::Empty;
                Some(result)
            }
            _ => None,
        }
    }

    /// Fetches what there is for a ticket.
    pub(crate) fn claim(&self, ticket: Ticket) -> Claim {
        let mine = match &*self.slot.borrow() {
            Slot::Offered(other, _)
            | Slot::Yielding { ticket: other, .. }
            | Slot::Token(other, _)
            | Slot::Answered(other, _) => *other == ticket,
            _ => false,
        };
        if mine {
            return match self.take() {
                Slot::Offered(_, offer) => Claim::Child(Child::new(offer.child)),
                Slot::Answered(_, result) => Claim::Answer(result),
                Slot::Token(_, value) => Claim::Token(value),
                _ => Claim::Nothing,
            };
        }
        match self.fetch(ticket) {
            Some(Left::Answer(result)) => Claim::Answer(result),
            Some(Left::Child(child)) => Claim::Child(child),
            None => Claim::Nothing,
        }
    }

    /// Whether a token of a nested child may go up.
    pub(crate) fn forwards(&self, waker: &Waker) -> bool {
        // SAFETY: the context lives until the end of this step.
        let accepts = unsafe { self.cx.get().as_ref() }.map_or(0, |cx| cx.accepts);
        self.mode.get() != Mode::Refuse
            && accepts & BATON_ACCEPT_YIELD != 0
            && self.lent.is(waker)
            && self.is_empty()
    }

    pub(crate) fn put_token(&self, ticket: Ticket, token: Value) {
        self.set(Slot::Token(ticket, token));
    }
}
