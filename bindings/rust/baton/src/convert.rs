// SPDX-License-Identifier: MIT
//! Values of Rust's own types, and back.

use baton_sys::*;

use crate::memory::out_of_memory;
use crate::{Error, Value};

#[inline]
fn scalar(tag: usize, payload: u64) -> Value {
    // SAFETY: a scalar needs no reference.
    unsafe { Value::from_raw(baton_scalar_value(tag, payload)) }
}

impl From<()> for Value {
    #[inline]
    fn from((): ()) -> Self {
        Value::NONE
    }
}

impl From<bool> for Value {
    #[inline]
    fn from(truth: bool) -> Self {
        scalar(BATON_TAG_BOOL, u64::from(truth))
    }
}

impl From<i64> for Value {
    #[inline]
    fn from(number: i64) -> Self {
        scalar(BATON_TAG_I64, number as u64)
    }
}

impl From<u64> for Value {
    #[inline]
    fn from(number: u64) -> Self {
        // A u64 that an i64 can hold crosses as an i64.
        let wide = number > i64::MAX as u64;
        scalar(if wide { BATON_TAG_U64 } else { BATON_TAG_I64 }, number)
    }
}

impl From<f64> for Value {
    #[inline]
    fn from(number: f64) -> Self {
        scalar(BATON_TAG_F64, number.to_bits())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        let mut out = baton_none();
        // SAFETY: the text is copied.
        let status =
            unsafe { baton_text_new(text.as_ptr().cast(), text.len() as u64, &mut out) };
        // SAFETY: on success the value is ours.
        made(status, text.len(), || unsafe { Value::from_raw(out) })
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        let mut out = baton_none();
        // SAFETY: the bytes are copied.
        let status =
            unsafe { baton_bytes_new(bytes.as_ptr().cast(), bytes.len() as u64, &mut out) };
        // SAFETY: on success the value is ours.
        made(status, bytes.len(), || unsafe { Value::from_raw(out) })
    }
}

fn made(status: i32, size: usize, value: impl FnOnce() -> Value) -> Value {
    if status != BATON_OK {
        out_of_memory(size);
    }
    value()
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        bytes.as_slice().into()
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(option: Option<T>) -> Self {
        option.map_or(Value::NONE, Into::into)
    }
}

#[inline]
fn integer(value: &Value) -> Option<i128> {
    let scalar = value.to_scalar()?;
    // SAFETY: the payload is read by its tag.
    unsafe {
        match baton_tag_of(&scalar) {
            BATON_TAG_I64 => Some(i128::from(scalar.payload.i64)),
            BATON_TAG_U64 => Some(i128::from(scalar.payload.u64)),
            _ => None,
        }
    }
}

macro_rules! small_integers {
    ($($small:ty as $wide:ty),*) => {$(
        impl From<$small> for Value {
            #[inline]
            fn from(number: $small) -> Self {
                <$wide>::from(number).into()
            }
        }
    )*};
}

macro_rules! integers {
    ($($name:ty),*) => {$(
        /// Fails for what is no integer, and where it does not fit.
        impl TryFrom<&Value> for $name {
            type Error = Error;
            #[inline]
            fn try_from(value: &Value) -> Result<Self, Error> {
                integer(value)
                    .and_then(|number| number.try_into().ok())
                    .ok_or_else(|| value.mismatch(stringify!($name)))
            }
        }
    )*};
}

small_integers!(i8 as i64, i16 as i64, i32 as i64, u8 as i64, u16 as i64, u32 as i64);
integers!(i8, i16, i32, i64, u8, u16, u32, u64);

impl TryFrom<&Value> for bool {
    type Error = Error;
    fn try_from(value: &Value) -> Result<Self, Error> {
        match value.to_scalar() {
            Some(scalar) if baton_tag_of(&scalar) == BATON_TAG_BOOL => {
                // SAFETY: the payload of this tag is a number.
                Ok(unsafe { scalar.payload.u64 } != 0)
            }
            _ => Err(value.mismatch("bool")),
        }
    }
}

impl TryFrom<&Value> for f64 {
    type Error = Error;
    fn try_from(value: &Value) -> Result<Self, Error> {
        match value.to_scalar() {
            Some(scalar) if baton_tag_of(&scalar) == BATON_TAG_F64 => {
                // SAFETY: the payload of this tag is such a number.
                Ok(unsafe { scalar.payload.f64 })
            }
            _ => Err(value.mismatch("f64")),
        }
    }
}

impl TryFrom<&Value> for () {
    type Error = Error;
    fn try_from(value: &Value) -> Result<Self, Error> {
        value
            .is_none()
            .then_some(())
            .ok_or_else(|| value.mismatch("none"))
    }
}

impl TryFrom<&Value> for String {
    type Error = Error;
    fn try_from(value: &Value) -> Result<Self, Error> {
        let text = value.as_str().ok_or_else(|| value.mismatch("text"))?;
        Ok(text.to_owned())
    }
}

impl TryFrom<&Value> for Vec<u8> {
    type Error = Error;
    fn try_from(value: &Value) -> Result<Self, Error> {
        let bytes = value.as_bytes().ok_or_else(|| value.mismatch("bytes"))?;
        Ok(bytes.to_owned())
    }
}

macro_rules! owned {
    ($($name:ty),*) => {$(
        impl TryFrom<Value> for $name {
            type Error = Error;
            #[inline]
            fn try_from(value: Value) -> Result<Self, Error> {
                (&value).try_into()
            }
        }
    )*};
}

owned!(
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
    String,
    Vec<u8>
);
