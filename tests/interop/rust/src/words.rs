// SPDX-License-Identifier: MIT
//! Values and errors as words of a trace, and back: see ../../README.md.

use std::ffi::c_char;

use baton::sys::{baton_find, baton_value};
use baton::{Error, Kind, Value};

/// As `interop_witness` in host/witness.h.
#[repr(C)]
struct Table {
    struct_size: u32,
    reserved0: u32,
    say: unsafe extern "C" fn(*const c_char, u64),
    act: unsafe extern "C" fn(*const c_char, u64),
    identify: unsafe extern "C" fn(*const baton_value) -> i64,
}

/// Who hears what bodies and drivers say.
#[derive(Clone, Copy)]
pub struct Witness(&'static Table);

impl Witness {
    pub fn new(value: &Value) -> Self {
        // SAFETY: the harness gives its witness, which outlives every scenario.
        let table = unsafe {
            baton_find(value.as_raw(), c"interop.witness/1")
                .cast::<Table>()
                .as_ref()
        };
        Witness(table.expect("the harness gives a witness"))
    }

    pub fn say(self, line: &str) {
        // SAFETY: the text is valid for the call.
        unsafe { (self.0.say)(line.as_ptr().cast(), line.len() as u64) }
    }

    pub fn act(self, name: &str) {
        // SAFETY: the text is valid for the call.
        unsafe { (self.0.act)(name.as_ptr().cast(), name.len() as u64) }
    }

    pub fn value(self, value: &Value) -> String {
        if value.is_none() {
            "none".into()
        } else if let Ok(truth) = bool::try_from(value) {
            truth.to_string()
        } else if let Ok(number) = i64::try_from(value) {
            format!("i64 {number}")
        } else if let Ok(number) = u64::try_from(value) {
            format!("u64 {number}")
        } else if let Ok(number) = f64::try_from(value) {
            format!("f64 {:016x}", number.to_bits())
        } else if let Some(text) = value.as_str() {
            format!("text {}", hex(text.as_bytes()))
        } else if let Some(bytes) = value.as_bytes() {
            format!("bytes {}", hex(bytes))
        } else {
            // SAFETY: the value is valid.
            format!("object {}", unsafe { (self.0.identify)(value.as_raw()) })
        }
    }
}

fn hex(data: &[u8]) -> String {
    if data.is_empty() {
        return "-".into();
    }
    data.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = if text == "-" { "" } else { text };
    (0..digits.len() / 2)
        .map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).expect("hexadecimal"))
        .collect()
}

fn unhex_text(text: &str) -> String {
    String::from_utf8(unhex(text)).expect("the harness sends UTF-8")
}

pub fn error(error: &Error) -> String {
    let mut text = format!(
        "error {} {}",
        error.kind().0,
        hex(error.message().as_bytes())
    );
    if let Ok(number) = i64::try_from(&error.payload()) {
        text += &format!(" payload {number}");
    }
    if let Some(cause) = error.cause() {
        text += &format!(" cause {}", self::error(&cause));
    }
    text
}

pub fn read_value(text: &str) -> Value {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    match word {
        "true" | "false" => (word == "true").into(),
        "i64" => rest.parse::<i64>().expect("a number").into(),
        "u64" => rest.parse::<u64>().expect("a number").into(),
        "f64" => f64::from_bits(u64::from_str_radix(rest, 16).expect("bits")).into(),
        "text" => unhex_text(rest).into(),
        "bytes" => unhex(rest).into(),
        _ => Value::NONE,
    }
}

pub fn make_error(kind: u32, message: &str) -> Error {
    if message.is_empty() {
        Kind(kind).into()
    } else {
        Error::new(Kind(kind), message)
    }
}

/// Reads "KIND MESSAGE".
pub fn read_error(text: &str) -> Error {
    let (kind, message) = text.split_once(' ').expect("two words");
    make_error(kind.parse().expect("a number"), &unhex_text(message))
}
