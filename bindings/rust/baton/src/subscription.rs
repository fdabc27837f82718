// SPDX-License-Identifier: MIT
use std::mem;

use baton_sys::*;

use crate::waker::Counted;
use crate::{Error, Value};

/// A token that was yielded and is being waited for.
pub(crate) struct Subscription {
    token: Value,
    waker: Counted, // its own, by which it is known; notes the wake and passes it on
}

impl Subscription {
    /// Gives the token back, with an error if it could be waited for.
    pub(crate) fn new(
        token: Value,
        waker: &Counted,
    ) -> Result<Self, (Value, Option<Error>)> {
        let Some(wait) = wait_of(&token) else {
            return Err((token, None));
        };
        // SAFETY: the reference at hand is valid.
        let waker = unsafe { Counted::of_baton(waker.as_raw()) };
        // SAFETY: token and waker are valid.
        let status = unsafe { (wait.subscribe)(token.as_raw(), waker.as_raw()) };
        if status != BATON_OK {
            let error = Error::from_refusal(status, &token);
            return Err((token, Some(error)));
        }
        Ok(Subscription { token, waker })
    }

    pub(crate) fn is_woken(&self) -> bool {
        self.waker.is_woken()
    }

    /// Whether a wake is passed on to `waker`.
    pub(crate) fn wakes(&self, waker: &Counted) -> bool {
        self.waker.passes_to(waker.as_raw())
    }

    /// Subscribes with another waker; nothing if it was woken meanwhile.
    pub(crate) fn move_to(mut self, waker: &Counted) -> Result<Option<Self>, Error> {
        let token = self.cancel();
        if self.is_woken() {
            return Ok(None);
        }
        match Subscription::new(token, waker) {
            Ok(subscription) => Ok(Some(subscription)),
            Err((_, Some(error))) => Err(error),
            Err((_, None)) => Ok(None),
        }
    }

    /// Ends it, once, and gives the token back.
    fn cancel(&mut self) -> Value {
        if let Some(wait) = wait_of(&self.token) {
            // SAFETY: token and waker are valid.
            unsafe { (wait.unsubscribe)(self.token.as_raw(), self.waker.as_raw()) };
        }
        mem::take(&mut self.token)
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        drop(self.cancel());
    }
}

fn wait_of(token: &Value) -> Option<&baton_wait> {
    // SAFETY: the token is valid; the table belongs to this id.
    unsafe {
        baton_find(token.as_raw(), BATON_EXT_WAIT)
            .cast::<baton_wait>()
            .as_ref()
    }
}
