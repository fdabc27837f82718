// SPDX-License-Identifier: MIT
//! Contexts whose wakers are lent: one address, and another waker at each step.

use std::mem::size_of;
use std::ptr::null;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

use baton::sys::*;
use baton::{async_generator, Error, Handle, Value};
use futures::future::join;

use crate::support::*;

type Count = Arc<AtomicUsize>;

/// A waker: what a driver lends, or a clone of it on the heap.
#[repr(C)]
struct Bell {
    base: baton_waker,
    rung: Count,
}

static METHODS: baton_waker_methods = baton_waker_methods {
    struct_size: size_of::<baton_waker_methods>() as u32,
    reserved0: 0,
    clone,
    wake,
    wake_by_ref,
    drop: drop_clone,
};

impl Bell {
    fn new(rung: &Count) -> Self {
        Bell {
            base: baton_waker { methods: &METHODS },
            rung: rung.clone(),
        }
    }
}

unsafe extern "C" fn clone(waker: *const baton_waker, out: *mut *const baton_waker) -> i32 {
    // SAFETY: the tests are the only ones who make such a waker.
    unsafe {
        let bell = &*waker.cast::<Bell>();
        *out = Box::into_raw(Box::new(Bell::new(&bell.rung))).cast();
    }
    BATON_OK
}

unsafe extern "C" fn wake_by_ref(waker: *const baton_waker) -> i32 {
    // SAFETY: as above.
    unsafe { &*waker.cast::<Bell>() }
        .rung
        .fetch_add(1, Ordering::SeqCst);
    BATON_OK
}

unsafe extern "C" fn drop_clone(waker: *const baton_waker) -> i32 {
    // SAFETY: only clones are given up, and they are on the heap.
    drop(unsafe { Box::from_raw(waker.cast::<Bell>().cast_mut()) });
    BATON_OK
}

unsafe extern "C" fn wake(waker: *const baton_waker) -> i32 {
    // SAFETY: a clone is woken and given up.
    unsafe {
        wake_by_ref(waker);
        drop_clone(waker)
    }
}

fn context(waker: *const baton_waker) -> baton_context {
    baton_context {
        struct_size: size_of::<baton_context>() as u32,
        abi_major: BATON_ABI_MAJOR,
        abi_minor: BATON_ABI_MINOR,
        accepts: BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING,
        reserved0: 0,
        waker,
        handled: null(),
        query: None,
        driver: std::ptr::null_mut(),
    }
}

/// A driver that lends another waker at each step, always at the same address.
struct Lender {
    bell: Box<Bell>,
}

impl Lender {
    fn new() -> Self {
        let bell = Box::new(Bell::new(&Count::default()));
        Lender { bell }
    }

    /// One step of a coroutine. Gives the status, and how often the waker of this
    /// step was woken.
    fn step(&mut self, handle: &Value) -> (i32, Count) {
        let rung = Count::default();
        self.bell.rung = rung.clone();
        let mut cx = context(&self.bell.base);
        let (mut given, mut out) = (baton_none(), baton_none());
        // SAFETY: the value is a coroutine of ours; what is left is ours.
        let status = unsafe {
            let methods = &*(*handle.as_raw().head.type_).as_coroutine;
            let status = (methods.send)(handle.as_raw(), &mut cx, &mut given, &mut out);
            baton_drop(&mut out);
            status
        };
        // Whoever comes back to a waker that was only lent finds this one.
        self.bell.rung = Count::default();
        (status, rung)
    }
}

fn times(rung: &Count) -> usize {
    rung.load(Ordering::SeqCst)
}

/// Steps twice, and opens: the second waker is woken, and not the first.
fn is_woken_by_the_second(handle: &Value, gate: &Gate) {
    let mut lender = Lender::new();
    let (status, first) = lender.step(handle);
    assert_eq!((status, times(&first)), (BATON_PENDING, 0));
    let (status, second) = lender.step(handle);
    assert_eq!((status, times(&second)), (BATON_PENDING, 0));
    gate.open();
    assert_eq!((times(&first), times(&second)), (0, 1));
    let (status, _) = lender.step(handle);
    assert_eq!(status, BATON_RETURN);
}

#[test]
fn a_coroutine_is_woken_by_the_latest_of_one_address() {
    let _clean = clean();
    let gate = Gate::default();
    let handle = Handle::new(gate.clone()).into_value();
    is_woken_by_the_second(&handle, &gate);
}

#[test]
fn a_child_is_woken_by_the_latest_of_one_address() {
    let _clean = clean();
    let gate = Gate::default();
    let child = Handle::new(gate.clone());
    let handle = Handle::new(async move { child.await }).into_value();
    is_woken_by_the_second(&handle, &gate);
}

#[test]
fn children_side_by_side_are_woken_by_the_latest_of_one_address() {
    let _clean = clean();
    let gate = Gate::default();
    let (one, two) = (Handle::new(async {}), Handle::new(gate.clone()));
    let handle = Handle::new(async move {
        let (one, two) = join(one.awaiting(), two.awaiting()).await;
        one.and(two)
    })
    .into_value();
    is_woken_by_the_second(&handle, &gate);
}

#[test]
fn an_item_is_woken_by_the_latest_of_one_address() {
    let _clean = clean();
    let gate = Gate::default();
    let waits = gate.clone();
    let items = async_generator(|y| async move {
        waits.await;
        y.item(1).await
    });
    let (mut next, mut cx) = (baton_none(), context(null()));
    // SAFETY: the value is an async generator of ours.
    let next = unsafe {
        let methods = &*(*items.as_raw().head.type_).as_async;
        let anext = methods.am_anext.unwrap();
        assert_eq!(anext(items.as_raw(), &mut cx, &mut next), BATON_OWNED);
        Value::from_raw(next)
    };
    is_woken_by_the_second(&next, &gate);
    drop(items);
}

#[test]
fn a_consumer_of_items_is_woken_by_the_latest_of_one_address() {
    let _clean = clean();
    let gate = Gate::default();
    let waits = gate.clone();
    let items = async_generator(|y| async move {
        waits.await;
        y.item(1).await
    });
    let handle = Handle::from_fn(async move || {
        let first = items.into_stream()?.next().await?;
        Ok::<_, Error>(number(first.unwrap()))
    })
    .into_value();
    is_woken_by_the_second(&handle, &gate);
}
