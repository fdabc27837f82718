// SPDX-License-Identifier: MIT
//! The thread on which a value has arrived.

use std::cell::Cell;
use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU64, Ordering};

/// A thread, or any. Never zero, which leaves room for `Option` and the like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Home(NonZeroU64);

thread_local! {
    static HERE: Cell<Option<Home>> = const { Cell::new(None) };
}

impl Home {
    pub(crate) const ANYWHERE: Home = Home(NonZeroU64::MIN);

    /// This thread. No other has the same, whether it lives or not.
    #[inline]
    pub(crate) fn here() -> Self {
        match HERE.get() {
            Some(here) => here,
            None => Home::arrive(),
        }
    }

    #[cold]
    fn arrive() -> Self {
        static LATEST: AtomicU64 = AtomicU64::new(Home::ANYWHERE.0.get());
        let next = LATEST.fetch_add(1, Ordering::Relaxed) + 1;
        let here = Home(NonZeroU64::new(next).expect("threads are not that many"));
        HERE.set(Some(here));
        here
    }

    #[inline]
    pub(crate) fn is_here(self) -> bool {
        self == Home::ANYWHERE || self == Home::here()
    }
}
