// SPDX-License-Identifier: MIT
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU16, AtomicU32, Ordering};

use baton_sys::*;

use crate::driver::{driving, Driver};
use crate::{descriptor, Error, Handle, Kind, Value};

/// Something awaitable of any language, which others may have too. It stays on
/// this thread.
///
/// Dropped before it was driven it is only released.
#[must_use = "a coroutine does nothing unless it is awaited"]
pub struct LocalHandle(Driver, PhantomData<*const ()>);

driving!(LocalHandle, sole: false);

impl LocalHandle {
    pub(crate) fn new(value: Value) -> Result<Self, Error> {
        value.check_home()?;
        let Some(descriptor) = descriptor::check(&value)? else {
            return Err(not_awaitable(&value));
        };
        if descriptor::is_awaitable(descriptor) || !descriptor.as_coroutine.is_null() {
            Ok(LocalHandle(Driver::new(value), PhantomData))
        } else {
            Err(not_awaitable(&value))
        }
    }

    /// Makes it a [`Handle`], which may go to other threads, if it may: a
    /// coroutine that looks after its threads itself, or one that this crate made
    /// and nobody else has.
    pub fn into_send(self) -> Result<Handle, Self> {
        if !may_travel(self.0.value()) {
            return Err(self);
        }
        // SAFETY: nobody else has it, or it looks after itself.
        Ok(unsafe { self.assume_send() })
    }

    /// Makes it a [`Handle`], though it does not tell that it may be one.
    ///
    /// # Safety
    /// The object may go to any thread: it sees to it by itself that one thread
    /// at a time uses it, as Python's objects do, or nobody else has it.
    pub unsafe fn assume_send(self) -> Handle {
        Handle::from_driver(self.0)
    }
}

fn not_awaitable(value: &Value) -> Error {
    let message = format!("'{}' object can't be awaited", value.type_name());
    Error::new(Kind::TYPE, &message)
}

fn may_travel(value: &Value) -> bool {
    let raw = value.as_raw();
    let Some(descriptor) = value.descriptor() else {
        return false;
    };
    // SAFETY: the type was checked; a link stands where its suite says. Others
    // may write its flags and count, so they are read as atomics.
    unsafe {
        let Some(methods) = descriptor.as_link.as_ref() else {
            return false;
        };
        if descriptor.as_coroutine.is_null() {
            return false;
        }
        let link: *mut baton_link = raw
            .payload
            .object
            .byte_add(methods.link_offset as usize)
            .cast();
        let flags = AtomicU16::from_ptr(&raw mut (*link).flags).load(Ordering::Relaxed);
        let count = AtomicU32::from_ptr(&raw mut (*link).count);
        flags & (BATON_LINK_SHARED | BATON_LINK_AFFINE) != 0
            || (crate::raw::is_ours(raw) && count.load(Ordering::Acquire) == 1)
    }
}
