// SPDX-License-Identifier: MIT
//! For adapters: the frame of a Rust coroutine inside an object of their own.
//!
//! An adapter makes an object of [`body`], puts the future into its zeroed
//! frame by [`emplace`], and leaves the rest to whoever drives it.

use std::ffi::{c_void, CStr};
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::mem::{align_of, needs_drop, size_of};
use std::pin::Pin;
use std::ptr::{addr_of, addr_of_mut, null};
use std::task::{Context, Poll};

use baton_sys::*;

use crate::awaiting::sealed::Sealed;
pub use crate::code::{Anonymous, Code, Local, Sort};
use crate::root::{Current, Root, Settled};
use crate::{panic, Awaitable, Awaiting, Error, IntoOutcome};
use crate::{ItemYielder, Value, Yielder};

/// The frame. Zeroed memory is one without a future.
#[repr(C)]
struct Frame<F> {
    live: bool,
    root: Root,
    future: F,
}

/// What frames are aligned to.
const ALIGN: usize = 16;

/// How far a frame may have to move to be aligned.
const fn slack<F>() -> usize {
    align_of::<Frame<F>>().saturating_sub(ALIGN)
}

/// # Safety
/// The frame is that of a body of `F`.
unsafe fn locate<F>(frame: *mut c_void) -> *mut Frame<F> {
    if slack::<F>() == 0 {
        return frame.cast();
    }
    let align = align_of::<Frame<F>>();
    let gap = frame.addr().wrapping_neg() & (align - 1);
    // SAFETY: the frame has `slack` bytes more than it needs.
    unsafe { frame.byte_add(gap).cast() }
}

/// By its address the bodies of this copy of the crate are known.
static LANGUAGE: [u8; 5] = *b"rust\0";

/// Whether a coroutine was made by this copy of the crate.
///
/// # Safety
/// The value is valid.
pub(crate) unsafe fn is_ours(value: &baton_value) -> bool {
    // SAFETY: the caller's.
    unsafe { body_of_ours(value) }.is_some()
}

/// # Safety
/// The value is valid.
unsafe fn body_of_ours(value: &baton_value) -> Option<&baton_body> {
    // SAFETY: the caller's; a body outlives its coroutines.
    let body = unsafe { baton_coro_body(value).as_ref() };
    body.filter(|body| std::ptr::eq(body.language, LANGUAGE.as_ptr().cast()))
}

/// Whether a coroutine was made by this copy of the crate, and can be awaited.
///
/// # Safety
/// The value is valid.
pub(crate) unsafe fn is_awaitable_of_ours(value: &baton_value) -> bool {
    // SAFETY: the caller's; a body outlives its coroutines.
    unsafe { body_of_ours(value) }.is_some_and(|body| body.kind == BATON_KIND_COROUTINE)
}

/// Something awaitable that may go to any thread, and that others may have too.
/// Dropped before it was driven it is only released.
#[must_use = "it does nothing unless it is awaited"]
pub struct Portable(Value);

impl Portable {
    /// # Safety
    /// The type of the object is checked, and has `as_coroutine` or `as_async`.
    /// The object sees to it by itself that one thread at a time uses it.
    pub unsafe fn new(value: Value) -> Self {
        Portable(value)
    }
}

impl Sealed for Portable {
    const PORTABLE: bool = true;
    const SOLE: bool = false;
}

impl Awaitable for Portable {}

impl From<Portable> for Value {
    fn from(portable: Portable) -> Self {
        portable.0
    }
}

impl IntoFuture for Portable {
    type Output = Result<Value, Error>;
    type IntoFuture = Awaiting<Portable>;

    fn into_future(self) -> Awaiting<Portable> {
        Awaiting::new(self.0, false)
    }
}

struct Body<F, C>(PhantomData<(F, C)>);

impl<F, C> Body<F, C>
where
    F: Future,
    F::Output: IntoOutcome,
    C: Code,
{
    const SIZE: u32 = {
        let size = size_of::<Frame<F>>() + slack::<F>();
        assert!(size <= u32::MAX as usize, "a frame of 4 GiB");
        size as u32
    };

    const BODY: &'static baton_body = &baton_body {
        struct_size: size_of::<baton_body>() as u32,
        kind: C::SORT.kind(),
        reserved0: 0,
        flags: if C::LOCAL { BATON_BODY_AFFINE } else { 0 },
        frame_size: Self::SIZE,
        value_offset: 0,
        value_count: 0,
        line: C::LINE,
        name: C::NAME.as_ptr(),
        qualified_name: address(C::QUALIFIED_NAME),
        file: address(C::FILE),
        language: LANGUAGE.as_ptr().cast(),
        resume: resume::<F, C>,
        drop: Some(drop_frame::<F>),
        traverse: None,
        line_of: None,
    };
}

const fn address(text: Option<&'static CStr>) -> *const std::ffi::c_char {
    match text {
        Some(text) => text.as_ptr(),
        None => null(),
    }
}

/// A terminated text as what [`Code`] wants.
pub const fn c_text(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("the text has a nul inside"),
    }
}

/// What yields to the driver of the coroutine that awaits it.
pub fn yielder() -> Yielder {
    Yielder::new()
}

/// What yields the items of the async generator that awaits it.
pub fn item_yielder() -> ItemYielder {
    ItemYielder::new()
}

/// The static body of coroutines whose future is an `F`.
pub const fn body<F, C>() -> &'static baton_body
where
    F: Future,
    F::Output: IntoOutcome,
    C: Code,
{
    Body::<F, C>::BODY
}

