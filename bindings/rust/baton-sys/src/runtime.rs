// SPDX-License-Identifier: MIT
//! libbaton: `baton/runtime.h`, whose comments are the documentation.

use core::ffi::{c_char, c_void};

use crate::contract::*;

/// Driven from several threads.
pub const BATON_BODY_SHARED: u16 = 0x0001;
/// Belongs to the thread that makes it.
pub const BATON_BODY_AFFINE: u16 = 0x0002;
/// Has `baton_coro_handling`.
pub const BATON_BODY_HANDLING: u16 = 0x0004;
/// The frame starts with a `baton_place`.
pub const BATON_BODY_PLACE: u16 = 0x0008;
/// From an object that libbaton made to its frame, bytes.
pub const BATON_CORO_FRAME_OFFSET: usize = 64;

/// What the author writes once per function.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct baton_body {
    pub struct_size: u32,
    pub kind: u8,
    pub reserved0: u8,
    pub flags: u16,
    pub frame_size: u32,
    pub value_offset: u32,
    pub value_count: u32,
    pub line: u32,
    pub name: *const c_char,
    pub qualified_name: *const c_char,
    pub file: *const c_char,
    pub language: *const c_char,
    pub resume: unsafe extern "C" fn(
        self_: *const baton_value,
        cx: *mut baton_context,
        op: u32,
        in_: *mut baton_value,
        out: *mut baton_value,
    ) -> i32,
    pub drop: Option<unsafe extern "C" fn(frame: *mut c_void)>,
    pub traverse: Option<
        unsafe extern "C" fn(
            frame: *mut c_void,
            visit: baton_visit,
            arg: *mut c_void,
        ) -> i32,
    >,
    pub line_of: Option<unsafe extern "C" fn(frame: *const c_void) -> u32>,
}

// SAFETY: a body is constant once a coroutine has been made of it.
unsafe impl Sync for baton_body {}

/// What libbaton counts.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct baton_counters {
    /// Blocks that the allocator has given and not got back.
    pub blocks: u64,
    /// Affine objects whose thread was gone.
    pub leaked: u64,
}

/// Called for each member of a chain.
pub type baton_chain_visitor = unsafe extern "C" fn(
    arg: *mut c_void,
    member: *const baton_value,
    name: baton_text_view,
    state: u32,
    kind: u32,
    location: *const baton_frame,
);
/// Called with an error that cannot be raised.
pub type baton_unraisable = unsafe extern "C" fn(
    arg: *mut c_void,
    error: *const baton_value,
    where_: *const baton_value,
);
/// Called when a coroutine is released that was never awaited.
pub type baton_unawaited =
    unsafe extern "C" fn(arg: *mut c_void, self_: *const baton_value);
/// Called with a sentence that names type, slot, rule and its id.
pub type baton_violation = unsafe extern "C" fn(arg: *mut c_void, sentence: *const c_char);

#[allow(missing_docs)]
extern "C" {
    pub fn baton_coro_new(body: *const baton_body, out: *mut baton_value) -> i32;
    pub fn baton_coro_body(self_: *const baton_value) -> *const baton_body;

    pub fn baton_type_check(type_: *const baton_type, why: *mut *const c_char) -> i32;
    pub fn baton_await_handle(
        awaitable: *const baton_value,
        cx: *mut baton_context,
        out: *mut baton_value,
    ) -> i32;
    pub fn baton_close(self_: *const baton_value, out: *mut baton_value) -> i32;
    pub fn baton_block_on(awaitable: *const baton_value, out: *mut baton_value) -> i32;

    pub fn baton_group_new(
        mode: u32,
        children: *mut baton_value,
        count: u64,
        out: *mut baton_value,
    ) -> i32;
    pub fn baton_group_result(
        group: *const baton_value,
        index: u64,
        out: *mut baton_value,
    ) -> i32;

    pub fn baton_text_new(data: *const c_char, size: u64, out: *mut baton_value) -> i32;
    pub fn baton_bytes_new(data: *const c_void, size: u64, out: *mut baton_value) -> i32;
    pub fn baton_text_of(value: *const baton_value, out: *mut baton_text_view) -> i32;
    pub fn baton_bytes_of(value: *const baton_value, out: *mut baton_bytes_view) -> i32;

    pub fn baton_error_new(kind: u32, format: *const c_char, ...) -> baton_value;
    pub fn baton_error_from_refusal(
        status: i32,
        culprit: *const baton_value,
    ) -> baton_value;
    pub fn baton_error_set_payload(error: *const baton_value, payload: *mut baton_value);
    pub fn baton_error_set_cause(error: *const baton_value, cause: *mut baton_value);
    pub fn baton_error_set_context(error: *const baton_value, context: *mut baton_value);
    pub fn baton_kind_name(kind: u32) -> *const c_char;
    pub fn baton_error_print(
        error: *const baton_value,
        buffer: *mut c_char,
        size: u64,
    ) -> u64;

    pub fn baton_await_chain(
        handle: *const baton_value,
        visit: baton_chain_visitor,
        arg: *mut c_void,
    ) -> i32;
    pub fn baton_debug_wrap(
        handle: *mut baton_value,
        report: Option<baton_violation>,
        arg: *mut c_void,
        out: *mut baton_value,
    ) -> i32;

    pub fn baton_set_unraisable_hook(hook: Option<baton_unraisable>, arg: *mut c_void);
    pub fn baton_set_unawaited_hook(hook: Option<baton_unawaited>, arg: *mut c_void);
    pub fn baton_thread_flush();
    pub fn baton_read_counters(out: *mut baton_counters);
    pub fn baton_lib_version() -> *const c_char;

    /// Of libbaton's own headers: tells the unraisable hook.
    pub fn baton_unraisable_error(error: *const baton_value, where_: *const baton_value);
}

/// The frame of a coroutine that libbaton made.
///
/// # Safety
/// `self_` is such a coroutine.
#[inline]
pub unsafe fn baton_coro_frame(self_: &baton_value) -> *mut c_void {
    // SAFETY: such an object's frame stands behind it, in the same block.
    unsafe { self_.payload.object.byte_add(BATON_CORO_FRAME_OFFSET) }
}
