// SPDX-License-Identifier: MIT
//! Numbers by which awaitings and roots know each other.

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

/// A number that no other ticket of the process has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ticket(u64);

/// How many a thread takes at a time.
const BATCH: u64 = 1 << 20;

static BATCHES: AtomicU64 = AtomicU64::new(0);

thread_local! {
    static NEXT: Cell<u64> = const { Cell::new(0) };
}

impl Ticket {
    #[inline]
    pub(crate) fn new() -> Self {
        NEXT.with(|next| {
            let mut number = next.get();
            if number % BATCH == 0 {
                number = BATCHES.fetch_add(1, Ordering::Relaxed) * BATCH + 1;
            }
            next.set(number + 1);
            Ticket(number)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_differ_within_and_between_threads() {
        let make = || (0..1000).map(|_| Ticket::new()).collect::<Vec<_>>();
        let mut all = make();
        all.extend(std::thread::spawn(make).join().unwrap());
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 2000);
    }
}
