// SPDX-License-Identifier: MIT
use std::fmt;
use std::io;

use baton_sys::*;

/// What an error is about: a number that every language can decide on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kind(pub u32);

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $number:ident;)*) => {
        impl Kind {
            $($(#[$doc])* pub const $name: Kind = Kind($number);)*
        }
    };
}

kinds! {
    /// None of the others.
    OTHER = BATON_ERROR_OTHER;
    /// A rule was broken at run time.
    RUNTIME = BATON_ERROR_RUNTIME;
    /// A value of the wrong type.
    TYPE = BATON_ERROR_TYPE;
    /// A value of the right type that cannot be.
    VALUE = BATON_ERROR_VALUE;
    /// An iterator has ended; the payload is its value.
    STOP_ITERATION = BATON_ERROR_STOP_ITERATION;
    /// An async iterator has ended.
    STOP_ASYNC_ITERATION = BATON_ERROR_STOP_ASYNC_ITERATION;
    /// Time was up.
    TIMEOUT = BATON_ERROR_TIMEOUT;
    /// An allocation failed.
    NO_MEMORY = BATON_ERROR_NO_MEMORY;
    /// The platform said so; the payload is its number.
    OS = BATON_ERROR_OS;
    /// Too deep.
    RECURSION = BATON_ERROR_RECURSION;
    /// There is no such key.
    KEY = BATON_ERROR_KEY;
    /// There is no such index.
    INDEX = BATON_ERROR_INDEX;
    /// Overflow, division by zero.
    ARITHMETIC = BATON_ERROR_ARITHMETIC;
    /// An assertion failed.
    ASSERTION = BATON_ERROR_ASSERTION;
    /// There is no such attribute.
    ATTRIBUTE = BATON_ERROR_ATTRIBUTE;
    /// Left to somebody else.
    NOT_IMPLEMENTED = BATON_ERROR_NOT_IMPLEMENTED;
    /// The input has ended.
    END_OF_FILE = BATON_ERROR_END_OF_FILE;
    /// Text that cannot be decoded or encoded.
    UNICODE = BATON_ERROR_UNICODE;
    /// Several errors.
    GROUP = BATON_ERROR_GROUP;
    /// None of the other base kinds.
    BASE_OTHER = BATON_ERROR_BASE_OTHER;
    /// The coroutine is being closed.
    GENERATOR_EXIT = BATON_ERROR_GENERATOR_EXIT;
    /// The task is asked to stop.
    CANCELLED = BATON_ERROR_CANCELLED;
    /// The user interrupts.
    INTERRUPT = BATON_ERROR_INTERRUPT;
    /// The process is to exit.
    EXIT = BATON_ERROR_EXIT;
    /// A panic.
    PANIC = BATON_ERROR_PANIC;
    /// Several errors, of base kinds too.
    BASE_GROUP = BATON_ERROR_BASE_GROUP;
}

impl Kind {
    /// Whether ordinary handlers let it pass, as with Python's BaseException.
    pub const fn is_base(self) -> bool {
        self.0 & BATON_ERROR_BASE != 0
    }

    /// "generator-exit", ...; of unknown kinds "error" or "base error".
    pub fn name(self) -> &'static str {
        // SAFETY: the name is static.
        unsafe { crate::text::borrow(baton_kind_name(self.0)) }
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl From<&io::Error> for Kind {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::TimedOut => Kind::TIMEOUT,
            io::ErrorKind::UnexpectedEof => Kind::END_OF_FILE,
            io::ErrorKind::OutOfMemory => Kind::NO_MEMORY,
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
                if error.raw_os_error().is_none() =>
            {
                Kind::VALUE
            }
            _ if error.raw_os_error().is_some() => Kind::OS,
            _ => Kind::OTHER,
        }
    }
}
