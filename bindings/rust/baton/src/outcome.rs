// SPDX-License-Identifier: MIT
use crate::{Error, Handle, Value};

/// What a coroutine's future may return: a value of any type that crosses, or
/// a `Result` of one.
pub trait IntoOutcome {
    /// The value, or the error that it fails with.
    fn into_outcome(self) -> Result<Value, Error>;
}

impl<T: IntoOutcome, E: Into<Error>> IntoOutcome for Result<T, E> {
    #[inline]
    fn into_outcome(self) -> Result<Value, Error> {
        self.map_err(Into::into)?.into_outcome()
    }
}

impl<T: IntoOutcome> IntoOutcome for Option<T> {
    #[inline]
    fn into_outcome(self) -> Result<Value, Error> {
        self.map_or(Ok(Value::NONE), T::into_outcome)
    }
}

macro_rules! outcomes {
    ($($name:ty),*) => {$(
        impl IntoOutcome for $name {
            #[inline]
            fn into_outcome(self) -> Result<Value, Error> {
                Ok(self.into())
            }
        }
    )*};
}

outcomes!(
    (),
    bool,
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    f64,
    &str,
    String,
    &[u8],
    Vec<u8>,
    Value,
    Handle
);

impl IntoOutcome for std::convert::Infallible {
    #[inline]
    fn into_outcome(self) -> Result<Value, Error> {
        match self {}
    }
}
