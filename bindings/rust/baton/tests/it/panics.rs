// SPDX-License-Identifier: MIT
//! A panic in every place where others call Rust.

use std::ffi::c_void;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake, Waker};

use baton::sys::{baton_set_unraisable_hook, baton_value};
use baton::{Error, Handle, IntoOutcome, Kind, Value};

use crate::support::*;

/// Collects what goes to the unraisable hook while `run` runs.
fn unraisable(run: impl FnOnce()) -> Vec<String> {
    unsafe extern "C" fn hook(
        arg: *mut c_void,
        error: *const baton_value,
        _where: *const baton_value,
    ) {
        // SAFETY: the list lives for the call; the error is borrowed.
        unsafe {
            let copy = baton::sys::baton_copy(&*error).unwrap();
            let error = Error::from_raw(copy);
            (*arg.cast::<Vec<String>>()).push(format!("{error:?}"));
        }
    }
    let mut list: Vec<String> = Vec::new();
    let arg: *mut Vec<String> = &mut list;
    // SAFETY: one test at a time uses the hook; the list outlives it.
    unsafe {
        baton_set_unraisable_hook(Some(hook), arg.cast());
        run();
        baton_set_unraisable_hook(None, std::ptr::null_mut());
    }
    list
}

struct PanicsInDrop;

impl Drop for PanicsInDrop {
    fn drop(&mut self) {
        panic!("test: drop");
    }
}

#[test]
fn in_a_poll_it_is_an_error_with_its_place() {
    let _clean = clean();
    let line = line!() + 1;
    let mut handle = Handle::new(async { panic!("test: poll") as () });
    let error = step(&mut handle).unwrap_err();
    assert_eq!((error.kind(), error.message()), (Kind::PANIC, "test: poll"));
    let frame = &error.frames()[0];
    assert_eq!((frame.language.as_str(), frame.line), ("rust", line));
    assert!(frame.file.ends_with("panics.rs"));
    assert!(step(&mut handle).is_err());
}

#[test]
fn with_a_payload_that_is_no_text_it_is_told_so() {
    let _clean = clean();
    let mut handle = Handle::new(async { std::panic::resume_unwind(Box::new(7)) as () });
    let error = step(&mut handle).unwrap_err();
    assert_eq!(error.message(), "a panic whose payload is no text");
}

#[test]
fn with_a_payload_that_panics_in_drop_it_is_an_error_all_the_same() {
    let _clean = clean();
    let mut handle = Handle::new(async { std::panic::panic_any(PanicsInDrop) as () });
    let error = step(&mut handle).unwrap_err();
    assert_eq!(error.kind(), Kind::PANIC);
}

#[test]
fn while_children_are_driven_they_are_closed() {
    let _clean = clean();
    let child = Handle::new(Gate::default());
    let other = Handle::new(Gate::default());
    let mut handle = Handle::new(async move {
        let mut polls = 0;
        let panics = poll_fn(move |_| -> std::task::Poll<()> {
            polls += 1;
            assert!(polls < 3, "test: third poll");
            std::task::Poll::Pending
        });
        let _ = futures::join!(child.awaiting(), other.awaiting(), panics);
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    let error = step(&mut handle).unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (Kind::PANIC, "test: third poll")
    );
}

#[test]
fn in_the_drop_of_a_future_it_goes_to_the_hook() {
    let _clean = clean();
    let told = unraisable(|| {
        let mut handle = Handle::new(async {
            let _panics = PanicsInDrop;
            pause().await;
            pause().await;
        });
        assert_eq!(told(step(&mut handle)), "PENDING");
        drop(handle);
    });
    assert_eq!(told, ["panic: test: drop"]);
}

#[test]
fn in_the_drop_of_an_ended_future_the_result_stands() {
    let _clean = clean();
    let told = unraisable(|| {
        let panics = PanicsInDrop;
        let future = {
            let mut kept = Some(panics);
            poll_fn(move |_| {
                let _ = &mut kept;
                std::task::Poll::Ready(5)
            })
        };
        let mut handle = Handle::new(future);
        assert_eq!(told(step(&mut handle)), "RETURN 5");
    });
    assert_eq!(told, ["panic: test: drop"]);
}

#[test]
fn in_the_drop_of_a_rust_value_it_goes_to_the_hook() {
    let _clean = clean();
    let told = unraisable(|| drop(Value::new_boxed(PanicsInDrop)));
    assert_eq!(told, ["panic: test: drop"]);
}

#[derive(Debug)]
struct PanicsInError(#[allow(dead_code)] Arc<Mutex<()>>);

impl std::fmt::Display for PanicsInError {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("test: display")
    }
}

impl std::error::Error for PanicsInError {}

#[test]
fn in_the_text_of_an_error_it_is_the_error() {
    let _clean = clean();
    let mut handle =
        Handle::new(async { Err::<(), _>(Error::from_std(PanicsInError(Arc::default()))) });
    let error = step(&mut handle).unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (Kind::PANIC, "test: display")
    );
}

struct PanicsInConversion;

impl IntoOutcome for PanicsInConversion {
    fn into_outcome(self) -> Result<Value, Error> {
        panic!("test: outcome")
    }
}

#[test]
fn in_the_conversion_of_an_output_it_is_an_error() {
    let _clean = clean();
    let mut handle = Handle::new(async { PanicsInConversion });
    let error = step(&mut handle).unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (Kind::PANIC, "test: outcome")
    );
}

struct PanicsInWake;

impl Wake for PanicsInWake {
    fn wake(self: Arc<Self>) {
        panic!("test: wake")
    }
}

#[test]
fn in_a_waker_it_goes_to_the_hook() {
    let _clean = clean();
    let told = unraisable(|| {
        let waker = Waker::from(Arc::new(PanicsInWake));
        let gate = Gate::default();
        let mut handle = Handle::new(gate.clone());
        let mut cx = Context::from_waker(&waker);
        assert_eq!(told(handle.send(&mut cx, Value::NONE)), "PENDING");
        gate.open();
        assert_eq!(told(step(&mut handle)), "RETURN none");
    });
    assert_eq!(told, ["panic: test: wake"]);
}

#[test]
fn while_a_thread_ends_it_goes_to_the_hook() {
    let _clean = clean();
    thread_local! {
        static KEPT: std::cell::RefCell<Option<Handle>> = const { std::cell::RefCell::new(None) };
    }
    let told = unraisable(|| {
        let ends = std::thread::spawn(|| {
            let mut kept = Handle::new(async {
                let _panics = PanicsInDrop;
                pause().await;
                pause().await;
            });
            assert_eq!(told(step(&mut kept)), "PENDING");
            // Entered first, it is dropped after what the crate has there.
            KEPT.set(Some(kept));
            let error = step(&mut Handle::new(async { panic!("test: first") as () }));
            assert_eq!(error.unwrap_err().message(), "test: first");
        });
        ends.join().unwrap();
    });
    assert_eq!(told, ["panic: test: drop"]);
}
