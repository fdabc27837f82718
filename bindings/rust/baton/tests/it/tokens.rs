// SPDX-License-Identifier: MIT
//! Tokens that can be waited for.

use std::ffi::{c_char, c_void, CStr};
use std::mem::size_of;
use std::ptr::{null, null_mut};
use std::sync::{Arc, Mutex};
use std::task::Context;

use baton::sys::*;
use baton::{yielding, Error, Handle, Kind, Value};
use futures::future::{join, select, Either};

use crate::support::*;

/// A token that becomes ready by hand.
#[derive(Default)]
struct Token(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    ready: bool,
    wakers: Vec<(usize, usize)>, // what subscribed, and our clone of it
    subscribed: usize,
}

fn raw(waker: usize) -> *const baton_waker {
    waker as *const baton_waker
}

impl Token {
    fn open(&self) {
        let wakers: Vec<_> = {
            let mut waiting = self.0.lock().unwrap();
            waiting.ready = true;
            waiting.wakers.drain(..).collect()
        };
        for (_, clone) in wakers {
            // SAFETY: the clone is ours, and given up here.
            unsafe { ((*(*raw(clone)).methods).wake)(raw(clone)) };
        }
    }

    fn subscribed(&self) -> usize {
        self.0.lock().unwrap().subscribed
    }

    fn waiting(&self) -> usize {
        self.0.lock().unwrap().wakers.len()
    }
}

unsafe fn this<'a>(value: *const baton_value) -> &'a Token {
    // SAFETY: the tests are the only ones who make such a value.
    unsafe { &*(*value).payload.object.cast::<Token>() }
}

unsafe extern "C" fn retain(value: *const baton_value) -> i32 {
    // SAFETY: the object is that of an `Arc`.
    unsafe { Arc::increment_strong_count((*value).payload.object.cast::<Token>()) };
    BATON_OK
}

unsafe extern "C" fn release(value: *const baton_value) -> i32 {
    // SAFETY: as above.
    unsafe { Arc::decrement_strong_count((*value).payload.object.cast::<Token>()) };
    BATON_OK
}

unsafe extern "C" fn subscribe(
    value: *const baton_value,
    waker: *const baton_waker,
) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        let mut waiting = this(value).0.lock().unwrap();
        assert!(!waiting.ready, "nobody subscribes to what is ready here");
        let mut clone = null();
        assert_eq!(((*(*waker).methods).clone)(waker, &mut clone), BATON_OK);
        waiting.wakers.push((waker as usize, clone as usize));
        waiting.subscribed += 1;
    }
    BATON_OK
}

unsafe extern "C" fn unsubscribe(
    value: *const baton_value,
    waker: *const baton_waker,
) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        let mut waiting = this(value).0.lock().unwrap();
        let at = waiting
            .wakers
            .iter()
            .position(|(key, _)| *key == waker as usize);
        if let Some(at) = at {
            let (_, clone) = waiting.wakers.swap_remove(at);
            ((*(*raw(clone)).methods).drop)(raw(clone));
        }
    }
    BATON_OK
}

static WAIT: baton_wait = baton_wait {
    struct_size: size_of::<baton_wait>() as u32,
    reserved0: 0,
    subscribe,
    unsubscribe,
};

unsafe extern "C" fn query(
    _value: *const baton_value,
    id: *const c_char,
    out: *mut *const c_void,
) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        if CStr::from_ptr(id) != c"baton.wait/1" {
            return BATON_UNSUPPORTED;
        }
        *out = (&raw const WAIT).cast();
    }
    BATON_OK
}

static TYPE: baton_type = baton_type {
    struct_size: size_of::<baton_type>() as u32,
    abi_major: BATON_ABI_MAJOR,
    abi_minor: BATON_ABI_MINOR,
    magic: BATON_TYPE_MAGIC,
    reserved0: 0,
    flags: 0,
    name: c"token".as_ptr(),
    retain,
    release,
    provider: null(),
    data: null_mut(),
    traverse: None,
    as_async: null(),
    as_coroutine: null(),
    as_link: null(),
    as_error: null(),
    query: Some(query),
    reserved1: null(),
};

fn value(token: &Arc<Token>) -> Value {
    let object = Arc::into_raw(token.clone()).cast_mut().cast();
    // SAFETY: the one reference is the value's.
    unsafe { Value::from_raw(baton_from_object(&TYPE, object)) }
}

/// Yields the token, and tells whether it was ready when that was answered.
fn waits(token: &Arc<Token>) -> Handle {
    let token = token.clone();
    yielding(|y| async move {
        y.yield_(value(&token)).await?;
        Ok::<_, Error>(token.0.lock().unwrap().ready)
    })
}

#[test]
fn a_child_whose_token_is_not_ready_is_left_alone_when_a_sibling_wakes() {
    let _clean = clean();
    let (token, gate) = (Arc::<Token>::default(), Gate::default());
    let (child, sibling) = (waits(&token), gate.clone());
    let mut handle = Handle::new(async move { join(child.awaiting(), sibling).await.0 });
    let (wakes, waker) = Count::new();
    let mut cx = Context::from_waker(&waker);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
    gate.open();
    assert_eq!(wakes.get(), 1);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
    assert_eq!((token.subscribed(), token.waiting()), (1, 1));
    token.open();
    assert_eq!(wakes.get(), 2);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "RETURN true");
}

#[test]
fn one_that_is_driven_by_hand_waits_until_its_token_wakes() {
    let _clean = clean();
    let token = Arc::<Token>::default();
    let mut handle = waits(&token);
    let (wakes, waker) = Count::new();
    let mut cx = Context::from_waker(&waker);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
    assert_eq!(token.subscribed(), 1);
    token.open();
    assert_eq!(wakes.get(), 1);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "RETURN true");
}

#[test]
fn the_latest_waker_is_the_one_that_a_token_wakes() {
    let _clean = clean();
    let token = Arc::<Token>::default();
    let mut handle = waits(&token);
    let (first, waker) = Count::new();
    let sent = handle.send(&mut Context::from_waker(&waker), Value::NONE);
    assert_eq!(told(sent), "PENDING");
    let (second, waker) = Count::new();
    let mut cx = Context::from_waker(&waker);
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
    assert_eq!((token.subscribed(), token.waiting()), (2, 1));
    token.open();
    assert_eq!((first.get(), second.get()), (0, 1));
    assert_eq!(told(handle.send(&mut cx, Value::NONE)), "RETURN true");
}

#[test]
fn a_throw_and_a_close_pass_by_a_token_that_is_not_ready() {
    let _clean = clean();
    let token = Arc::<Token>::default();
    let mut handle = waits(&token);
    assert_eq!(told(step(&mut handle)), "PENDING");
    let thrown = handle.throw(&mut noop(), Error::new(Kind::KEY, "k"));
    assert_eq!(told(thrown), "ERROR key-error: k");
    assert_eq!(token.waiting(), 0);
    let mut handle = waits(&token);
    assert_eq!(told(step(&mut handle)), "PENDING");
    assert!(handle.close().unwrap().is_none());
    assert_eq!(token.waiting(), 0);
    let gate = Gate::default();
    let (child, sibling) = (waits(&token), gate.clone());
    let mut handle = Handle::new(async move {
        match select(child.awaiting(), sibling).await {
            Either::Left((end, _)) => end,
            Either::Right(_) => Ok("the sibling".into()),
        }
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN \"the sibling\"");
    assert_eq!(token.waiting(), 0);
}
