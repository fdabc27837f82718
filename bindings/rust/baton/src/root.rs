// SPDX-License-Identifier: MIT
//! A Rust coroutine while it runs: what its future awaits, and how.
//!
//! In the first poll of a step an awaiting *offers* its child, and does
//! not drive it. If that is all that the future waits for, the child is
//! delegated to, and the driver resumes it directly from then on. Otherwise
//! the future is polled again, and each awaiting drives its own child.
//!
//! Awaitings and roots know each other by ticket, never by address: either may
//! be dropped first, on any thread.

mod listeners;
mod offers;
mod settle;

use std::cell::{Cell, RefCell, RefMut};
use std::collections::BTreeMap;
use std::ptr::null;
use std::task::Waker;

use baton_sys::*;

use crate::child::{abandon, Child};
use crate::ticket::Ticket;
use crate::waker::Lent;
use crate::{panic, Error, Value};

/// A child that nobody drives yet.
pub(crate) struct Offer {
    pub(crate) child: Value,
    /// Its author has promised that it may be delegated to.
    pub(crate) always: bool,
    /// Nobody else has it.
    pub(crate) sole: bool,
}

impl Offer {
    /// Lets go of it, and closes what nobody else has.
    pub(crate) fn give_up(self) {
        if self.sole {
            abandon(self.child);
        }
    }
}

/// What passes between the future and the driver.
enum Slot {
    Empty,
    Offered(Ticket, Offer),
    /// A value on its way up.
    Yielding {
        ticket: Ticket,
        value: Value,
        status: i32,
        waker: Option<Waker>, // of its poll, if that is not the coroutine's
    },
    /// A token that a nested child has yielded.
    Token(Ticket, Value),
    /// Suspended: what the next step brings is for the ticket.
    Given(Ticket, Option<Waker>),
    /// Suspended: what is sent next is for the nested child that asked.
    Asked(Ticket),
    /// What the step has brought.
    Answered(Ticket, Result<Value, Error>),
}

/// What waits until its ticket is polled for.
enum Left {
    Answer(Result<Value, Error>),
    Child(Child),
}

/// What a ticket gets.
pub(crate) enum Claim {
    Answer(Result<Value, Error>),
    Child(Child),
    Token(Value),
    Nothing,
}

/// Somebody in the future who is to hear of what is thrown.
struct Listener {
    waker: Option<Waker>, // of its poll, if that is not the coroutine's
    thrown: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Offer,
    Drive,
    /// Tokens of nested children are answered here.
    Refuse,
}

/// How a poll that was pending goes on.
pub(crate) enum Settled {
    Suspended(i32),
    PollAgain,
    /// Nobody has heard what was thrown: the future is to be dropped.
    Unheard(Error),
}

pub(crate) struct Root {
    pub(crate) lent: Lent,
    slot: RefCell<Slot>,
    rest: RefCell<Option<Box<Rest>>>,
    unheard: Cell<bool>,
    again: Cell<bool>,
    shielded: Cell<bool>,
    nested: Cell<bool>,
    mode: Cell<Mode>,
    local: bool,
    delegates: bool, // unasked; a generator may only where its author does
    cx: Cell<*mut baton_context>,
}

/// What most coroutines never have.
#[derive(Default)]
struct Rest {
    left: Vec<(Ticket, Left)>,
    listeners: BTreeMap<Ticket, Listener>,
    thrown: Option<Error>,
    raisers: Vec<Option<Waker>>, // none: the coroutine's own
}

thread_local! {
    static CURRENT: Cell<*const Root> = const { Cell::new(null()) };
}

/// Makes a root the current one, until it is dropped.
pub(crate) struct Current {
    place: *const Cell<*const Root>, // this thread's; one access finds it
    outer: *const Root,
}

impl Current {
    /// # Safety
    /// The root is null, or lives while code runs that may look for it.
    #[inline]
    pub(crate) unsafe fn enter(root: *const Root) -> Self {
        CURRENT.with(|place| Current {
            place,
            outer: place.replace(root),
        })
    }
}

impl Drop for Current {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: this is the same thread, since a pointer is not `Send`; the
        // place needs no drop, so it stays until the thread is gone.
        unsafe { &*self.place }.set(self.outer);
    }
}

impl Root {
    #[inline]
    pub(crate) fn new(local: bool, delegates: bool) -> Self {
        Root {
            lent: Lent::new(),
            slot: RefCell::new(Slot::Empty),
            rest: RefCell::new(None),
            unheard: Cell::new(false),
            again: Cell::new(false),
            shielded: Cell::new(false),
            nested: Cell::new(false),
            mode: Cell::new(Mode::Offer),
            local,
            delegates,
            cx: Cell::new(std::ptr::null_mut()),
        }
    }

    /// Whether this thread polls or drops the future of a root.
    pub(crate) fn is_there() -> bool {
        CURRENT
            .try_with(|root| !root.get().is_null())
            .unwrap_or(false)
    }

