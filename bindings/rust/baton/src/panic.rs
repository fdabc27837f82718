// SPDX-License-Identifier: MIT
//! Panics stop where Rust ends: they become errors of kind panic.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::ffi::{CStr, CString};
use std::panic::{catch_unwind, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

use baton_sys::*;

use crate::root::Root;
use crate::{Error, Kind};

thread_local! {
    /// How many catches are on this thread's stack, polls not counted.
    static INSIDE: Cell<u32> = const { Cell::new(0) };
    /// Where the latest panic inside one of them arose.
    static PLACE: RefCell<Option<(String, u32)>> = const { RefCell::new(None) };
}

struct Entered;

impl Entered {
    #[inline]
    fn new() -> Self {
        INSIDE.with(|inside| inside.set(inside.get() + 1));
        Entered
    }
}

impl Drop for Entered {
    #[inline]
    fn drop(&mut self) {
        INSIDE.with(|inside| inside.set(inside.get() - 1));
    }
}

/// Wraps the process's hook once, to learn where a panic arises; the hook that
/// was there goes on printing.
#[inline]
fn note_places() {
    static ONCE: Once = Once::new();
    if !ONCE.is_completed() {
        wrap_hook(&ONCE);
    }
}

#[cold]
fn wrap_hook(once: &Once) {
    once.call_once(|| {
        if std::thread::panicking() {
            return;
        }
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            note(info);
            before(info);
        }));
    });
}

fn note(info: &PanicHookInfo<'_>) {
    // A thread that ends has no place any more.
    let inside = Root::is_there() || INSIDE.try_with(Cell::get).unwrap_or(0) > 0;
    if let (true, Some(at)) = (inside, info.location()) {
        let place = Some((at.file().to_owned(), at.line()));
        let _ = PLACE.try_with(|last| last.replace(place));
    }
}

/// Runs `run`, and turns a panic into an error that names `function`.
#[inline]
pub(crate) fn catch<R>(function: &CStr, run: impl FnOnce() -> R) -> Result<R, Error> {
    let entered = Entered::new();
    let result = catch_in_poll(function, run);
    drop(entered);
    result
}

/// The same in the poll of a root, which tells by itself that it is inside.
#[inline]
pub(crate) fn catch_in_poll<R>(
    function: &CStr,
    run: impl FnOnce() -> R,
) -> Result<R, Error> {
    note_places();
    // The caller lets go of whatever a panic may have left half done.
    catch_unwind(AssertUnwindSafe(run)).map_err(|payload| from_payload(function, payload))
}

/// The same for what cannot fail: the error goes to the unraisable hook.
pub(crate) fn or_report(run: impl FnOnce()) {
    if let Err(error) = catch(c"drop", run) {
        report(&error);
    }
}

/// Tells the unraisable hook.
pub(crate) fn report(error: &Error) {
    // SAFETY: both are valid, and borrowed.
    unsafe { baton_unraisable_error(error.as_raw(), &baton_none()) }
}

#[cold]
fn from_payload(function: &CStr, payload: Box<dyn Any + Send>) -> Error {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic whose payload is no text");
    let error = Error::new(Kind::PANIC, text);
    // A thread that ends has no place any more.
    if let Some((file, line)) = PLACE.try_with(RefCell::take).ok().flatten() {
        add_frame(&error, function, file, line);
    }
    // Its own drop may panic again.
    if let Err(again) = catch_unwind(AssertUnwindSafe(move || drop(payload))) {
        std::mem::forget(again);
    }
    error
}

fn add_frame(error: &Error, function: &CStr, file: String, line: u32) {
    let Some(add) = error.methods().and_then(|methods| methods.add_frame) else {
        return;
    };
    let file = CString::new(file).unwrap_or_default();
    let frame = baton_frame {
        language: c"rust".as_ptr(),
        function: function.as_ptr(),
        file: file.as_ptr(),
        line,
        flags: 0,
    };
    // SAFETY: the strings are terminated; the callee copies them.
    unsafe { add(error.as_raw(), &frame) };
}
