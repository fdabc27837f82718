// SPDX-License-Identifier: MIT
use core::ffi::{c_void, CStr};

use crate::contract::*;

/// The value none.
#[inline]
pub const fn baton_none() -> baton_value {
    baton_scalar_value(BATON_TAG_NONE, 0)
}

/// A scalar with any tag.
#[inline]
pub const fn baton_scalar_value(tag: usize, payload: u64) -> baton_value {
    // Where pointers are narrow the rest of the head stays zero.
    let mut head = baton_value_head { reserved0: 0 };
    head.tag = tag;
    baton_value {
        head,
        payload: baton_value_payload { u64: payload },
    }
}

/// An object: a descriptor and what its slots interpret.
#[inline]
pub const fn baton_from_object(
    type_: *const baton_type,
    object: *mut c_void,
) -> baton_value {
    let mut value = baton_none();
    value.head.type_ = type_;
    value.payload.object = object;
    value
}

/// A bare error.
#[inline]
pub const fn baton_from_kind(kind: u32) -> baton_value {
    baton_scalar_value(BATON_TAG_ERROR_KIND, kind as u64)
}

/// The number that tells what a value is: a tag, or an address.
#[inline]
pub fn baton_tag_of(value: &baton_value) -> usize {
    // SAFETY: every member of the head is a plain number of its first bytes.
    unsafe { value.head.tag }
}

/// Whether a value is an object.
#[inline]
pub fn baton_is_object(value: &baton_value) -> bool {
    baton_tag_of(value) >= BATON_TAG_LIMIT
}

/// Whether a value is none.
#[inline]
pub fn baton_is_none(value: &baton_value) -> bool {
    baton_tag_of(value) == BATON_TAG_NONE
}

/// Moves a value out, leaving none.
#[inline]
pub fn baton_take(value: &mut baton_value) -> baton_value {
    core::mem::replace(value, baton_none())
}

/// Drops a value and leaves none.
///
/// # Safety
/// The value is valid, and the caller's to drop.
#[inline]
pub unsafe fn baton_drop(value: &mut baton_value) {
    if baton_is_object(value) {
        let held = baton_take(value);
        // SAFETY: an object's descriptor outlives it.
        unsafe { ((*held.head.type_).release)(&held) };
    } else {
        *value = baton_none();
    }
}

/// Copies a value with a reference of its own, or gives what `retain` refused.
///
/// # Safety
/// The value is valid.
#[inline]
pub unsafe fn baton_copy(value: &baton_value) -> Result<baton_value, i32> {
    if baton_is_object(value) {
        // SAFETY: an object's descriptor outlives it.
        let status = unsafe { ((*value.head.type_).retain)(value) };
        if status != BATON_OK {
            return Err(status);
        }
    }
    Ok(*value)
}

/// Whether a status says that nothing happened.
#[inline]
pub const fn baton_is_refusal(status: i32) -> bool {
    BATON_REFUSAL_MIN <= status && status <= BATON_REFUSAL_MAX
}

/// The kind of an error: OTHER if it is no error at all.
///
/// # Safety
/// The value is valid.
#[inline]
pub unsafe fn baton_error_kind(error: &baton_value) -> u32 {
    let mut kind = BATON_ERROR_OTHER;
    if baton_tag_of(error) == BATON_TAG_ERROR_KIND {
        // SAFETY: the payload of this tag is a number.
        return unsafe { error.payload.u64 } as u32;
    }
    if baton_is_object(error) {
        // SAFETY: an object's descriptor and its suites outlive it.
        unsafe {
            if let Some(methods) = (*error.head.type_).as_error.as_ref() {
                (methods.kind)(error, &mut kind);
            }
        }
    }
    kind
}

/// Whether a value is an error.
///
/// # Safety
/// The value is valid.
#[inline]
pub unsafe fn baton_is_error(value: &baton_value) -> bool {
    baton_tag_of(value) == BATON_TAG_ERROR_KIND
        || (baton_is_object(value)
            // SAFETY: an object's descriptor outlives it.
            && unsafe { !(*value.head.type_).as_error.is_null() })
}

/// Finds an extension of an object's type; null if it has none such.
///
/// # Safety
/// The value is valid.
#[inline]
pub unsafe fn baton_find(value: &baton_value, id: &CStr) -> *const c_void {
    let mut table = core::ptr::null();
    if !baton_is_object(value) {
        return table;
    }
    // SAFETY: an object's descriptor outlives it.
    match unsafe { (*value.head.type_).query } {
        // SAFETY: the slot takes a valid value, an id and a place for a table.
        Some(query) if unsafe { query(value, id.as_ptr(), &mut table) } == BATON_OK => {
            table
        }
        _ => core::ptr::null(),
    }
}
