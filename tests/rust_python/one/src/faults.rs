// SPDX-License-Identifier: MIT
//! What goes wrong.

use std::rc::Rc;
use std::sync::Mutex;
use std::task::Waker;

use baton_pyo3::IntoAwaitable;
use pyo3::prelude::*;

use crate::basics::Tracked;
use crate::signal::Signal;

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn panics(text: String) {
    let _tracked = Tracked::new();
    panic!("{text}");
}

/// No coroutine: the panic is PyO3's.
#[pyfunction]
pub fn plainly_panics() {
    panic!("plainly");
}

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn calls(callable: Py<PyAny>) -> PyResult<Py<PyAny>> {
    Python::attach(|py| callable.call0(py))
}

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn panics_after(awaitable: Py<PyAny>, text: String) -> PyResult<()> {
    let _tracked = Tracked::new();
    awaitable.into_awaitable()?.await?;
    panic!("{text}");
}

/// Calls Python when it is dropped, and leaves its exception where it is.
struct Calls(Py<PyAny>);

impl Drop for Calls {
    fn drop(&mut self) {
        Python::attach(|py| {
            if let Err(error) = self.0.call0(py) {
                error.restore(py);
            }
        });
    }
}

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn raises_in_drop(
    awaitable: Py<PyAny>,
    callable: Py<PyAny>,
) -> PyResult<Py<PyAny>> {
    let _calls = Calls(callable);
    awaitable.into_awaitable()?.await
}

struct Panics;

impl Drop for Panics {
    fn drop(&mut self) {
        panic!("dropped badly");
    }
}

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn panics_in_drop(awaitable: Py<PyAny>) -> PyResult<Py<PyAny>> {
    let _panics = Panics;
    awaitable.into_awaitable()?.await
}

static KEPT: Mutex<Option<Waker>> = Mutex::new(None);

/// Never ends by itself; its waker is kept for `wake_kept`.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn keeps_waker() {
    let _tracked = Tracked::new();
    std::future::poll_fn::<(), _>(|context| {
        *KEPT.lock().unwrap() = Some(context.waker().clone());
        std::task::Poll::Pending
    })
    .await;
}

/// Wakes by what was kept, some times.
#[pyfunction]
pub fn wake_kept(py: Python<'_>, times: u32) -> bool {
    py.detach(|| {
        let kept = KEPT.lock().unwrap().take();
        for waker in kept.iter() {
            (0..times).for_each(|_| waker.wake_by_ref());
        }
        kept.is_some()
    })
}

/// Of one thread: its future is not `Send`.
#[baton_pyo3::coroutine(local)]
#[pyfunction]
pub async fn local(milliseconds: u64) -> u64 {
    let _tracked = Tracked::new();
    let kept = Rc::new(milliseconds);
    Signal::after(milliseconds).await;
    *kept
}

/// The payload of an exception, as Rust shows it.
#[pyfunction]
pub fn payload_of(py: Python<'_>, exception: Py<PyAny>) -> String {
    let exception = PyErr::from_value(exception.into_bound(py));
    let payload = baton_pyo3::from_exception(py, exception).payload();
    format!("{payload:?}")
}
