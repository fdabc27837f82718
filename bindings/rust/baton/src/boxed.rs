// SPDX-License-Identifier: MIT
//! Rust objects that cross as themselves.

use std::any::Any;
use std::sync::atomic::{fence, AtomicUsize, Ordering};

use baton_sys::*;

use crate::{panic, Value};

type Object = dyn Any + Send + Sync;

struct Boxed {
    count: AtomicUsize,
    object: Box<Object>,
}

/// A home-coming value is known by the address of this: another copy of the
/// crate has another one, and its types may look different.
static TYPE: baton_type = baton_type {
    name: c"rust value".as_ptr(),
    ..crate::descriptor::new(retain, release)
};

pub(crate) fn wrap(object: Box<Object>) -> Value {
    let boxed = Box::new(Boxed {
        count: AtomicUsize::new(1),
        object,
    });
    // SAFETY: the one reference is the value's.
    unsafe { Value::from_raw(baton_from_object(&TYPE, Box::into_raw(boxed).cast())) }
}

fn boxed(value: &Value) -> Option<&Boxed> {
    let raw = value.as_raw();
    // SAFETY: objects of our type are ours, and live as long as a reference.
    unsafe {
        std::ptr::eq(raw.head.type_, &TYPE).then(|| &*raw.payload.object.cast::<Boxed>())
    }
}

pub(crate) fn inside(value: &Value) -> Option<&Object> {
    boxed(value).map(|boxed| &*boxed.object)
}

pub(crate) fn unwrap<T: 'static>(value: Value) -> Result<Box<T>, Value> {
    match boxed(&value) {
        Some(boxed)
            if boxed.object.is::<T>() && boxed.count.load(Ordering::Acquire) == 1 => {}
        _ => return Err(value),
    }
    // SAFETY: it is ours, and the last reference is in our hands.
    let boxed = unsafe { Box::from_raw(value.into_raw().payload.object.cast::<Boxed>()) };
    let object: Box<dyn Any> = boxed.object;
    Ok(object.downcast().expect("its type was looked at"))
}

unsafe extern "C" fn retain(value: *const baton_value) -> i32 {
    // SAFETY: the caller holds a reference to an object of our type.
    let boxed = unsafe { &*(*value).payload.object.cast::<Boxed>() };
    boxed.count.fetch_add(1, Ordering::Relaxed);
    BATON_OK
}

unsafe extern "C" fn release(value: *const baton_value) -> i32 {
    // SAFETY: the caller gives up a reference to an object of our type.
    unsafe {
        let boxed = (*value).payload.object.cast::<Boxed>();
        if (*boxed).count.fetch_sub(1, Ordering::Release) == 1 {
            fence(Ordering::Acquire);
            let object = Box::from_raw(boxed);
            panic::or_report(move || drop(object));
        }
    }
    BATON_OK
}
