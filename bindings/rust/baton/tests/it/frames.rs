// SPDX-License-Identifier: MIT
//! The frame of a future in somebody's object.

use std::future::Ready;

use baton::raw::{body, emplace, Anonymous};
use baton::sys::*;
use baton::{block_on, Handle, Value};

use crate::support::*;

type Future = Ready<i64>;

fn object() -> baton_value {
    let mut out = baton_none();
    // SAFETY: the body is static.
    let status = unsafe { baton_coro_new(body::<Future, Anonymous>(), &mut out) };
    assert_eq!(status, BATON_OK);
    out
}

#[test]
fn one_without_a_future_fails_and_is_let_go() {
    let _clean = clean();
    // SAFETY: the object is new.
    let mut handle = unsafe { Handle::from_value(Value::from_raw(object())) };
    assert_eq!(
        told(step(&mut handle)),
        "ERROR error: the coroutine has no future"
    );
}

#[test]
fn one_that_an_adapter_fills_runs() {
    let _clean = clean();
    let object = object();
    // SAFETY: the object was made of the body of these types.
    let handle = unsafe {
        emplace::<Future, Anonymous>(baton_coro_frame(&object), std::future::ready(3));
        Handle::from_value(Value::from_raw(object))
    };
    assert_eq!(number(block_on(handle).unwrap()), 3);
}

#[repr(align(256))]
struct Wide(u8);

#[test]
fn one_that_wants_more_alignment_gets_it() {
    let _clean = clean();
    let gate = Gate::default();
    let wait = gate.clone();
    let mut handle = Handle::new(async move {
        let wide = Wide(7);
        let place = std::ptr::from_ref(&wide).addr();
        wait.await;
        assert_eq!((place % 256, std::ptr::from_ref(&wide).addr()), (0, place));
        wide.0
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN 7");
}
