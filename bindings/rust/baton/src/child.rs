// SPDX-License-Identifier: MIT
//! Driving an awaitable, as an outermost driver does: am_await once, then send,
//! throw or close. Tokens that can be waited for become pending.

use std::mem;

use baton_sys::*;

use crate::subscription::Subscription;
use crate::waker::Counted;
use crate::{descriptor, panic, Error, Kind, Value};

/// How a step of a child ended.
pub(crate) enum Step {
    Ready(Result<Value, Error>),
    Pending,
    /// A value for the outermost driver, which cannot be waited for.
    Yielded(Value),
}

/// What a step brings.
pub(crate) struct Next {
    value: Value,
    throwing: bool, // the value is an error
}

impl Next {
    pub(crate) const NONE: Next = Next::send(Value::NONE);

    pub(crate) const fn send(value: Value) -> Self {
        let throwing = false;
        Next { value, throwing }
    }

    pub(crate) fn throw(error: Error) -> Self {
        Next {
            value: error.into(),
            throwing: true,
        }
    }

    fn is_none(&self) -> bool {
        !self.throwing && self.value.is_none()
    }

    /// What answers a token that cannot be waited for.
    pub(crate) fn refuse(token: &Value) -> Self {
        let message = format!("bad yield: {}", token.type_name());
        Next::throw(Error::new(Kind::RUNTIME, &message))
    }
}

/// An awaitable, or the handle to drive, which was made of it.
pub(crate) struct Child {
    target: Value,
    resolved: bool, // the target is the handle
    driven: bool,   // it may be suspended because of us
    token: Option<Subscription>,
}

impl Child {
    #[inline]
    pub(crate) fn new(awaitable: Value) -> Self {
        Child {
            target: awaitable,
            resolved: false,
            driven: false,
            token: None,
        }
    }

    /// What is driven by hand is its own handle, unless it can only be awaited.
    pub(crate) fn by_hand(awaitable: Value) -> Self {
        let mut child = Child::new(awaitable);
        child.resolved = child.target.descriptor().is_none_or(|descriptor| {
            !descriptor.as_coroutine.is_null() || !descriptor::is_awaitable(descriptor)
        });
        child
    }

    pub(crate) fn target(&self) -> &Value {
        &self.target
    }

    /// Gives up driving.
    pub(crate) fn into_target(mut self) -> Value {
        self.token = None;
        self.driven = false;
        mem::take(&mut self.target)
    }

    /// Forgets the token that it waits for.
    pub(crate) fn stop_waiting(&mut self) {
        self.token = None;
    }

    /// Lets go of it; `close` even if it was never driven.
    pub(crate) fn give_up(mut self, close: bool) {
        self.driven |= close;
    }

    /// One step. A token that cannot be waited for comes out if `forward`;
    /// otherwise after none it is run again, and any other is thrown back.
    ///
    /// # Safety
    /// `cx` is a context that this thread may hand on now; its waker is put
    /// back before the call returns.
    #[inline]
    pub(crate) unsafe fn step(
        &mut self,
        cx: *mut baton_context,
        waker: &Counted,
        next: Next,
        forward: bool,
    ) -> Step {
        let next = match self.token.take() {
            Some(token) => match self.wait_on(token, waker, next) {
                Some(next) => next,
                None => return Step::Pending,
            },
            None => next,
        };
        self.driven = true;
        // SAFETY: the caller's.
        let outer = unsafe { mem::replace(&mut (*cx).waker, waker.as_raw()) };
        // SAFETY: the caller's.
        let step = unsafe { self.run(&mut *cx, waker, next, forward) };
        // SAFETY: the caller's.
        unsafe { (*cx).waker = outer };
        self.driven = !matches!(step, Step::Ready(_));
        step
    }

    /// What its step is to bring; nothing while it waits for its token: then
    /// `waker` is woken when that is ready.
    #[inline(never)]
    fn wait_on(
        &mut self,
        subscription: Subscription,
        waker: &Counted,
        next: Next,
    ) -> Option<Next> {
        if !next.is_none() || subscription.is_woken() {
            return Some(next);
        }
        if subscription.wakes(waker) {
            self.token = Some(subscription);
            return None;
        }
        match subscription.move_to(waker) {
            Ok(subscription) => {
                self.token = subscription;
                self.token.is_none().then_some(next)
            }
            Err(error) => Some(Next::throw(error)),
        }
    }

    #[inline]
    fn run(
        &mut self,
        cx: &mut baton_context,
        waker: &Counted,
        mut next: Next,
        forward: bool,
    ) -> Step {
        if !self.resolved {
            if let Err(error) = self.resolve(cx) {
                return Step::Ready(Err(error));
            }
        }
        loop {
            let mut out = baton_none();
            let status = match self.call(cx, next, &mut out) {
                Ok(status) => status,
                Err(error) => return Step::Ready(Err(error)),
            };
            // SAFETY: what is in `out` is ours, whatever the status.
            let out = unsafe { Value::from_raw(out) };
            match status {
                BATON_RETURN => return Step::Ready(Ok(out)),
                BATON_PENDING => return Step::Pending,
                BATON_ERROR => {
                    // SAFETY: the value is valid, and ours.
                    let error = unsafe { Error::from_raw(out.into_raw()) };
                    return Step::Ready(Err(error));
                }
                BATON_YIELD => match self.take_token(out, waker, forward) {
                    Ok(step) => return step,
                    Err(refusal) => next = refusal,
                },
                status => return Step::Ready(Err(self.broken(status))),
            }
        }
    }

