// SPDX-License-Identifier: MIT
//! Coroutines written by hand against the chain level only.

use std::ffi::c_void;
use std::future::IntoFuture;
use std::mem::size_of;
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicUsize, Ordering};

use baton::raw::Portable;
use baton::sys::*;
use baton::{block_on, delegate, Awaitable, Error, Handle, Kind, Value};
use futures::future::Either;

use crate::support::*;

/// What the next calls of `send` return, from the back.
struct Foreign {
    count: usize,
    script: Vec<(i32, baton_value)>,
    sent: i64,
    closed: &'static AtomicUsize,
}

unsafe fn this<'a>(value: *const baton_value) -> &'a mut Foreign {
    // SAFETY: the tests are the only ones who make such a value.
    unsafe { &mut *(*value).payload.object.cast::<Foreign>() }
}

unsafe extern "C" fn retain(value: *const baton_value) -> i32 {
    // SAFETY: the caller holds a reference.
    unsafe { this(value) }.count += 1;
    BATON_OK
}

unsafe extern "C" fn release(value: *const baton_value) -> i32 {
    // SAFETY: the caller gives a reference up.
    unsafe {
        this(value).count -= 1;
        if this(value).count == 0 {
            drop(Box::from_raw((*value).payload.object.cast::<Foreign>()));
        }
    }
    BATON_OK
}

unsafe extern "C" fn am_await(
    value: *const baton_value,
    _cx: *mut baton_context,
    out: *mut baton_value,
) -> i32 {
    // SAFETY: the caller's.
    unsafe { *out = *value };
    BATON_LENT
}

unsafe extern "C" fn send(
    value: *const baton_value,
    cx: *mut baton_context,
    given: *mut baton_value,
    out: *mut baton_value,
) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        let this = this(value);
        if baton_tag_of(&*given) == BATON_TAG_I64 {
            this.sent = (*given).payload.i64;
        }
        let Some((status, result)) = this.script.pop() else {
            *out = Value::from(this.sent).into_raw();
            return BATON_RETURN;
        };
        if status == BATON_PENDING {
            let waker = (*cx).waker;
            ((*(*waker).methods).wake_by_ref)(waker);
        }
        *out = result;
        status
    }
}

unsafe extern "C" fn throw(
    _value: *const baton_value,
    _cx: *mut baton_context,
    error: *mut baton_value,
    out: *mut baton_value,
) -> i32 {
    // SAFETY: the caller's.
    unsafe { *out = baton_take(&mut *error) };
    BATON_ERROR
}

unsafe extern "C" fn close(
    value: *const baton_value,
    _cx: *mut baton_context,
    _out: *mut baton_value,
) -> i32 {
    // SAFETY: the caller's.
    unsafe { this(value) }.closed.fetch_add(1, Ordering::SeqCst);
    BATON_RETURN
}

static ASYNC: baton_async_methods = baton_async_methods {
    struct_size: size_of::<baton_async_methods>() as u32,
    reserved0: 0,
    am_await: Some(am_await),
    am_aiter: None,
    am_anext: None,
};
static COROUTINE: baton_coroutine_methods = baton_coroutine_methods {
    struct_size: size_of::<baton_coroutine_methods>() as u32,
    reserved0: 0,
    send,
    throw_: throw,
    close,
};

const fn descriptor(major: u16) -> baton_type {
    baton_type {
        struct_size: size_of::<baton_type>() as u32,
        abi_major: major,
        abi_minor: BATON_ABI_MINOR,
        magic: BATON_TYPE_MAGIC,
        reserved0: 0,
        flags: 0,
        name: c"foreign".as_ptr(),
        retain,
        release,
        provider: null(),
        data: null_mut::<c_void>(),
        traverse: None,
        as_async: &ASYNC,
        as_coroutine: &COROUTINE,
        as_link: null(),
        as_error: null(),
        query: None,
        reserved1: null(),
    }
}

