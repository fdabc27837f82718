// SPDX-License-Identifier: MIT
//! Wakers, from one world into the other.
//!
//! A *counted* waker is a waker of both worlds that passes a wake on to one of
//! them. Its address is its identity in both, so it lives on the heap, from
//! the first clone to the last: while somebody may remember the address,
//! no other waker gets it. One that nobody has cloned may pass on to another
//! waker at the next step.

mod lent;

pub(crate) use lent::Lent;

use std::cell::Cell;
use std::mem::{size_of, ManuallyDrop, MaybeUninit};
use std::ptr::{null, NonNull};
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::OnceLock;
use std::task::{RawWaker, RawWakerVTable, Waker};

use baton_sys::*;

use crate::memory::out_of_memory;
use crate::panic;
use crate::tally::Tally;

/// Whom a wake is passed on to.
enum Target {
    Baton(*const baton_waker), // a clone of ours, or null: nobody can be woken
    Rust(Borrowed),
}

/// A Rust waker, which is cloned only when somebody keeps what stands for it.
struct Borrowed {
    lent: AtomicPtr<Waker>, // of this step; dangles between two
    kept: OnceLock<Waker>,  // set before there is a second reference
}

impl Borrowed {
    /// The waker, where somebody may use it: in a step, or through a clone.
    fn waker(&self) -> &Waker {
        // SAFETY: without a clone this is a step, in which the waker lives.
        let lent = || unsafe { &*self.lent.load(Ordering::Relaxed) };
        self.kept.get().unwrap_or_else(lent)
    }

    fn keep(&self) {
        self.kept.get_or_init(|| self.waker().clone());
    }

    /// Whether it passes on to this waker in the step that begins.
    #[inline]
    fn lend(&self, waker: &Waker) -> bool {
        if let Some(kept) = self.kept.get() {
            return kept.will_wake(waker);
        }
        let waker = std::ptr::from_ref(waker).cast_mut();
        self.lent.store(waker, Ordering::Relaxed);
        true
    }
}

// SAFETY: any thread may call any slot of a waker.
unsafe impl Send for Target {}
// SAFETY: as above.
unsafe impl Sync for Target {}

impl Target {
    fn wake(&self) {
        match self {
            // SAFETY: the clone is ours.
            Target::Baton(waker) => unsafe {
                if let Some(waker) = waker.as_ref() {
                    ((*waker.methods).wake_by_ref)(waker);
                }
            },
            // This is somebody else's code.
            Target::Rust(borrowed) => {
                panic::or_report(|| borrowed.waker().wake_by_ref());
            }
        }
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        match self {
            // SAFETY: the clone is ours, and dropped once.
            Target::Baton(waker) => unsafe {
                if let Some(waker) = waker.as_ref() {
                    ((*waker.methods).drop)(waker);
                }
            },
            // This is somebody else's code.
            Target::Rust(borrowed) => {
                if let Some(kept) = borrowed.kept.take() {
                    panic::or_report(|| drop(kept));
                }
            }
        }
    }
}

#[repr(C)]
struct Inner {
    base: baton_waker, // first: its address is that of a baton_waker
    tally: Tally,
    target: Target,
}

thread_local! {
    /// The memory of the latest that died here: most die in the step they serve.
    static SPARE: Cell<Option<Box<MaybeUninit<Inner>>>> = const { Cell::new(None) };
}

/// A reference to a counted waker.
pub(crate) struct Counted(NonNull<Inner>);

// SAFETY: what is inside is atomic, or a waker.
unsafe impl Send for Counted {}
// SAFETY: as above.
unsafe impl Sync for Counted {}

impl Counted {
    /// `target` is made in place.
    #[inline]
    fn new(target: impl FnOnce() -> Target) -> Self {
        let spare = SPARE.try_with(Cell::take).ok().flatten();
        let mut block = spare.unwrap_or_else(|| Box::new(MaybeUninit::uninit()));
        block.write(Inner {
            base: baton_waker { methods: &METHODS },
            tally: Tally::new(),
            target: target(),
        });
        Counted(NonNull::from(Box::leak(block)).cast())
    }

