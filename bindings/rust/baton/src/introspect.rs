// SPDX-License-Identifier: MIT
//! What coroutines of all languages tell of themselves.

use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::ptr::null;

use baton_sys::*;

use crate::{text, Error, Frame, Value};

/// Where a coroutine stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not started.
    Created,
    /// On some stack.
    Running,
    /// Waits to be resumed.
    Suspended,
    /// Has ended.
    Closed,
}

impl State {
    fn from_raw(state: u32) -> Option<Self> {
        match u8::try_from(state).ok()? {
            BATON_CREATED => Some(State::Created),
            BATON_RUNNING => Some(State::Running),
            BATON_SUSPENDED => Some(State::Suspended),
            BATON_CLOSED => Some(State::Closed),
            _ => None,
        }
    }
}

/// One of a chain of coroutines that await each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name, or that of its type.
    pub name: String,
    /// Where it stands, if it tells.
    pub state: Option<State>,
    /// Where its code is suspended, if it tells.
    pub location: Option<Frame>,
}

fn table(value: &Value) -> Option<&baton_introspect> {
    // SAFETY: the value is valid; the table belongs to this id.
    unsafe {
        baton_find(value.as_raw(), BATON_EXT_INTROSPECT)
            .cast::<baton_introspect>()
            .as_ref()
    }
}

pub(crate) fn state(value: &Value) -> Option<State> {
    let mut state = 0;
    // SAFETY: the value is valid.
    let status = unsafe { (table(value)?.state)(value.as_raw(), &mut state) };
    (status == BATON_OK)
        .then(|| State::from_raw(state))
        .flatten()
}

pub(crate) fn name(value: &Value) -> &str {
    let mut view = baton_text_view {
        data: null(),
        size: 0,
    };
    let Some(table) = table(value) else {
        return value.type_name();
    };
    // SAFETY: the view lives as long as the reference.
    unsafe {
        match (table.name)(value.as_raw(), &mut view) {
            BATON_OK => text::view(&view).unwrap_or("?"),
            _ => value.type_name(),
        }
    }
}

pub(crate) fn location(value: &Value) -> Option<Frame> {
    let mut frame = MaybeUninit::uninit();
    let location = table(value)?.location?;
    // SAFETY: on success the frame is written, and lent for now.
    unsafe {
        (location(value.as_raw(), frame.as_mut_ptr()) == BATON_OK)
            .then(|| Frame::from_raw(frame.assume_init_ref()))
    }
}

pub(crate) fn chain(value: &Value) -> Result<Vec<Member>, Error> {
    let mut members = Vec::new();
    // SAFETY: the visitor gets the list that it expects.
    let status = unsafe {
        let list: *mut Vec<Member> = &mut members;
        baton_await_chain(value.as_raw(), visit, list.cast())
    };
    match status {
        BATON_OK => Ok(members),
        status => Err(Error::from_refusal(status, value)),
    }
}

unsafe extern "C" fn visit(
    list: *mut c_void,
    _member: *const baton_value,
    name: baton_text_view,
    state: u32,
    _kind: u32,
    location: *const baton_frame,
) {
    // SAFETY: `chain` lends a list; the rest is valid during the call.
    unsafe {
        (*list.cast::<Vec<Member>>()).push(Member {
            name: text::view(&name).unwrap_or("?").to_owned(),
            state: State::from_raw(state),
            location: location.as_ref().map(|frame| Frame::from_raw(frame)),
        });
    }
}