static TYPE: baton_type = descriptor(BATON_ABI_MAJOR);
static TYPE_OF_TOMORROW: baton_type = descriptor(BATON_ABI_MAJOR + 1);

fn make(
    descriptor: &'static baton_type,
    script: &[(i32, baton_value)],
    closed: &'static AtomicUsize,
) -> Value {
    let foreign = Box::new(Foreign {
        count: 1,
        script: script.iter().rev().copied().collect(),
        sent: 0,
        closed,
    });
    // SAFETY: the one reference is the value's.
    unsafe { Value::from_raw(baton_from_object(descriptor, Box::into_raw(foreign).cast())) }
}

fn none() -> baton_value {
    baton_none()
}

fn run(script: &[(i32, baton_value)]) -> String {
    static CLOSED: AtomicUsize = AtomicUsize::new(0);
    let handle = make(&TYPE, script, &CLOSED).into_awaitable().unwrap();
    let end = block_on(Handle::local(async move { handle.await }));
    told(end.map(baton::Driven::Returned))
}

#[test]
fn one_that_is_pending_and_wakes_at_once_goes_on() {
    let _clean = clean();
    assert_eq!(
        run(&[(BATON_PENDING, none()), (BATON_PENDING, none())]),
        "RETURN 0"
    );
}

#[test]
fn one_that_yields_what_nobody_knows_gets_the_error() {
    let _clean = clean();
    let token = Value::from(5).into_raw();
    assert_eq!(
        run(&[(BATON_YIELD, token)]),
        "ERROR runtime-error: bad yield: i64"
    );
}

#[test]
fn one_that_refuses_ends_with_the_error_of_the_refusal() {
    let _clean = clean();
    assert_eq!(
        run(&[(BATON_BUSY, none())]),
        "ERROR value-error: coroutine already executing"
    );
}

#[test]
fn one_with_an_unknown_status_is_closed_and_told_so() {
    let _clean = clean();
    assert_eq!(
        run(&[(77, none())]),
        "ERROR runtime-error: unknown status 77 from foreign"
    );
}

#[test]
fn one_that_fails_with_what_is_no_error_is_told_so() {
    let _clean = clean();
    let end = run(&[(BATON_ERROR, Value::from(5).into_raw())]);
    assert!(end.starts_with("ERROR type-error:"), "{end}");
}

#[test]
fn one_of_another_major_is_refused_by_name() {
    let _clean = clean();
    static CLOSED: AtomicUsize = AtomicUsize::new(0);
    let error = make(&TYPE_OF_TOMORROW, &[], &CLOSED)
        .into_awaitable()
        .unwrap_err();
    assert_eq!(error.kind(), Kind::TYPE);
    assert!(
        error.message().starts_with("'foreign' cannot be used: "),
        "{error}"
    );
}

