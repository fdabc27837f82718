// SPDX-License-Identifier: MIT
//! Who hears of what is thrown.

use std::cell::Cell;
use std::mem;
use std::task::Waker;

use super::{Listener, Root};
use crate::ticket::Ticket;
use crate::{panic, Error};

impl Root {
    /// Tells all who listen. Fails if there is nobody.
    pub(super) fn throw(&self, error: Error) -> Result<(), Error> {
        if self.listening() == 0 {
            return Err(error);
        }
        let mut wakers = Vec::new();
        let mut rest = self.rest();
        for listener in rest.listeners.values_mut() {
            listener.thrown = true;
            wakers.extend(listener.waker.clone());
        }
        let before = rest.thrown.replace(error);
        drop(rest);
        drop(before);
        self.unheard.set(true);
        panic::or_report(|| wakers.into_iter().for_each(Waker::wake));
        Ok(())
    }

    /// Enters somebody who is to hear of what is thrown, or renews the waker.
    pub(crate) fn listen(&self, ticket: Ticket, waker: &Waker) {
        let own = self.lent.is(waker);
        let mut rest = self.rest();
        let listener = rest.listeners.entry(ticket).or_insert(Listener {
            waker: None,
            thrown: false,
        });
        let same = match &listener.waker {
            Some(old) => !own && old.will_wake(waker),
            None => own,
        };
        if same {
            return;
        }
        let old = mem::replace(&mut listener.waker, (!own).then(|| waker.clone()));
        drop(rest);
        drop(old);
    }

    pub(crate) fn unlisten(&self, ticket: Ticket) {
        if self.listening() == 0 {
            return;
        }
        let gone = self.rest().listeners.remove(&ticket);
        drop(gone);
    }

    /// Fetches what was thrown, once for each who listens.
    pub(crate) fn hear(&self, ticket: Ticket) -> Option<Error> {
        let mut rest = self.rest();
        let thrown = mem::take(&mut rest.listeners.get_mut(&ticket)?.thrown);
        if !thrown || self.shielded.get() {
            return None;
        }
        self.unheard.set(false);
        rest.thrown.as_ref().map(Error::copy)
    }

    /// Keeps what is thrown from those who are polled by `run`.
    pub(crate) fn shield<R>(&self, run: impl FnOnce() -> R) -> R {
        raised(&self.shielded, run)
    }

    /// Has those who are polled by `run` drive their children themselves.
    pub(crate) fn nest<R>(&self, run: impl FnOnce() -> R) -> R {
        raised(&self.nested, run)
    }
}

/// Raises a flag while `run` runs.
fn raised<R>(flag: &Cell<bool>, run: impl FnOnce() -> R) -> R {
    struct Restore<'a>(&'a Cell<bool>, bool);
    impl Drop for Restore<'_> {
        fn drop(&mut self) {
            self.0.set(self.1);
        }
    }
    let _restore = Restore(flag, flag.replace(true));
    run()
}
