// SPDX-License-Identifier: MIT
use std::ffi::c_char;
use std::mem::MaybeUninit;

use baton_sys::*;

use crate::text;

/// One entry of a traceback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// "rust", "c", "python", ...
    pub language: String,
    /// The qualified name of the function.
    pub function: String,
    /// Empty if unknown.
    pub file: String,
    /// From 1; 0 if unknown.
    pub line: u32,
}

impl Frame {
    /// # Safety
    /// The strings are null or terminated.
    pub(crate) unsafe fn from_raw(raw: &baton_frame) -> Self {
        // SAFETY: the caller's.
        let copy = |text: *const c_char| unsafe { text::borrow(text) }.to_owned();
        Frame {
            language: copy(raw.language),
            function: copy(raw.function),
            file: copy(raw.file),
            line: raw.line,
        }
    }
}

/// Copies the frames that an error keeps.
pub(crate) fn of_error(
    error: &baton_value,
    methods: Option<&baton_error_methods>,
) -> Vec<Frame> {
    const ROOM: usize = 2 * BATON_FRAMES_KEPT as usize;
    let Some(frames) = methods.and_then(|methods| methods.frames) else {
        return Vec::new();
    };
    let mut out = [const { MaybeUninit::<baton_frame>::uninit() }; ROOM];
    let (mut kept, mut elided) = (0, 0);
    let first = out.as_mut_ptr().cast();
    // SAFETY: there is room for as many; `kept` of them are written, and their
    // strings live as long as the error is held.
    unsafe {
        if frames(error, first, ROOM as u32, &mut kept, &mut elided) != BATON_OK {
            return Vec::new();
        }
        let kept = ROOM.min(kept as usize);
        out[..kept]
            .iter()
            .map(|frame| Frame::from_raw(frame.assume_init_ref()))
            .collect()
    }
}