    /// Runs `look` with the root whose future this thread polls or drops.
    #[inline]
    pub(crate) fn current<R>(look: impl FnOnce(Option<&Root>) -> R) -> R {
        // SAFETY: a root that is current outlives that (`Current::enter`).
        look(unsafe { CURRENT.get().as_ref() })
    }

    /// The same, if the future is polled with the root's own waker.
    #[inline]
    pub(crate) fn own<R>(waker: &Waker, look: impl FnOnce(Option<&Root>) -> R) -> R {
        Root::current(|root| look(root.filter(|root| root.lent.is(waker))))
    }

    fn take(&self) -> Slot {
        self.slot.replace(Slot::Empty)
    }

    /// Fills the empty slot.
    #[inline]
    fn fill(&self, slot: Slot) {
        *self.slot.borrow_mut() = slot;
    }

    fn set(&self, slot: Slot) {
        // What was there is dropped after the slot is free again.
        drop(self.slot.replace(slot));
    }

    #[inline]
    fn is_empty(&self) -> bool {
        matches!(*self.slot.borrow(), Slot::Empty)
    }

    // ---- A step -------------------------------------------------------------

    /// Begins a step.
    ///
    /// # Safety
    /// The context lives until `end`.
    #[inline]
    pub(crate) unsafe fn begin(&self, cx: *mut baton_context) {
        self.cx.set(cx);
        self.unheard.set(false);
        // SAFETY: the caller's.
        self.lent.begin(unsafe { (*cx).waker });
    }

    /// Whether somebody waits for what the driver brings.
    #[inline]
    pub(crate) fn expects(&self, op: u32) -> bool {
        op != BATON_OP_SEND || !self.is_empty()
    }

    /// Prepares for the first poll of a step.
    #[inline]
    pub(crate) fn prepare(&self) {
        self.lent.rest();
        let alone = self.is_alone();
        self.mode.set(if alone { Mode::Offer } else { Mode::Drive });
    }

    /// Passes on what the driver brings. Fails if nobody can hear what is thrown.
    ///
    /// # Safety
    /// A step has begun; `given` is valid.
    #[inline(never)]
    pub(crate) unsafe fn receive(
        &self,
        op: u32,
        given: &mut baton_value,
    ) -> Result<(), Error> {
        self.wake_raisers();
        if op == BATON_OP_SEND {
            // The end of a child that was delegated to: nothing is to be moved.
            let mut slot = self.slot.borrow_mut();
            if let Slot::Given(ticket, None) = *slot {
                // SAFETY: the caller's.
                let value = unsafe { Value::from_raw(baton_take(given)) };
                *slot = Slot::Answered(ticket, Ok(value));
                return Ok(());
            }
        }
        let (ticket, asked) = match self.take() {
            Slot::Given(ticket, waker) => {
                panic::or_report(|| waker.into_iter().for_each(Waker::wake));
                (Some(ticket), false)
            }
            Slot::Asked(ticket) => (Some(ticket), true),
            _ => (None, false), // nothing else outlives a step
        };
        if op == BATON_OP_THROW {
            // SAFETY: the caller's; an error was thrown.
            let error = unsafe { Error::from_raw(baton_take(given)) };
            match ticket {
                Some(ticket) if !asked => self.set(Slot::Answered(ticket, Err(error))),
                _ => self.throw(error)?,
            }
        } else if let Some(ticket) = ticket {
            // SAFETY: the caller's.
            let value = unsafe { Value::from_raw(baton_take(given)) };
            self.set(Slot::Answered(ticket, Ok(value)));
        }
        Ok(())
    }

    /// Whether the future waits for nothing but what is in the slot.
    #[inline]
    fn is_alone(&self) -> bool {
        self.listening() == 0 && self.lent.is_quiet()
    }

    #[inline]
    fn listening(&self) -> usize {
        let rest = self.rest.borrow();
        rest.as_ref().map_or(0, |rest| rest.listeners.len())
    }

    fn rest(&self) -> RefMut<'_, Rest> {
        RefMut::map(self.rest.borrow_mut(), |rest| {
            &mut **rest.get_or_insert_default()
        })
    }

    /// Ends a step.
    #[inline]
    pub(crate) fn end(&self) {
        self.cx.set(std::ptr::null_mut());
        if !self.is_empty() {
            self.make_room();
        }
    }

    /// Whether there is nothing to let go of.
    #[inline]
    pub(crate) fn is_clear(&self) -> bool {
        self.is_empty() && self.rest.borrow().is_none() && self.lent.is_clear()
    }

    /// Lets go of everything: the future is over.
    #[cold]
    pub(crate) fn clear(&self) {
        if !self.is_empty() {
            if let Slot::Offered(_, offer) = self.take() {
                offer.give_up();
            }
        }
        if self.rest.borrow().is_some() {
            drop(self.rest.take());
        }
        self.lent.clear();
    }
}
