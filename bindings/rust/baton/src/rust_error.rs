// SPDX-License-Identifier: MIT
//! Rust errors that cross as themselves. An error of libbaton stands inside and
//! answers what other languages ask.

use std::error::Error as StdError;
use std::io;
use std::mem::size_of;
use std::sync::atomic::{fence, AtomicUsize, Ordering};

use baton_sys::*;

use crate::{panic, Error, Kind, Value};

type Object = dyn StdError + Send + Sync;

struct RustError {
    count: AtomicUsize,
    told: Value, // what libbaton made of it
    object: Box<Object>,
}

static METHODS: baton_error_methods = baton_error_methods {
    struct_size: size_of::<baton_error_methods>() as u32,
    reserved0: 0,
    kind,
    message: Some(message),
    payload: Some(payload),
    cause: Some(cause),
    context: Some(context),
    frames: Some(frames),
    add_frame: Some(add_frame),
};

static TYPE: baton_type = baton_type {
    name: c"rust error".as_ptr(),
    as_error: &METHODS,
    ..crate::descriptor::new(retain, release)
};

pub(crate) fn wrap(object: Box<Object>) -> Error {
    if object.is::<Error>() {
        return *object.downcast::<Error>().expect("its type was looked at");
    }
    let made = Box::new(RustError {
        count: AtomicUsize::new(1),
        told: tell(&*object).into(),
        object,
    });
    // SAFETY: the one reference is the error's.
    unsafe { Error::from_raw(baton_from_object(&TYPE, Box::into_raw(made).cast())) }
}

/// Says in libbaton's words what an error and its sources say.
fn tell(error: &(dyn StdError + 'static)) -> Error {
    let io = error.downcast_ref::<io::Error>();
    let kind = io.map_or(Kind::OTHER, Kind::from);
    let told = Error::new(kind, &error.to_string());
    if let Some(number) = io.and_then(io::Error::raw_os_error) {
        let mut payload = Value::from(number).into_raw();
        // SAFETY: the payload is taken.
        unsafe { baton_error_set_payload(told.as_raw(), &mut payload) };
    }
    match error.source() {
        Some(source) => told.with_cause(match source.downcast_ref::<Error>() {
            Some(error) => error.copy(),
            None => tell(source),
        }),
        None => told,
    }
}

fn ours(value: &baton_value) -> Option<&RustError> {
    // SAFETY: objects of our type are ours, and live as long as a reference.
    unsafe { std::ptr::eq(value.head.type_, &TYPE).then(|| &*value.payload.object.cast()) }
}

pub(crate) fn inside(value: &Value) -> Option<&(dyn StdError + 'static)> {
    ours(value.as_raw()).map(|error| &*error.object as &(dyn StdError + 'static))
}

/// The error of libbaton inside, or the error itself.
pub(crate) fn core(value: &baton_value) -> &baton_value {
    ours(value).map_or(value, |error| error.told.as_raw())
}

unsafe extern "C" fn retain(value: *const baton_value) -> i32 {
    // SAFETY: the caller holds a reference to an object of our type.
    let error = unsafe { &*(*value).payload.object.cast::<RustError>() };
    error.count.fetch_add(1, Ordering::Relaxed);
    BATON_OK
}

unsafe extern "C" fn release(value: *const baton_value) -> i32 {
    // SAFETY: the caller gives up a reference to an object of our type.
    unsafe {
        let error = (*value).payload.object.cast::<RustError>();
        if (*error).count.fetch_sub(1, Ordering::Release) == 1 {
            fence(Ordering::Acquire);
            let error = Box::from_raw(error);
            panic::or_report(move || drop(error));
        }
    }
    BATON_OK
}

macro_rules! ask_inside {
    ($($slot:ident($($argument:ident: $kind:ty),*);)*) => {$(
        unsafe extern "C" fn $slot(value: *const baton_value, $($argument: $kind),*) -> i32 {
            // SAFETY: the caller holds a reference to an object of our type.
            let told = unsafe { &(*(*value).payload.object.cast::<RustError>()).told };
            ask(told, |inside, methods| match methods.$slot {
                // SAFETY: the arguments are as the caller has them for us.
                Some(slot) => unsafe { slot(inside, $($argument),*) },
                None => BATON_UNSUPPORTED,
            })
        }
    )*};
}

fn ask(told: &Value, slot: impl FnOnce(&baton_value, &baton_error_methods) -> i32) -> i32 {
    // SAFETY: a descriptor's suites outlive it.
    let methods = told
        .descriptor()
        .and_then(|told| unsafe { told.as_error.as_ref() });
    match methods {
        Some(methods) => slot(told.as_raw(), methods),
        None => BATON_NO_MEMORY, // a bare kind: there was no memory for more
    }
}

ask_inside! {
    message(out: *mut baton_text_view);
    payload(out: *mut baton_value);
    cause(out: *mut baton_value);
    context(out: *mut baton_value);
    frames(out: *mut baton_frame, capacity: u32, kept: *mut u32, elided: *mut u64);
    add_frame(frame: *const baton_frame);
}

unsafe extern "C" fn kind(value: *const baton_value, out: *mut u32) -> i32 {
    // SAFETY: as above; the caller gives a place for the kind.
    unsafe {
        let error = &*(*value).payload.object.cast::<RustError>();
        *out = baton_error_kind(error.told.as_raw());
    }
    BATON_OK
}
