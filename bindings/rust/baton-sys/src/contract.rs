// SPDX-License-Identifier: MIT
// Written by generate.py from abi/manifest.json; not to be edited.

use core::ffi::{c_char, c_void, CStr};
pub const BATON_RETURN: i32 = 0;
pub const BATON_YIELD: i32 = 1;
pub const BATON_AWAIT: i32 = 2;
pub const BATON_PENDING: i32 = 3;
pub const BATON_ITEM: i32 = 4;
pub const BATON_ERROR: i32 = -1;
pub const BATON_OK: i32 = 0;
pub const BATON_OWNED: i32 = 0;
pub const BATON_LENT: i32 = 1;
pub const BATON_BUSY: i32 = -16;
pub const BATON_INVALID_STATE: i32 = -17;
pub const BATON_UNSUPPORTED: i32 = -18;
pub const BATON_NO_MEMORY: i32 = -19;
pub const BATON_VERSION_MISMATCH: i32 = -20;
pub const BATON_WRONG_THREAD: i32 = -21;
pub const BATON_INVALID_ARGUMENT: i32 = -22;
pub const BATON_ATTACHED: u8 = 4;
pub const BATON_CREATED: u8 = 0;
pub const BATON_RUNNING: u8 = 1;
pub const BATON_SUSPENDED: u8 = 2;
pub const BATON_CLOSED: u8 = 3;
pub const BATON_KIND_COROUTINE: u8 = 0;
pub const BATON_KIND_GENERATOR: u8 = 1;
pub const BATON_KIND_ASYNC_GENERATOR: u8 = 2;
pub const BATON_KIND_AWAITABLE: u8 = 3;
pub const BATON_OP_SEND: u32 = 0;
pub const BATON_OP_THROW: u32 = 1;
pub const BATON_TAG_NONE: usize = 0;
pub const BATON_TAG_BOOL: usize = 1;
pub const BATON_TAG_I64: usize = 2;
pub const BATON_TAG_F64: usize = 3;
pub const BATON_TAG_U64: usize = 4;
pub const BATON_TAG_ERROR_KIND: usize = 5;
pub const BATON_ERROR_OTHER: u32 = 0;
pub const BATON_ERROR_RUNTIME: u32 = 1;
pub const BATON_ERROR_TYPE: u32 = 2;
pub const BATON_ERROR_VALUE: u32 = 3;
pub const BATON_ERROR_STOP_ITERATION: u32 = 4;
pub const BATON_ERROR_STOP_ASYNC_ITERATION: u32 = 5;
pub const BATON_ERROR_TIMEOUT: u32 = 6;
pub const BATON_ERROR_NO_MEMORY: u32 = 7;
pub const BATON_ERROR_OS: u32 = 8;
pub const BATON_ERROR_RECURSION: u32 = 9;
pub const BATON_ERROR_KEY: u32 = 10;
pub const BATON_ERROR_INDEX: u32 = 11;
pub const BATON_ERROR_ARITHMETIC: u32 = 12;
pub const BATON_ERROR_ASSERTION: u32 = 13;
pub const BATON_ERROR_ATTRIBUTE: u32 = 14;
pub const BATON_ERROR_NOT_IMPLEMENTED: u32 = 15;
pub const BATON_ERROR_END_OF_FILE: u32 = 16;
pub const BATON_ERROR_UNICODE: u32 = 17;
pub const BATON_ERROR_GROUP: u32 = 18;
pub const BATON_ERROR_BASE_OTHER: u32 = 0x80000000;
pub const BATON_ERROR_GENERATOR_EXIT: u32 = 0x80000001;
pub const BATON_ERROR_CANCELLED: u32 = 0x80000002;
pub const BATON_ERROR_INTERRUPT: u32 = 0x80000003;
pub const BATON_ERROR_EXIT: u32 = 0x80000004;
pub const BATON_ERROR_PANIC: u32 = 0x80000005;
pub const BATON_ERROR_BASE_GROUP: u32 = 0x80000006;
pub const BATON_PROVIDER_MAGIC: u32 = 0x50544142;
pub const BATON_TYPE_MAGIC: u32 = 0x4e544142;
pub const BATON_ERROR_BASE: u32 = 0x80000000;
pub const BATON_FRAMES_KEPT: u32 = 32;
pub const BATON_REFUSAL_MAX: i32 = -16;
pub const BATON_REFUSAL_MIN: i32 = -255;
pub const BATON_TAG_LIMIT: usize = 256;
pub const BATON_ACCEPT_YIELD: u32 = 1;
pub const BATON_ACCEPT_PENDING: u32 = 2;
pub const BATON_FRAME_STATIC: u32 = 1;
pub const BATON_LINK_SHARED: u16 = 1;
pub const BATON_LINK_AFFINE: u16 = 2;
pub const BATON_LINK_HANDLING: u16 = 4;
pub const BATON_LINK_INHERITS: u16 = 256;
pub const BATON_LINK_CLOSING: u16 = 512;
pub const BATON_LINK_EXITING: u16 = 1024;
pub const BATON_TYPE_AFFINE: u64 = 1;
pub const BATON_TYPE_CRITICAL: u64 = 0xffffffff00000000;
pub const BATON_ABI_MAJOR: u16 = 0;
pub const BATON_ABI_MINOR: u16 = 1;
pub const BATON_EXT_ASYNC_GENERATOR: &CStr = c"baton.async_generator/1";
pub const BATON_EXT_BYTES: &CStr = c"baton.bytes/1";
pub const BATON_EXT_INTROSPECT: &CStr = c"baton.introspect/1";
pub const BATON_EXT_MANIFEST: &CStr = c"baton.manifest/1";
pub const BATON_EXT_SCALAR: &CStr = c"baton.scalar/1";
pub const BATON_EXT_TEXT: &CStr = c"baton.text/1";
pub const BATON_EXT_WAIT: &CStr = c"baton.wait/1";
pub const BATON_EXT_DEADLINE: &CStr = c"baton.deadline/1";
pub const BATON_EXT_REAPER: &CStr = c"baton.reaper/1";
pub const BATON_EXT_SPAWN: &CStr = c"baton.spawn/1";
pub const BATON_PROVIDER_SYMBOL: &CStr = c"baton_provider_v0";
/// `baton_provider_entry` of `baton/provider.h`.
pub type baton_provider_entry = unsafe extern "C" fn() -> *const baton_provider;
/// `baton_visit` of `baton/type.h`.
pub type baton_visit =
    unsafe extern "C" fn(held: *const baton_value, arg: *mut c_void) -> i32;
