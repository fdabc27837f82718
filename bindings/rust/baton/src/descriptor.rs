// SPDX-License-Identifier: MIT
//! What this crate's descriptors and tables have in common.

use std::mem::size_of;
use std::ptr::null;

use baton_sys::*;

use crate::{text, Error, Kind, Value};

type Count = unsafe extern "C" fn(*const baton_value) -> i32;

/// A descriptor with no suite and an empty name, to be completed.
pub(crate) const fn new(retain: Count, release: Count) -> baton_type {
    baton_type {
        struct_size: size_of::<baton_type>() as u32,
        abi_major: BATON_ABI_MAJOR,
        abi_minor: BATON_ABI_MINOR,
        magic: BATON_TYPE_MAGIC,
        reserved0: 0,
        flags: 0,
        name: c"".as_ptr(),
        retain,
        release,
        provider: null(),
        data: std::ptr::null_mut(),
        traverse: None,
        as_async: null(),
        as_coroutine: null(),
        as_link: null(),
        as_error: null(),
        query: None,
        reserved1: null(),
    }
}

/// The descriptor of an object, checked as the contract asks before the first
/// call.
pub(crate) fn check(value: &Value) -> Result<Option<&baton_type>, Error> {
    let Some(descriptor) = value.descriptor_address() else {
        return Ok(None);
    };
    let mut why = null();
    // SAFETY: the check looks at the descriptor alone, and at its address first.
    if unsafe { baton_type_check(descriptor, &mut why) } == BATON_OK {
        return Ok(value.descriptor());
    }
    // SAFETY: the sentence is static; the name is read if the prefix is right.
    let (why, name) = unsafe { (text::borrow(why), name_of(descriptor)) };
    Err(Error::new(
        Kind::TYPE,
        &format!("{name} cannot be used: {why}"),
    ))
}

/// # Safety
/// If the address is aligned and the magic is there, it is a descriptor's prefix.
unsafe fn name_of(descriptor: *const baton_type) -> String {
    // SAFETY: the caller's.
    unsafe {
        if descriptor.is_aligned()
            && (*descriptor).magic == BATON_TYPE_MAGIC
            && !(*descriptor).name.is_null()
        {
            return format!("'{}'", text::borrow((*descriptor).name));
        }
    }
    "the value".to_owned()
}

/// Whether a checked descriptor has an `am_await`.
pub(crate) fn is_awaitable(descriptor: &baton_type) -> bool {
    // SAFETY: a checked descriptor's suites are there as long as it is.
    unsafe { descriptor.as_async.as_ref() }
        .is_some_and(|methods| methods.am_await.is_some())
}

/// A context for calls that nobody drives: it takes no suspension.
pub(crate) fn detached() -> baton_context {
    baton_context {
        accepts: 0,
        ..context(null())
    }
}

/// A context of our own: it takes both suspensions.
#[inline]
pub(crate) fn context(waker: *const baton_waker) -> baton_context {
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
