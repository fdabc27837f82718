// SPDX-License-Identifier: MIT
//! A library that offers what it makes, found as others find it.

use std::ffi::CStr;

use baton::sys::*;
use baton::{block_on, Error, Handle, Value};

use crate::support::*;

baton::provider! {
    name: "arithmetic",
    version: "1.2.3",
    exports: {
        "double", "Doubles a number.": |arguments| {
            let number = i64::try_from(&arguments[0])?;
            Ok(Handle::new(async move { 2 * number }).into())
        },
        "fail", "Fails.": |_| Err(Error::from("no such thing")),
    }
}

fn create(name: &CStr, arguments: &mut [baton_value]) -> Result<Value, Error> {
    // SAFETY: the provider is static, and as the contract says.
    unsafe {
        let provider = &*baton_provider_v0();
        let exports =
            std::slice::from_raw_parts(provider.exports, provider.export_count as usize);
        let export = exports
            .iter()
            .find(|export| CStr::from_ptr((***export).name) == name)
            .unwrap();
        let mut out = baton_none();
        let count = arguments.len() as u64;
        let status = ((**export).create)(
            *export,
            std::ptr::null_mut(),
            arguments.as_mut_ptr(),
            count,
            &mut out,
        );
        match status {
            BATON_OK => Ok(Value::from_raw(out)),
            _ => Err(Error::from_raw(out)),
        }
    }
}

#[test]
fn an_export_makes_a_coroutine() {
    let _clean = clean();
    let mut arguments = [Value::from(21).into_raw()];
    let made = create(c"double", &mut arguments).unwrap();
    assert_eq!(
        number(block_on(made.into_awaitable().unwrap()).unwrap()),
        42
    );
}

#[test]
fn an_export_that_fails_or_panics_gives_the_error_and_takes_nothing() {
    let _clean = clean();
    assert_eq!(
        create(c"fail", &mut []).unwrap_err().message(),
        "no such thing"
    );
    let mut arguments = [Value::from("text").into_raw()];
    let error = create(c"double", &mut arguments).unwrap_err();
    assert_eq!(error.message(), "expected i64, not text");
    // SAFETY: it was not taken.
    let left = unsafe { Value::from_raw(arguments[0]) };
    assert_eq!(left.as_str(), Some("text"));
    let error = create(c"double", &mut []).unwrap_err();
    assert_eq!(error.kind(), baton::Kind::PANIC);
}

#[test]
fn the_provider_names_itself() {
    // SAFETY: the texts are static and terminated.
    let (name, version, language) = unsafe {
        let provider = &*baton_provider_v0();
        (
            CStr::from_ptr(provider.name),
            CStr::from_ptr(provider.version),
            CStr::from_ptr(provider.language),
        )
    };
    assert_eq!(
        (name, version, language),
        (c"arithmetic", c"1.2.3", c"rust")
    );
}
