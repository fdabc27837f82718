// SPDX-License-Identifier: MIT
//! The waker of a coroutine's own polls.

use std::mem::ManuallyDrop;
use std::ptr::{null_mut, NonNull};
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::task::{RawWaker, RawWakerVTable, Waker};

use baton_sys::*;

use super::{Counted, Inner, COUNTED};

/// The waker of one coroutine's polls. It stands in the frame, and is only
/// lent; the first clone makes the counted one that the polls use from then on.
pub(crate) struct Lent {
    target: AtomicPtr<baton_waker>, // the context's, for this call; written by it
    counted: AtomicPtr<Inner>,      // a reference of ours, or null
    woken: AtomicBool,              // by reference, while there was no clone
}

static LENT: RawWakerVTable = RawWakerVTable::new(
    |data| {
        // SAFETY: the frame lives for the call, which is as long as it is lent.
        let lent = unsafe { &*data.cast::<Lent>() };
        let inner = Counted::clone(&lent.counted());
        RawWaker::new(ManuallyDrop::new(inner).as_raw().cast(), &COUNTED)
    },
    |_| unreachable!("what is lent is not given up"),
    |data| {
        // SAFETY: as above.
        unsafe { &*data.cast::<Lent>() }.wake();
    },
    |_| (),
);

impl Lent {
    #[inline]
    pub(crate) const fn new() -> Self {
        Lent {
            target: AtomicPtr::new(null_mut()),
            counted: AtomicPtr::new(null_mut()),
            woken: AtomicBool::new(false),
        }
    }

    /// A call begins, with the waker of its context. A counted waker for
    /// another one is let go: only the latest call's counts.
    #[inline]
    pub(crate) fn begin(&self, target: *const baton_waker) {
        let target = target.cast_mut();
        self.target.store(target, Ordering::Relaxed);
        if self
            .peek()
            .is_some_and(|counted| !counted.passes_to(target))
        {
            self.clear();
        }
    }

    /// A poll begins: wakes so far are over.
    #[inline]
    pub(crate) fn rest(&self) {
        self.woken.store(false, Ordering::Relaxed);
        if let Some(counted) = self.peek() {
            counted.inner().tally.rest();
        }
    }

    /// Whether nothing can wake the coroutine but a child, and nothing has
    /// since `rest`.
    #[inline]
    pub(crate) fn is_quiet(&self) -> bool {
        !self.woken.load(Ordering::Relaxed)
            && self
                .peek()
                .is_none_or(|counted| counted.inner().tally.is_quiet())
    }

    /// The waker for a poll; nobody drops it.
    #[inline]
    pub(crate) fn waker(&self) -> ManuallyDrop<Waker> {
        let counted = self.counted.load(Ordering::Acquire);
        let raw = if counted.is_null() {
            RawWaker::new(std::ptr::from_ref(self).cast(), &LENT)
        } else {
            RawWaker::new(counted.cast_const().cast(), &COUNTED)
        };
        // SAFETY: both tables keep Waker's rules while the frame lives.
        ManuallyDrop::new(unsafe { Waker::from_raw(raw) })
    }

    /// Whether a waker is this one, in either form.
    #[inline]
    pub(crate) fn is(&self, waker: &Waker) -> bool {
        let data = waker.data();
        (std::ptr::eq(data, std::ptr::from_ref(self).cast())
            && std::ptr::eq(waker.vtable(), &LENT))
            || (std::ptr::eq(data, self.counted.load(Ordering::Acquire).cast())
                && std::ptr::eq(waker.vtable(), &COUNTED))
    }

    /// The counted waker, made if there is none. Any thread, during a call.
    pub(crate) fn counted(&self) -> ManuallyDrop<Counted> {
        if let Some(counted) = self.peek() {
            return counted;
        }
        let target = self.target.load(Ordering::Relaxed);
        // SAFETY: the context's waker may be cloned during the call.
        let made = ManuallyDrop::new(unsafe { Counted::of_baton(target) });
        let raced = self.counted.compare_exchange(
            null_mut(),
            made.0.as_ptr(),
            Ordering::AcqRel,
            Ordering::Acquire,
        );
        match raced {
            Ok(_) => made,
            Err(_) => {
                drop(ManuallyDrop::into_inner(made));
                self.peek().expect("another thread made it")
            }
        }
    }

    #[inline]
    fn peek(&self) -> Option<ManuallyDrop<Counted>> {
        let inner = NonNull::new(self.counted.load(Ordering::Acquire))?;
        Some(ManuallyDrop::new(Counted(inner)))
    }

    pub(crate) fn wake(&self) {
        self.woken.store(true, Ordering::Relaxed);
        // SAFETY: the context's waker may be woken during the call.
        unsafe {
            if let Some(waker) = self.target.load(Ordering::Relaxed).as_ref() {
                ((*waker.methods).wake_by_ref)(waker);
            }
        }
    }

    #[inline]
    pub(crate) fn is_clear(&self) -> bool {
        self.peek().is_none()
    }

    /// Lets go of the counted waker. Between polls, when nobody else looks.
    #[inline]
    pub(crate) fn clear(&self) {
        if let Some(counted) = self.peek() {
            self.counted.store(null_mut(), Ordering::Relaxed);
            drop(ManuallyDrop::into_inner(counted));
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.clear();
    }
}
