// SPDX-License-Identifier: MIT
//! How many clones of a waker live, and whether one has been woken.

#[cfg(baton_loom)]
use loom::sync::atomic::{fence, AtomicBool, AtomicUsize};
#[cfg(not(baton_loom))]
use std::sync::atomic::{fence, AtomicBool, AtomicUsize};

use std::sync::atomic::Ordering;

/// Counts references and notes wakes. Whoever holds the only reference knows
/// of every wake that there has been: a reference is dropped after its wake.
pub(crate) struct Tally {
    references: AtomicUsize,
    woken: AtomicBool,
}

impl Tally {
    pub(crate) fn new() -> Self {
        Tally {
            references: AtomicUsize::new(1),
            woken: AtomicBool::new(false),
        }
    }

    pub(crate) fn add(&self) {
        // So many references are a leak in a loop; the count must not wrap.
        if self.references.fetch_add(1, Ordering::Relaxed) > usize::MAX / 2 {
            std::process::abort();
        }
    }

    /// Drops a reference. True: it was the last, and all others are over.
    pub(crate) fn remove(&self) -> bool {
        if self.is_alone() {
            return true; // nobody is left to add or remove another
        }
        let last = self.references.fetch_sub(1, Ordering::Release) == 1;
        if last {
            fence(Ordering::Acquire);
        }
        last
    }

    pub(crate) fn wake(&self) {
        self.woken.store(true, Ordering::Release);
    }

    /// Whether there has been a wake since `rest`.
    pub(crate) fn is_woken(&self) -> bool {
        self.woken.load(Ordering::Acquire)
    }

    /// Forgets the wakes so far; what was written before them is seen from here
    /// on. A wake that is not seen here yet stays noted.
    pub(crate) fn rest(&self) {
        if self.woken.load(Ordering::Relaxed) {
            self.woken.swap(false, Ordering::Acquire);
        }
    }

    /// For the holder of a reference: nobody else has one.
    pub(crate) fn is_alone(&self) -> bool {
        self.references.load(Ordering::Acquire) == 1
    }

    /// For the holder of a reference: nobody else has one, and nobody has woken
    /// since `rest`.
    pub(crate) fn is_quiet(&self) -> bool {
        self.is_alone() && !self.is_woken()
    }
}

#[cfg(all(test, baton_loom))]
mod tests {
    use super::*;
    use loom::sync::Arc;
    use loom::thread;

    /// A clone that another thread wakes and drops: either the clone is still
    /// seen, or its wake is.
    #[test]
    fn a_wake_is_seen_once_its_clone_is_gone() {
        loom::model(|| {
            let tally = Arc::new(Tally::new());
            tally.rest();
            tally.add();
            let other = tally.clone();
            let waker = thread::spawn(move || {
                other.wake();
                assert!(!other.remove());
            });
            assert!(!tally.is_quiet());
            waker.join().unwrap();
            assert!(!tally.is_quiet());
            tally.rest();
            assert!(tally.is_quiet());
            assert!(tally.remove());
        });
    }

    /// A poll that finds nothing to do and quiet behind it has missed nothing.
    #[test]
    fn quiet_after_a_poll_means_that_the_poll_saw_it_all() {
        loom::model(|| {
            let shared = Arc::new((Tally::new(), AtomicBool::new(false)));
            shared.0.add();
            let other = shared.clone();
            let waker = thread::spawn(move || {
                other.1.store(true, Ordering::Relaxed);
                other.0.wake();
                other.0.remove();
            });
            shared.0.rest();
            let seen = shared.1.load(Ordering::Relaxed);
            assert!(seen || !shared.0.is_quiet());
            waker.join().unwrap();
        });
    }

    /// A clone that is dropped without a wake leaves quiet behind.
    #[test]
    fn the_last_to_let_go_is_one() {
        loom::model(|| {
            let tally = Arc::new(Tally::new());
            tally.add();
            let other = tally.clone();
            let thread = thread::spawn(move || {
                other.add();
                let one = other.remove();
                let two = other.remove();
                usize::from(one) + usize::from(two)
            });
            let here = usize::from(tally.remove());
            assert_eq!(thread.join().unwrap() + here, 1);
        });
    }
}