    /// The counted waker of the step that begins, which passes on to `waker`: the
    /// one that was used before, if it does.
    ///
    /// # Safety
    /// The waker lives until the end of the step; between steps only clones of
    /// what this gives are used.
    #[inline]
    pub(crate) unsafe fn renew<'a>(used: &'a mut Option<Self>, waker: &Waker) -> &'a Self {
        if !used.as_ref().is_some_and(|used| used.lend(waker)) {
            *used = None;
        }
        used.get_or_insert_with(|| {
            Counted::new(|| {
                let kept = OnceLock::new();
                let lent = AtomicPtr::new(std::ptr::from_ref(waker).cast_mut());
                Target::Rust(Borrowed { lent, kept })
            })
        })
    }

    #[inline]
    fn lend(&self, waker: &Waker) -> bool {
        matches!(&self.inner().target, Target::Rust(borrowed) if borrowed.lend(waker))
    }

    /// # Safety
    /// The waker is null, or may be cloned now.
    pub(crate) unsafe fn of_baton(waker: *const baton_waker) -> Self {
        let mut clone = null();
        // SAFETY: the caller's.
        unsafe {
            if let Some(waker) = waker.as_ref() {
                if ((*waker.methods).clone)(waker, &mut clone) != BATON_OK {
                    out_of_memory(size_of::<Inner>());
                }
            }
        }
        Counted::new(|| Target::Baton(clone))
    }

    /// Whether it keeps this waker: known by the address of the clone, which
    /// no other waker can get as long as that is held.
    #[inline]
    pub(crate) fn passes_to(&self, waker: *const baton_waker) -> bool {
        matches!(&self.inner().target, Target::Baton(clone) if *clone == waker)
    }

    /// Whether it has been woken, ever.
    pub(crate) fn is_woken(&self) -> bool {
        self.inner().tally.is_woken()
    }

    pub(crate) fn wake(&self) {
        self.inner().tally.wake();
        self.inner().target.wake();
    }

    #[inline]
    fn inner(&self) -> &Inner {
        // SAFETY: this is a reference.
        unsafe { self.0.as_ref() }
    }

    /// As the contract knows it; valid as long as a reference is.
    pub(crate) fn as_raw(&self) -> *const baton_waker {
        self.0.as_ptr().cast()
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        if let Target::Rust(borrowed) = &self.inner().target {
            borrowed.keep();
        }
        self.inner().tally.add();
        Counted(self.0)
    }
}

impl Drop for Counted {
    #[inline]
    fn drop(&mut self) {
        if self.inner().tally.remove() {
            // SAFETY: that was the last reference.
            unsafe { self.0.drop_in_place() };
            // SAFETY: the block is a box, of which nothing is used any more.
            let block = unsafe { Box::from_raw(self.0.as_ptr().cast()) };
            // A thread that ends keeps none; then it is freed.
            let _ = SPARE.try_with(|spare| spare.set(Some(block)));
        }
    }
}

// ---- As a waker of the contract ---------------------------------------------

static METHODS: baton_waker_methods = baton_waker_methods {
    struct_size: size_of::<baton_waker_methods>() as u32,
    reserved0: 0,
    clone,
    wake,
    wake_by_ref,
    drop: drop_clone,
};

/// # Safety
/// The waker is a counted one, and a reference to it lives for the call.
unsafe fn borrow(waker: *const baton_waker) -> ManuallyDrop<Counted> {
    let inner = waker.cast::<Inner>().cast_mut();
    // SAFETY: the caller's.
    ManuallyDrop::new(Counted(unsafe { NonNull::new_unchecked(inner) }))
}

unsafe extern "C" fn clone(waker: *const baton_waker, out: *mut *const baton_waker) -> i32 {
    // SAFETY: the caller holds the waker. The clone of a Rust waker is somebody
    // else's code.
    let cloned = panic::catch(c"clone", || unsafe { Counted::clone(&borrow(waker)) });
    let (status, clone) = match cloned {
        Ok(clone) => (BATON_OK, ManuallyDrop::new(clone).as_raw()),
        Err(error) => {
            panic::report(&error);
            (BATON_NO_MEMORY, null())
        }
    };
    // SAFETY: the caller gives a place for the clone.
    unsafe { *out = clone };
    status
}

unsafe extern "C" fn wake_by_ref(waker: *const baton_waker) -> i32 {
    // SAFETY: the caller holds the waker.
    unsafe { borrow(waker) }.wake();
    BATON_OK
}

unsafe extern "C" fn drop_clone(waker: *const baton_waker) -> i32 {
    // SAFETY: the caller gives a clone up.
    drop(ManuallyDrop::into_inner(unsafe { borrow(waker) }));
    BATON_OK
}

unsafe extern "C" fn wake(waker: *const baton_waker) -> i32 {
    // SAFETY: the caller gives a clone up.
    unsafe {
        wake_by_ref(waker);
        drop_clone(waker)
    }
}

// ---- As a waker of Rust -----------------------------------------------------

static COUNTED: RawWakerVTable = RawWakerVTable::new(
    |data| {
        // SAFETY: the waker at hand is a reference; the clone gets its own.
        unsafe { std::mem::forget(Counted::clone(&borrow(data.cast()))) };
        RawWaker::new(data, &COUNTED)
    },
    |data| {
        // SAFETY: the waker is given up.
        unsafe { wake(data.cast()) };
    },
    |data| {
        // SAFETY: the waker at hand is a reference.
        unsafe { wake_by_ref(data.cast()) };
    },
    |data| {
        // SAFETY: the waker is given up.
        unsafe { drop_clone(data.cast()) };
    },
);

#[cfg(all(test, not(baton_loom)))]
mod tests;