    fn resolve(&mut self, cx: &mut baton_context) -> Result<(), Error> {
        self.resolved = true;
        // SAFETY: the target is valid.
        if unsafe { crate::raw::is_awaitable_of_ours(self.target.as_raw()) } {
            return Ok(()); // its own handle
        }
        let mut out = baton_none();
        // SAFETY: the target and the context are valid; what is in `out` is ours,
        // whatever the status.
        self.target = unsafe {
            let status = baton_await_handle(self.target.as_raw(), cx, &mut out);
            outcome(status, BATON_OK, out, &self.target)?
        };
        Ok(())
    }

    /// Fails, and leaves the child alone, if the value may not be handed on here.
    #[inline]
    fn call(
        &mut self,
        cx: &mut baton_context,
        next: Next,
        out: &mut baton_value,
    ) -> Result<i32, Error> {
        // SAFETY: a descriptor's suites outlive it.
        let methods = self
            .target
            .descriptor()
            .and_then(|descriptor| unsafe { descriptor.as_coroutine.as_ref() });
        let Some(methods) = methods else {
            return Err(self.not_driven());
        };
        let (call, mut given) = if next.throwing {
            (methods.throw_, next.value.into_raw())
        } else {
            (methods.send, next.value.cross()?)
        };
        // SAFETY: all are valid; what is left in `given` is ours.
        unsafe {
            let status = call(self.target.as_raw(), cx, &mut given, out);
            baton_drop(&mut given);
            Ok(status)
        }
    }

    #[cold]
    fn not_driven(&self) -> Error {
        let message = format!("'{}' object cannot be driven", self.target.type_name());
        Error::new(Kind::TYPE, &message)
    }

    /// Fails with what is to be thrown back.
    #[inline(never)]
    fn take_token(
        &mut self,
        token: Value,
        waker: &Counted,
        forward: bool,
    ) -> Result<Step, Next> {
        match Subscription::new(token, waker) {
            Ok(subscription) => {
                self.token = Some(subscription);
                Ok(Step::Pending)
            }
            Err((token, None)) if forward => Ok(Step::Yielded(token)),
            Err((token, None)) if token.is_none() => {
                waker.wake(); // "run me again soon"
                Ok(Step::Pending)
            }
            Err((token, None)) => Err(Next::refuse(&token)),
            Err((_, Some(error))) => Err(Next::throw(error)),
        }
    }

    /// The error for a refusal, or for a status that cannot be; then it is closed.
    #[cold]
    fn broken(&mut self, status: i32) -> Error {
        if baton_is_refusal(status) {
            return Error::from_refusal(status, &self.target);
        }
        let name = self.target.type_name();
        let error = format!("unknown status {status} from {name}");
        drop(close(&self.target));
        Error::new(Kind::RUNTIME, &error)
    }
}

impl Drop for Child {
    /// What has been driven is closed before it is let go.
    #[inline]
    fn drop(&mut self) {
        self.token = None;
        if self.driven {
            abandon(mem::take(&mut self.target));
        }
    }
}

/// What a call by hand has given: a value with the status `done`, an error, or a
/// refusal by `culprit`.
///
/// # Safety
/// `out` is valid, and ours.
pub(crate) unsafe fn outcome(
    status: i32,
    done: i32,
    out: baton_value,
    culprit: &Value,
) -> Result<Value, Error> {
    // SAFETY: the caller's.
    let out = unsafe { Value::from_raw(out) };
    match status {
        _ if status == done => Ok(out),
        // SAFETY: the caller's.
        BATON_ERROR => Err(unsafe { Error::from_raw(out.into_raw()) }),
        status => Err(Error::from_refusal(status, culprit)),
    }
}

/// Closes a coroutine without waiting. A cleanup that suspends is an error.
pub(crate) fn close(handle: &Value) -> Result<Value, Error> {
    let mut out = baton_none();
    // SAFETY: the value is valid; what is in `out` is ours, whatever the status.
    unsafe {
        let status = baton_close(handle.as_raw(), &mut out);
        outcome(status, BATON_RETURN, out, handle)
    }
}

/// Closes what is let go of, if it is a coroutine, and tells the unraisable hook
/// of an error. One of another thread is left to its owner.
pub(crate) fn abandon(target: Value) {
    let mut out = baton_none();
    // SAFETY: the value is valid; what has no such suite is refused.
    let status = unsafe { baton_close(target.as_raw(), &mut out) };
    // SAFETY: what is in `out` is ours, whatever the status.
    let out = unsafe { Value::from_raw(out) };
    if status == BATON_ERROR {
        // SAFETY: as above.
        panic::report(&unsafe { Error::from_raw(out.into_raw()) });
    }
}

/// One step outside of any coroutine.
#[inline]
pub(crate) fn step_alone(
    child: &mut Child,
    waker: &Counted,
    next: Next,
    forward: bool,
) -> Step {
    let mut cx = descriptor::context(waker.as_raw());
    // SAFETY: the context is our own.
    unsafe { child.step(&mut cx, waker, next, forward) }
}
