// SPDX-License-Identifier: MIT
//! What is allocated, and that it comes back.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::{poll_fn, Future};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use baton::{block_on, Error, Handle, Value};

struct Counting;

thread_local! {
    static MADE: Cell<i64> = const { Cell::new(0) };
    static FREED: Cell<i64> = const { Cell::new(0) };
}

// SAFETY: the system's allocator does the work.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        MADE.set(MADE.get() + 1);
        // SAFETY: the caller's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        FREED.set(FREED.get() + 1);
        // SAFETY: the caller's.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

struct Quiet;

impl Wake for Quiet {
    fn wake(self: Arc<Self>) {}
}

/// Pending for `polls` polls, keeping the waker as futures do.
async fn busy(polls: usize) {
    let (mut left, mut kept) = (polls, None::<Waker>);
    poll_fn(move |cx| {
        if !kept.as_ref().is_some_and(|kept| kept.will_wake(cx.waker())) {
            kept = Some(cx.waker().clone());
        }
        left -= 1;
        if left == 0 {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

/// The allocations of all polls but the first two.
fn while_polling(handle: Handle) -> i64 {
    let waker = Waker::from(Arc::new(Quiet));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(handle.awaiting());
    for _ in 0..2 {
        assert!(Future::poll(future.as_mut(), &mut cx).is_pending());
    }
    let before = MADE.get();
    for _ in 0..50 {
        assert!(Future::poll(future.as_mut(), &mut cx).is_pending());
    }
    MADE.get() - before
}

#[test]
fn a_poll_allocates_nothing() {
    assert_eq!(while_polling(Handle::new(busy(100))), 0);
    let child = Handle::new(busy(100));
    assert_eq!(while_polling(Handle::new(async { child.await })), 0);
    let (one, two) = (Handle::new(busy(100)), Handle::new(busy(100)));
    let joined = Handle::new(async move {
        let _ = futures::join!(one.awaiting(), two.awaiting());
    });
    assert_eq!(while_polling(joined), 0);
}

#[test]
fn a_life_under_another_executor_allocates_once_a_thread() {
    let waker = Waker::from(Arc::new(Quiet));
    let live = || {
        let future = pin!(Handle::new(async { 1 }).awaiting());
        let Poll::Ready(outcome) = future.poll(&mut Context::from_waker(&waker)) else {
            panic!("it is ready")
        };
        assert_eq!(i64::try_from(outcome.unwrap()).unwrap(), 1);
    };
    live();
    let before = MADE.get();
    live();
    assert_eq!(MADE.get(), before);
}

#[test]
fn an_await_of_what_is_ready_allocates_nothing_of_rust() {
    let run = |count: usize| {
        let handle = Handle::new(async move {
            for _ in 0..count {
                Handle::new(async { 1 }).await?;
            }
            Ok::<_, Error>(())
        });
        let before = MADE.get();
        block_on(handle).unwrap();
        MADE.get() - before
    };
    run(1);
    assert_eq!(run(100), run(1));
}

#[test]
fn all_that_is_allocated_comes_back() {
    let round = || {
        let child = Handle::new(async { Value::from("text") });
        let failing = Handle::new(async { Err::<(), _>(Error::from_std("broken")) });
        let handle = Handle::new(async move {
            let (one, two) = futures::join!(child.awaiting(), failing.awaiting());
            assert_eq!(two.unwrap_err().message(), "broken");
            Ok::<_, Error>(Value::new_boxed(one?.as_str().map(str::to_owned)))
        });
        drop(block_on(handle).unwrap());
    };
    round(); // what is made once
    let before = MADE.get() - FREED.get();
    for _ in 0..100 {
        round();
    }
    assert_eq!(MADE.get() - FREED.get(), before);
}
