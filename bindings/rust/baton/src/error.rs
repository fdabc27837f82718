// SPDX-License-Identifier: MIT
use std::error::Error as StdError;
use std::fmt;
use std::sync::OnceLock;

use baton_sys::*;

use crate::{rust_error, text, Frame, Kind, Value};

/// An error of some language. It crosses as itself: a Python exception is the
/// same object when it comes home, and so is a Rust error.
///
/// `source()` and the `Display` of `{:#}` follow the cause chain across
/// languages. They show a hundred causes at most: a chain may run in a circle.
pub struct Error {
    value: Value,
    depth: u8, // how many errors it is the cause of
    source: OnceLock<Option<Box<Error>>>,
}

impl Error {
    /// Makes an error of this kind.
    pub fn new(kind: Kind, message: &str) -> Self {
        let message = message.replace('\0', "\u{fffd}");
        let size = std::ffi::c_int::try_from(message.len()).unwrap_or(std::ffi::c_int::MAX);
        // SAFETY: the format takes a size and a text of that size.
        let raw =
            unsafe { baton_error_new(kind.0, c"%.*s".as_ptr(), size, message.as_ptr()) };
        // SAFETY: the result is an error, and ours.
        unsafe { Error::from_raw(raw) }
    }

    /// Keeps a Rust error: it comes home by [`Error::downcast_ref`], and other
    /// languages see its message and its sources as the cause chain.
    pub fn from_std<E>(error: E) -> Self
    where
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        rust_error::wrap(error.into())
    }

    /// Takes over a reference. What is no error becomes one of kind type.
    ///
    /// # Safety
    /// The value is valid, and the reference is the caller's.
    pub unsafe fn from_raw(raw: baton_value) -> Self {
        // SAFETY: the caller's.
        let value = unsafe { Value::from_raw(raw) };
        // SAFETY: the value is valid.
        if !unsafe { baton_is_error(value.as_raw()) } {
            let message = format!("'{}' is no error", value.type_name());
            return Error::new(Kind::TYPE, &message);
        }
        Error {
            value,
            depth: 0,
            source: OnceLock::new(),
        }
    }

    /// Hands the reference to the caller.
    pub fn into_raw(self) -> baton_value {
        self.value.into_raw()
    }

    /// Lends the error to a call of the contract.
    pub fn as_raw(&self) -> &baton_value {
        self.value.as_raw()
    }

    /// The error that a refusal by `culprit` becomes.
    pub(crate) fn from_refusal(status: i32, culprit: &Value) -> Self {
        // SAFETY: the culprit is valid; the result is an error, and ours.
        unsafe { Error::from_raw(baton_error_from_refusal(status, culprit.as_raw())) }
    }

    /// Copies the error with a reference of its own. Where that is refused, the
    /// copy is the bare kind.
    pub(crate) fn copy(&self) -> Self {
        // SAFETY: the error is valid; so is a bare kind.
        unsafe {
            let copy = baton_copy(self.as_raw());
            Error::from_raw(copy.unwrap_or(baton_from_kind(self.kind().0)))
        }
    }

    /// What it is about.
    pub fn kind(&self) -> Kind {
        // SAFETY: the error is valid.
        Kind(unsafe { baton_error_kind(self.as_raw()) })
    }

    /// What it says, or nothing.
    pub fn message(&self) -> &str {
        let mut view = baton_text_view {
            data: std::ptr::null(),
            size: 0,
        };
        let Some(message) = self.methods().and_then(|methods| methods.message) else {
            return "";
        };
        // SAFETY: the view lives as long as the error is held.
        unsafe {
            match message(self.as_raw(), &mut view) {
                BATON_OK => text::view(&view).unwrap_or(""),
                _ => "",
            }
        }
    }

    /// The value that it carries, such as the number of an [`Kind::OS`]. Of what
    /// could be driven or awaited there is the number, the text or the bytes that
    /// it stands for, or none: an error goes to any thread, and that may not.
    pub fn payload(&self) -> Value {
        let payload = self.part(|methods| methods.payload);
        if payload.is_active() {
            return payload.to_data();
        }
        payload
    }

    /// The error that was declared its cause.
    pub fn cause(&self) -> Option<Error> {
        Error::from_part(self.part(|methods| methods.cause))
    }

    /// The error that was being handled when it arose.
    pub fn context(&self) -> Option<Error> {
        Error::from_part(self.part(|methods| methods.context))
    }

    /// Where it was raised and what it passed, the innermost first.
    pub fn frames(&self) -> Vec<Frame> {
        crate::frame::of_error(self.as_raw(), self.methods())
    }

    /// The Rust error that [`Error::from_std`] kept, if it is one of this type,
    /// wrapped by this copy of the crate.
    pub fn downcast_ref<E: StdError + 'static>(&self) -> Option<&E> {
        rust_error::inside(&self.value)?.downcast_ref()
    }

    /// Declares a cause. Only an error that this crate has just made takes one.
    #[must_use]
    pub fn with_cause(self, cause: Error) -> Self {
        let mut cause = cause.into_raw();
        // SAFETY: the callee takes the cause, or drops it.
        unsafe { baton_error_set_cause(rust_error::core(self.as_raw()), &mut cause) };
        self
    }

    pub(crate) fn methods(&self) -> Option<&baton_error_methods> {
        // SAFETY: a descriptor's suites outlive the value.
        unsafe { self.value.descriptor()?.as_error.as_ref() }
    }

    fn part(&self, slot: impl FnOnce(&baton_error_methods) -> Option<Part>) -> Value {
        let mut out = baton_none();
        if let Some(slot) = self.methods().and_then(slot) {
            // SAFETY: the slot gives a value, which is ours.
            unsafe {
                if slot(self.as_raw(), &mut out) != BATON_OK {
                    baton_drop(&mut out);
                }
            }
        }
        // SAFETY: as above.
        unsafe { Value::from_raw(out) }
    }

    fn from_part(part: Value) -> Option<Error> {
        // SAFETY: the value is valid, and ours.
        (!part.is_none()).then(|| unsafe { Error::from_raw(part.into_raw()) })
    }
}