/// Moves a future into a frame.
///
/// # Safety
/// The frame is zeroed and that of an object made of [`body`] of the same
/// types. The future lives as long as the object may, and is `Send` unless the
/// code is local.
#[inline]
pub unsafe fn emplace<F, C>(frame: *mut c_void, future: F)
where
    F: Future,
    F::Output: IntoOutcome,
    C: Code,
{
    // SAFETY: the caller's. Each part is made in place.
    unsafe {
        let frame = locate::<F>(frame);
        addr_of_mut!((*frame).future).write(future);
        addr_of_mut!((*frame).root)
            .write(Root::new(C::LOCAL, !matches!(C::SORT, Sort::Generator)));
        addr_of_mut!((*frame).live).write(true);
    }
}

/// One step, as the slot of that name. For an adapter that wraps it: the context
/// may be one of its own.
///
/// # Safety
/// As the slot; `value` is an object made of [`body`] of the same types.
pub unsafe extern "C" fn resume<F, C>(
    value: *const baton_value,
    cx: *mut baton_context,
    op: u32,
    given: *mut baton_value,
    out: *mut baton_value,
) -> i32
where
    F: Future,
    F::Output: IntoOutcome,
    C: Code,
{
    // SAFETY: the caller's. The root is borrowed apart from the future.
    unsafe {
        let frame = locate::<F>(baton_coro_frame(&*value));
        if !*addr_of!((*frame).live) {
            return fail(out, "the coroutine has no future".into());
        }
        let root = &*addr_of!((*frame).root);
        let _current = Current::enter(root);
        root.begin(cx);
        if root.expects(op) {
            if let Err(error) = root.receive(op, &mut *given) {
                finish(frame);
                return fail(out, error);
            }
        }
        root.prepare();
        let future = addr_of_mut!((*frame).future);
        match poll_to_stop(root, future, name::<C>(), out) {
            Stop::Suspended(status) => {
                root.end();
                status
            }
            Stop::Ended(status) => {
                finish(frame);
                status
            }
        }
    }
}

enum Stop {
    Suspended(i32),
    Ended(i32),
}

/// # Safety
/// The future is pinned and has not ended; the root has begun a step. `out` is
/// none and valid; it receives what goes with the status.
#[inline]
unsafe fn poll_to_stop<F>(
    root: &Root,
    future: *mut F,
    function: &CStr,
    out: *mut baton_value,
) -> Stop
where
    F: Future,
    F::Output: IntoOutcome,
{
    loop {
        let waker = root.lent.waker();
        let polled = panic::catch_in_poll(function, || {
            // SAFETY: the caller's.
            let future = unsafe { Pin::new_unchecked(&mut *future) };
            let polled = future.poll(&mut Context::from_waker(&waker));
            // SAFETY: the caller's.
            polled.map(|output| unsafe { give(out, output.into_outcome()) })
        });
        match polled {
            Ok(Poll::Ready(status)) => return Stop::Ended(status),
            // SAFETY: the caller's.
            Err(panicked) => return Stop::Ended(unsafe { fail(out, panicked) }),
            // SAFETY: the caller's.
            Ok(Poll::Pending) => match unsafe { root.settle(out) } {
                Settled::Suspended(status) => return Stop::Suspended(status),
                // SAFETY: the caller's.
                Settled::Unheard(error) => return Stop::Ended(unsafe { fail(out, error) }),
                Settled::PollAgain => {}
            },
        }
    }
}

/// # Safety
/// `out` is none and valid.
#[inline]
unsafe fn give(out: *mut baton_value, outcome: Result<Value, Error>) -> i32 {
    match outcome.and_then(Value::cross) {
        Ok(value) => {
            // SAFETY: the caller's.
            unsafe { *out = value };
            BATON_RETURN
        }
        // SAFETY: the caller's.
        Err(error) => unsafe { fail(out, error) },
    }
}

/// # Safety
/// `out` is none and valid.
#[cold]
unsafe fn fail(out: *mut baton_value, error: Error) -> i32 {
    // SAFETY: the caller's.
    unsafe { *out = error.into_raw() };
    BATON_ERROR
}

fn name<C: Code>() -> &'static CStr {
    C::QUALIFIED_NAME.unwrap_or(C::NAME)
}

/// Drops the future and then the root, once.
///
/// # Safety
/// The frame is live, and its root is the current one; before foreign code runs
/// again, the caller makes another one current.
unsafe fn finish<F>(frame: *mut Frame<F>) {
    // SAFETY: the caller's; it is not live any more before foreign code runs.
    unsafe {
        (*frame).live = false;
        if needs_drop::<F>() {
            let dropped = panic::catch_in_poll(c"drop", || {
                addr_of_mut!((*frame).future).drop_in_place();
            });
            dropped.unwrap_or_else(|error| panic::report(&error));
        }
        let root = addr_of_mut!((*frame).root);
        if (*root).is_clear() {
            return; // it needs no drop either
        }
        panic::or_report(|| (*root).clear());
        let _nobody = Current::enter(null());
        panic::or_report(|| root.drop_in_place());
    }
}

unsafe extern "C" fn drop_frame<F>(frame: *mut c_void) {
    // SAFETY: the frame is that of a body of `F`, and nobody runs it.
    unsafe {
        let frame = locate::<F>(frame);
        if *addr_of!((*frame).live) {
            let _current = Current::enter(addr_of!((*frame).root));
            finish(frame);
        }
    }
}
