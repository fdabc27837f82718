// SPDX-License-Identifier: MIT
//! Text and bytes that somebody else owns.

use std::ffi::{c_char, CStr};

use baton_sys::baton_text_view;

/// Lends a terminated string; what is not UTF-8 reads as "?".
///
/// # Safety
/// It is null, or terminated and unchanged for `'a`.
pub(crate) unsafe fn borrow<'a>(text: *const c_char) -> &'a str {
    if text.is_null() {
        return "";
    }
    // SAFETY: the caller's.
    unsafe { CStr::from_ptr(text) }.to_str().unwrap_or("?")
}

/// # Safety
/// `data` is null, or has `size` bytes that are unchanged for `'a`.
pub(crate) unsafe fn bytes<'a>(data: *const u8, size: u64) -> &'a [u8] {
    if data.is_null() || size == 0 {
        return &[];
    }
    // SAFETY: the caller's; what is in memory has a size that fits.
    unsafe { std::slice::from_raw_parts(data, size as usize) }
}

/// The text of a view, or nothing if it is not UTF-8.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn view<'a>(view: &baton_text_view) -> Option<&'a str> {
    // SAFETY: the caller's.
    std::str::from_utf8(unsafe { bytes(view.data.cast(), view.size) }).ok()
}
