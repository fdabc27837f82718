// SPDX-License-Identifier: MIT
use std::future::Future;

use baton_sys::*;

use crate::code::{Anonymous, Local};
use crate::driver::{driving, Driver};
use crate::memory::out_of_memory;
use crate::{raw, Code, IntoOutcome, Value};

/// A coroutine that nobody else has, of any language.
///
/// Await it, or drive it by hand. Every other language awaits it too, once it is
/// made into a [`Value`]. It may go to any thread, unless it is of
/// [`Handle::local`]: that one then fails with "wrong thread".
///
/// A handle that is dropped is closed; of one that was never awaited a notice is
/// given.
///
/// ```
/// use baton::{block_on, Handle};
///
/// let child = Handle::new(async { 20 });
/// let sum = Handle::new(async move {
///     let part: i64 = child.await?.try_into()?;
///     Ok::<_, baton::Error>(part + 1)
/// });
/// assert_eq!(i64::try_from(block_on(sum)?)?, 21);
/// # Ok::<(), baton::Error>(())
/// ```
#[must_use = "a coroutine does nothing unless it is awaited"]
pub struct Handle(
    // Nobody else has it, so it may be driven by any thread; an affine one refuses.
    Driver,
);

driving!(Handle, sole: true);

impl Handle {
    /// Makes a coroutine of a future.
    pub fn new<F>(future: F) -> Self
    where
        F: Future + Send + 'static,
        F::Output: IntoOutcome,
    {
        Handle::with_code::<F, Anonymous>(future)
    }

    /// Makes a coroutine of a future that stays on this thread. On another
    /// thread it can only be dropped; then this thread drops the future, when it
    /// next makes or drops a coroutine.
    pub fn local<F>(future: F) -> Self
    where
        F: Future + 'static,
        F::Output: IntoOutcome,
    {
        // SAFETY: the code is local.
        unsafe { Handle::make::<F, Local<Anonymous>>(future) }
    }

    /// Makes a coroutine of an async closure, called at the first step. It stays
    /// on this thread.
    pub fn from_fn<A, T>(function: A) -> Self
    where
        A: AsyncFnOnce() -> T + 'static,
        T: IntoOutcome + 'static,
    {
        Handle::local(async move { function().await })
    }

    /// Makes a coroutine of a future, and says what it is called.
    pub fn with_code<F, C>(future: F) -> Self
    where
        F: Future + Send + 'static,
        F::Output: IntoOutcome,
        C: Code,
    {
        // SAFETY: the future may go to other threads.
        unsafe { Handle::make::<F, C>(future) }
    }

    /// The same for a future that stays on this thread.
    pub fn local_with_code<F, C>(future: F) -> Self
    where
        F: Future + 'static,
        F::Output: IntoOutcome,
        C: Code,
    {
        // SAFETY: the code is local.
        unsafe { Handle::make::<F, Local<C>>(future) }
    }

    /// # Safety
    /// The future is `Send`, or the code local.
    #[inline]
    pub(crate) unsafe fn make<F, C>(future: F) -> Self
    where
        F: Future,
        F::Output: IntoOutcome,
        C: Code,
    {
        let body = raw::body::<F, C>();
        let mut out = baton_none();
        // SAFETY: the body is well-formed and static.
        if unsafe { baton_coro_new(body, &mut out) } != BATON_OK {
            out_of_memory(body.frame_size as usize);
        }
        // SAFETY: the object was made of this body just now.
        unsafe {
            raw::emplace::<F, C>(baton_coro_frame(&out), future);
            Handle::from_value(Value::from_raw(out))
        }
    }

    /// Takes a coroutine as one that nobody else has.
    ///
    /// # Safety
    /// Nobody else has a reference, or whoever has one sees to it that it is
    /// used by one thread at a time. Its type is checked and has `as_coroutine`.
    #[inline]
    pub unsafe fn from_value(value: Value) -> Self {
        Handle(Driver::new(value))
    }

    pub(crate) fn from_driver(driver: Driver) -> Self {
        Handle(driver)
    }
}