/// How many causes are shown.
const DEPTH: u8 = 100;

type Part = unsafe extern "C" fn(*const baton_value, *mut baton_value) -> i32;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message() {
            "" => write!(f, "{}", self.kind())?,
            message => f.write_str(message)?,
        }
        if f.alternate() {
            let mut source = self.source();
            for _ in 0..DEPTH {
                let Some(cause) = source else { break };
                write!(f, ": {cause}")?;
                source = cause.source();
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind(), self.message())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        if let Some(error) = rust_error::inside(&self.value) {
            return error.source();
        }
        let source = self.source.get_or_init(|| {
            let cause = (self.depth < DEPTH).then(|| self.cause())??;
            let depth = self.depth + 1;
            Some(Box::new(Error { depth, ..cause }))
        });
        source.as_deref().map(|cause| cause as &dyn StdError)
    }
}

impl From<Kind> for Error {
    /// A bare kind: no message, no allocation.
    fn from(kind: Kind) -> Self {
        // SAFETY: a scalar needs no reference.
        unsafe { Error::from_raw(baton_from_kind(kind.0)) }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::from_std(error)
    }
}

impl From<Box<dyn StdError + Send + Sync>> for Error {
    fn from(error: Box<dyn StdError + Send + Sync>) -> Self {
        Error::from_std(error)
    }
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl From<&str> for Error {
    fn from(message: &str) -> Self {
        Error::new(Kind::OTHER, message)
    }
}

impl From<String> for Error {
    fn from(message: String) -> Self {
        message.as_str().into()
    }
}

impl From<Error> for Value {
    fn from(error: Error) -> Self {
        error.value
    }
}