#[test]
fn one_that_is_driven_beside_others_is_closed_when_it_is_dropped() {
    let _clean = clean();
    static CLOSED: AtomicUsize = AtomicUsize::new(0);
    let script = [(BATON_PENDING, none()); 5];
    let foreign = make(&TYPE, &script, &CLOSED).into_awaitable().unwrap();
    let gate = Gate::default();
    let wait = gate.clone();
    let mut handle = Handle::local(async move {
        futures::future::select(foreign.awaiting(), wait).await;
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN none");
    assert_eq!(CLOSED.load(Ordering::SeqCst), 1);
}

#[test]
fn one_that_was_never_driven_is_only_released() {
    let _clean = clean();
    static CLOSED: AtomicUsize = AtomicUsize::new(0);
    drop(
        make(&TYPE, &[], &CLOSED)
            .into_awaitable()
            .unwrap()
            .awaiting(),
    );
    assert_eq!(CLOSED.load(Ordering::SeqCst), 0);
}

/// Awaits `awaited` beside what is there at once, so that it is never driven.
fn lose(awaited: impl std::future::Future + Unpin + 'static) -> String {
    let mut handle = Handle::local(async move {
        let other = std::future::ready(());
        match futures::future::select(awaited, other).await {
            Either::Left(_) => "the awaited",
            Either::Right(_) => "the other",
        }
    });
    told(step(&mut handle))
}

#[test]
fn one_that_was_only_offered_is_closed_where_nobody_else_has_it() {
    let _clean = clean();
    static CLOSED: AtomicUsize = AtomicUsize::new(0);
    let made = || make(&TYPE, &[], &CLOSED);
    let closed = || CLOSED.load(Ordering::SeqCst);
    let shared = made().into_awaitable().unwrap();
    assert_eq!(lose(shared.awaiting()), "RETURN \"the other\"");
    assert_eq!(closed(), 0);
    // SAFETY: everything is on this thread.
    let portable = unsafe { Portable::new(made()) };
    assert_eq!(lose(portable.into_future()), "RETURN \"the other\"");
    assert_eq!(closed(), 0);
    // SAFETY: nobody else has it.
    let sole = unsafe { Handle::from_value(made()) };
    assert_eq!(lose(sole.awaiting()), "RETURN \"the other\"");
    assert_eq!(closed(), 1);
}

/// Promises to await `second` alone, and awaits something else beside it.
fn promise_beside(second: impl Awaitable + 'static) -> String {
    let first = Handle::new(Gate::default());
    let mut handle = Handle::local(async move {
        match futures::future::select(first.awaiting(), delegate(second)).await {
            Either::Left((end, _)) | Either::Right((end, _)) => end,
        }
    });
    told(step(&mut handle))
}

#[test]
fn one_that_is_promised_in_vain_is_closed_where_nobody_else_has_it() {
    let _clean = clean();
    static CLOSED: AtomicUsize = AtomicUsize::new(0);
    let refusal =
        "ERROR runtime-error: cannot delegate: the coroutine awaits something else too";
    let shared = make(&TYPE, &[], &CLOSED).into_awaitable().unwrap();
    assert_eq!(promise_beside(shared), refusal);
    assert_eq!(CLOSED.load(Ordering::SeqCst), 0);
    // SAFETY: nobody else has it.
    let sole = unsafe { Handle::from_value(make(&TYPE, &[], &CLOSED)) };
    assert_eq!(promise_beside(sole), refusal);
    assert_eq!(CLOSED.load(Ordering::SeqCst), 1);
}

#[test]
fn a_portable_one_is_delegated_to_by_what_goes_to_other_threads() {
    let _clean = clean();
    static CLOSED: AtomicUsize = AtomicUsize::new(0);
    let token = Value::from("token").into_raw();
    let foreign = make(&TYPE, &[(BATON_YIELD, token)], &CLOSED);
    // SAFETY: everything is on this thread.
    let portable = unsafe { Portable::new(foreign) };
    let mut handle = Handle::new(async move { portable.await });
    assert_eq!(told(step(&mut handle)), "YIELD \"token\"");
    drop(handle);
    assert_eq!(CLOSED.load(Ordering::SeqCst), 1, "it has begun");
}

#[test]
fn one_that_is_awaited_alone_gets_the_answers_of_the_driver() {
    let _clean = clean();
    static CLOSED: AtomicUsize = AtomicUsize::new(0);
    let token = Value::from("token").into_raw();
    let foreign = make(&TYPE, &[(BATON_YIELD, token)], &CLOSED);
    let foreign = foreign.into_awaitable().unwrap();
    let mut handle = Handle::local(async move { foreign.await });
    assert_eq!(told(step(&mut handle)), "YIELD \"token\"");
    assert_eq!(told(handle.send(&mut noop(), 8.into())), "RETURN 8");
    let error: Result<(), Error> = Err(handle.send(&mut noop(), Value::NONE).unwrap_err());
    assert!(error.is_err());
}
