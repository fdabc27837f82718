// SPDX-License-Identifier: MIT
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3::prelude::*;

static ALIVE: AtomicUsize = AtomicUsize::new(0);

/// Counts itself while it lives: each coroutine of these tests holds one.
pub struct Tracked(());

impl Tracked {
    pub fn new() -> Self {
        ALIVE.fetch_add(1, Ordering::Relaxed);
        Tracked(())
    }
}

impl Drop for Tracked {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How many `Tracked` there are.
#[pyfunction]
pub fn alive() -> usize {
    ALIVE.load(Ordering::Relaxed)
}

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn answer() -> u32 {
    let _tracked = Tracked::new();
    42
}

#[baton_pyo3::coroutine]
#[pyfunction]
#[pyo3(signature = (a, b = 2, *, times = 1))]
pub async fn add(a: i64, b: i64, times: i64) -> i64 {
    (a + b) * times
}

/// Gives back what it got.
#[baton_pyo3::coroutine]
#[pyfunction]
#[pyo3(name = "documented_echo")]
pub async fn documented(mut value: Py<PyAny>) -> Py<PyAny> {
    let given = &mut value;
    Python::attach(|py| given.clone_ref(py))
}

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn echo(value: Py<PyAny>) -> Py<PyAny> {
    value
}

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn nothing() {}

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn fail(exception: Py<PyAny>) -> PyResult<()> {
    let _tracked = Tracked::new();
    Err(Python::attach(|py| {
        PyErr::from_value(exception.into_bound(py))
    }))
}

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn fail_native(text: String) -> Result<i64, baton::Error> {
    Err(baton::Error::new(baton::Kind::VALUE, &text))
}

/// An ordinary function beside them.
#[pyfunction]
pub fn plain() -> i64 {
    1
}
