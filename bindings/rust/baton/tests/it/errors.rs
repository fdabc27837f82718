// SPDX-License-Identifier: MIT
//! Errors of Rust, of others, and their causes.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use baton::{block_on, Error, Handle, Kind, Value};

use crate::support::*;

#[derive(Debug)]
struct Outer(Inner);
#[derive(Debug)]
struct Inner;

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("outer")
    }
}
impl fmt::Display for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("inner")
    }
}
impl StdError for Outer {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.0)
    }
}
impl StdError for Inner {}

#[test]
fn an_error_has_a_kind_and_a_message() {
    let _clean = clean();
    let error = Error::new(Kind::VALUE, "100% wrong\0!");
    assert_eq!(error.kind(), Kind::VALUE);
    assert_eq!(error.message(), "100% wrong\u{fffd}!");
    let bare = Error::from(Kind::CANCELLED);
    assert_eq!(
        (bare.to_string().as_str(), bare.message()),
        ("cancelled", "")
    );
    assert!(bare.kind().is_base());
}

#[test]
fn a_rust_error_comes_home_and_shows_its_sources() {
    let _clean = clean();
    let handle = Handle::new(async { Err::<(), _>(Error::from_std(Outer(Inner))) });
    let error = block_on(handle).unwrap_err();
    assert!(error.downcast_ref::<Outer>().is_some());
    assert_eq!(error.message(), "outer");
    assert_eq!(error.cause().unwrap().message(), "inner");
    assert!(error.source().unwrap().is::<Inner>());
    assert_eq!(format!("{error:#}"), "outer: inner");
    assert_eq!(error.frames()[0].function, "future");
}

#[test]
fn the_cause_chain_of_other_languages_is_the_source_chain() {
    let _clean = clean();
    let error =
        Error::new(Kind::RUNTIME, "above").with_cause(Error::new(Kind::KEY, "below"));
    assert_eq!(error.source().unwrap().to_string(), "below");
    assert_eq!(error.cause().unwrap().kind(), Kind::KEY);
    assert!(error.context().is_none());
}

#[test]
fn an_io_error_keeps_its_number() {
    let _clean = clean();
    let error = Error::from(io::Error::from_raw_os_error(2));
    assert_eq!(error.kind(), Kind::OS);
    assert_eq!(number(error.payload()), 2);
    assert_eq!(
        Error::from(io::Error::from(io::ErrorKind::TimedOut)).kind(),
        Kind::TIMEOUT
    );
    assert!(error.downcast_ref::<io::Error>().is_some());
}

#[test]
fn an_error_that_stood_in_a_box_is_itself_again() {
    let _clean = clean();
    let boxed: Box<dyn StdError + Send + Sync> = Box::new(Error::new(Kind::KEY, "k"));
    assert_eq!(Error::from(boxed).kind(), Kind::KEY);
}

#[test]
fn an_error_is_a_value_too() {
    let _clean = clean();
    let value = Value::from(Error::new(Kind::KEY, "k"));
    assert_eq!(value.type_name(), "error");
}

/// An error of another language that is its own cause.
mod circle {
    use baton::sys::*;
    use std::mem::size_of;
    use std::ptr::{null, null_mut};

    unsafe extern "C" fn kind(_: *const baton_value, out: *mut u32) -> i32 {
        // SAFETY: the caller gives a place for the kind.
        unsafe { *out = baton::Kind::KEY.0 };
        BATON_OK
    }

    unsafe extern "C" fn cause(value: *const baton_value, out: *mut baton_value) -> i32 {
        // SAFETY: as above; the object is static.
        unsafe { *out = *value };
        BATON_OK
    }

    unsafe extern "C" fn count(_: *const baton_value) -> i32 {
        BATON_OK
    }

    static METHODS: baton_error_methods = baton_error_methods {
        struct_size: size_of::<baton_error_methods>() as u32,
        reserved0: 0,
        kind,
        message: None,
        payload: None,
        cause: Some(cause),
        context: None,
        frames: None,
        add_frame: None,
    };

    static TYPE: baton_type = baton_type {
        struct_size: size_of::<baton_type>() as u32,
        abi_major: BATON_ABI_MAJOR,
        abi_minor: BATON_ABI_MINOR,
        magic: BATON_TYPE_MAGIC,
        reserved0: 0,
        flags: 0,
        name: c"circle".as_ptr(),
        retain: count,
        release: count,
        provider: null(),
        data: null_mut(),
        traverse: None,
        as_async: null(),
        as_coroutine: null(),
        as_link: null(),
        as_error: &METHODS,
        query: None,
        reserved1: null(),
    };

    pub fn make() -> baton::Error {
        let object = (&raw const METHODS).cast_mut().cast();
        // SAFETY: the object is never looked at, and needs no reference.
        unsafe { baton::Error::from_raw(baton_from_object(&TYPE, object)) }
    }
}

#[test]
fn a_circle_of_causes_is_shown_to_a_depth() {
    let _clean = clean();
    let error = circle::make();
    let text = format!("{error:#}");
    assert_eq!(text, ["key-error"; 101].join(": "));
    let mut depth = 0;
    let mut source = error.source();
    while let Some(cause) = source {
        depth += 1;
        source = cause.source();
    }
    assert_eq!(depth, 100);
}