/// `baton_context` of `baton/context.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_context {
    pub struct_size: u32,
    pub abi_major: u16,
    pub abi_minor: u16,
    pub accepts: u32,
    pub reserved0: u32,
    pub waker: *const baton_waker,
    pub handled: *const baton_value,
    pub query: Option<
        unsafe extern "C" fn(
            cx: *const baton_context,
            id: *const c_char,
            out: *mut *const c_void,
        ) -> i32,
    >,
    pub driver: *mut c_void,
}
/// `baton_async_methods` of `baton/coroutine.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_async_methods {
    pub struct_size: u32,
    pub reserved0: u32,
    pub am_await: Option<
        unsafe extern "C" fn(
            self_: *const baton_value,
            cx: *mut baton_context,
            out: *mut baton_value,
        ) -> i32,
    >,
    pub am_aiter: Option<
        unsafe extern "C" fn(
            self_: *const baton_value,
            cx: *mut baton_context,
            out: *mut baton_value,
        ) -> i32,
    >,
    pub am_anext: Option<
        unsafe extern "C" fn(
            self_: *const baton_value,
            cx: *mut baton_context,
            out: *mut baton_value,
        ) -> i32,
    >,
}
// SAFETY: a table is constant once it is shown to others.
unsafe impl Sync for baton_async_methods {}
/// `baton_coroutine_methods` of `baton/coroutine.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_coroutine_methods {
    pub struct_size: u32,
    pub reserved0: u32,
    pub send: unsafe extern "C" fn(
        self_: *const baton_value,
        cx: *mut baton_context,
        in_: *mut baton_value,
        out: *mut baton_value,
    ) -> i32,
    pub throw_: unsafe extern "C" fn(
        self_: *const baton_value,
        cx: *mut baton_context,
        error: *mut baton_value,
        out: *mut baton_value,
    ) -> i32,
    pub close: unsafe extern "C" fn(
        self_: *const baton_value,
        cx: *mut baton_context,
        out: *mut baton_value,
    ) -> i32,
}
// SAFETY: a table is constant once it is shown to others.
unsafe impl Sync for baton_coroutine_methods {}
/// `baton_frame` of `baton/error.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_frame {
    pub language: *const c_char,
    pub function: *const c_char,
    pub file: *const c_char,
    pub line: u32,
    pub flags: u32,
}
/// `baton_error_methods` of `baton/error.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_error_methods {
    pub struct_size: u32,
    pub reserved0: u32,
    pub kind: unsafe extern "C" fn(self_: *const baton_value, out: *mut u32) -> i32,
    pub message: Option<
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_text_view) -> i32,
    >,
    pub payload: Option<
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_value) -> i32,
    >,
    pub cause: Option<
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_value) -> i32,
    >,
    pub context: Option<
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_value) -> i32,
    >,
    pub frames: Option<
        unsafe extern "C" fn(
            self_: *const baton_value,
            out: *mut baton_frame,
            capacity: u32,
            kept: *mut u32,
            elided: *mut u64,
        ) -> i32,
    >,
    pub add_frame: Option<
        unsafe extern "C" fn(self_: *const baton_value, frame: *const baton_frame) -> i32,
    >,
}
// SAFETY: a table is constant once it is shown to others.
unsafe impl Sync for baton_error_methods {}
/// `baton_link` of `baton/link.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_link {
    pub returns_to: *mut baton_link,
    pub leaf: *mut baton_link,
    pub owner: baton_value,
    pub handle: baton_value,
    pub state: u8,
    pub kind: u8,
    pub flags: u16,
    pub count: u32,
}
/// `baton_link_handling` of `baton/link.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_link_handling {
    pub handled: baton_value,
    pub link: baton_link,
}
/// `baton_link_methods` of `baton/link.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_link_methods {
    pub struct_size: u32,
    pub link_offset: u32,
    pub resume: unsafe extern "C" fn(
        self_: *const baton_value,
        cx: *mut baton_context,
        op: u32,
        in_: *mut baton_value,
        out: *mut baton_value,
    ) -> i32,
    pub ended: Option<unsafe extern "C" fn(self_: *const baton_value) -> i32>,
    pub where_: Option<
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_frame) -> i32,
    >,
    pub guard: Option<unsafe extern "C" fn(self_: *const baton_value) -> i32>,
}
// SAFETY: a table is constant once it is shown to others.
unsafe impl Sync for baton_link_methods {}
/// `baton_export` of `baton/provider.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_export {
    pub struct_size: u32,
    pub reserved0: u32,
    pub name: *const c_char,
    pub summary: *const c_char,
    pub create: unsafe extern "C" fn(
        self_: *const baton_export,
        cx: *mut baton_context,
        arguments: *mut baton_value,
        count: u64,
        out: *mut baton_value,
    ) -> i32,
}
// SAFETY: a table is constant once it is shown to others.
unsafe impl Sync for baton_export {}
/// `baton_provider` of `baton/provider.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_provider {
    pub struct_size: u32,
    pub abi_major: u16,
    pub abi_minor: u16,
    pub magic: u32,
    pub reserved0: u32,
    pub name: *const c_char,
    pub version: *const c_char,
    pub language: *const c_char,
    pub exports: *const *const baton_export,
    pub export_count: u64,
    pub query: Option<
        unsafe extern "C" fn(
            self_: *const baton_provider,
            id: *const c_char,
            out: *mut *const c_void,
        ) -> i32,
    >,
    pub reserved1: *const c_void,
}
// SAFETY: a table is constant once it is shown to others.
unsafe impl Sync for baton_provider {}
/// `baton_type` of `baton/type.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_type {
    pub struct_size: u32,
    pub abi_major: u16,
    pub abi_minor: u16,
    pub magic: u32,
    pub reserved0: u32,
    pub flags: u64,
    pub name: *const c_char,
    pub retain: unsafe extern "C" fn(self_: *const baton_value) -> i32,
    pub release: unsafe extern "C" fn(self_: *const baton_value) -> i32,
    pub provider: *const baton_provider,
    pub data: *mut c_void,
    pub traverse: Option<
        unsafe extern "C" fn(
            self_: *const baton_value,
            visit: baton_visit,
            arg: *mut c_void,
        ) -> i32,
    >,
    pub as_async: *const baton_async_methods,
    pub as_coroutine: *const baton_coroutine_methods,
    pub as_link: *const baton_link_methods,
    pub as_error: *const baton_error_methods,
    pub query: Option<
        unsafe extern "C" fn(
            self_: *const baton_value,
            id: *const c_char,
            out: *mut *const c_void,
        ) -> i32,
    >,
    pub reserved1: *const c_void,
}
// SAFETY: a table is constant once it is shown to others.
unsafe impl Sync for baton_type {}
/// `head` of `baton_value`.
#[repr(C)]
#[derive(Clone, Copy)]
pub union baton_value_head {
    pub type_: *const baton_type,
    pub tag: usize,
    pub reserved0: u64,
}
/// `payload` of `baton_value`.
#[repr(C)]
#[derive(Clone, Copy)]
pub union baton_value_payload {
    pub object: *mut c_void,
    pub u64: u64,
    pub i64: i64,
    pub f64: f64,
}
/// `baton_value` of `baton/value.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_value {
    pub head: baton_value_head,
    pub payload: baton_value_payload,
}
/// `baton_text_view` of `baton/value.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_text_view {
    pub data: *const c_char,
    pub size: u64,
}
/// `baton_bytes_view` of `baton/value.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_bytes_view {
    pub data: *const u8,
    pub size: u64,
}
/// `baton_waker_methods` of `baton/wake.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_waker_methods {
    pub struct_size: u32,
    pub reserved0: u32,
    pub clone: unsafe extern "C" fn(
        self_: *const baton_waker,
        out: *mut *const baton_waker,
    ) -> i32,
    pub wake: unsafe extern "C" fn(self_: *const baton_waker) -> i32,
    pub wake_by_ref: unsafe extern "C" fn(self_: *const baton_waker) -> i32,
    pub drop: unsafe extern "C" fn(self_: *const baton_waker) -> i32,
}
// SAFETY: a table is constant once it is shown to others.
unsafe impl Sync for baton_waker_methods {}
/// `baton_waker` of `baton/wake.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_waker {
    pub methods: *const baton_waker_methods,
}
/// `baton_async_generator` of `baton/ext/async_generator.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_async_generator {
    pub struct_size: u32,
    pub reserved0: u32,
    pub asend: unsafe extern "C" fn(
        self_: *const baton_value,
        cx: *mut baton_context,
        in_: *mut baton_value,
        out: *mut baton_value,
    ) -> i32,
    pub athrow: unsafe extern "C" fn(
        self_: *const baton_value,
        cx: *mut baton_context,
        error: *mut baton_value,
        out: *mut baton_value,
    ) -> i32,
    pub aclose: unsafe extern "C" fn(
        self_: *const baton_value,
        cx: *mut baton_context,
        out: *mut baton_value,
    ) -> i32,
}
/// `baton_bytes` of `baton/ext/bytes.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_bytes {
    pub struct_size: u32,
    pub reserved0: u32,
    pub view:
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_bytes_view) -> i32,
}
/// `baton_introspect` of `baton/ext/introspect.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_introspect {
    pub struct_size: u32,
    pub reserved0: u32,
    pub state: unsafe extern "C" fn(self_: *const baton_value, out: *mut u32) -> i32,
    pub kind: unsafe extern "C" fn(self_: *const baton_value, out: *mut u32) -> i32,
    pub name:
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_text_view) -> i32,
    pub qualified_name: Option<
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_text_view) -> i32,
    >,
    pub location: Option<
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_frame) -> i32,
    >,
    pub delegated_to: Option<
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_value) -> i32,
    >,
    pub returns_to: Option<
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_value) -> i32,
    >,
    pub origin: Option<
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_frame) -> i32,
    >,
}
/// `baton_manifest` of `baton/ext/manifest.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_manifest {
    pub struct_size: u32,
    pub reserved0: u32,
    pub data: *const u8,
    pub size: u64,
}
// SAFETY: a table is constant once it is shown to others.
unsafe impl Sync for baton_manifest {}
/// `baton_scalar` of `baton/ext/scalar.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_scalar {
    pub struct_size: u32,
    pub reserved0: u32,
    pub get: unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_value) -> i32,
}
/// `baton_text` of `baton/ext/text.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_text {
    pub struct_size: u32,
    pub reserved0: u32,
    pub view:
        unsafe extern "C" fn(self_: *const baton_value, out: *mut baton_text_view) -> i32,
}
/// `baton_wait` of `baton/ext/wait.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_wait {
    pub struct_size: u32,
    pub reserved0: u32,
    pub subscribe:
        unsafe extern "C" fn(self_: *const baton_value, waker: *const baton_waker) -> i32,
    pub unsubscribe:
        unsafe extern "C" fn(self_: *const baton_value, waker: *const baton_waker) -> i32,
}
/// `baton_deadline` of `baton/ext/draft/deadline.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_deadline {
    pub struct_size: u32,
    pub reserved0: u32,
    pub remaining: unsafe extern "C" fn(cx: *const baton_context, out: *mut u64) -> i32,
}
/// `baton_reaper` of `baton/ext/draft/reaper.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_reaper {
    pub struct_size: u32,
    pub reserved0: u32,
    pub keep: unsafe extern "C" fn(cx: *mut baton_context, out: *mut *mut c_void) -> i32,
    pub adopt: unsafe extern "C" fn(reaper: *mut c_void, handle: *mut baton_value) -> i32,
    pub drop: unsafe extern "C" fn(reaper: *mut c_void) -> i32,
}
/// `baton_spawn` of `baton/ext/draft/spawn.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct baton_spawn {
    pub struct_size: u32,
    pub reserved0: u32,
    pub spawn: unsafe extern "C" fn(
        cx: *mut baton_context,
        handle: *mut baton_value,
        out: *mut baton_value,
    ) -> i32,
}
