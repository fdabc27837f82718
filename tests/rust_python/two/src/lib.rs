// SPDX-License-Identifier: MIT
//! A second extension, with a copy of the shim of its own, or none of it. Its
//! module is a function.

use baton_pyo3::IntoAwaitable;
use pyo3::prelude::*;

#[baton_pyo3::coroutine]
#[pyfunction]
async fn answer() -> u32 {
    42
}

#[baton_pyo3::coroutine]
#[pyfunction]
async fn panics(text: String) {
    panic!("{text}");
}

#[baton_pyo3::coroutine]
#[pyfunction]
async fn relay(awaitable: Py<PyAny>) -> PyResult<Py<PyAny>> {
    awaitable.into_awaitable()?.await
}

#[pymodule]
fn rust_two(module: &Bound<'_, PyModule>) -> PyResult<()> {
    std::panic::set_hook(Box::new(|_| {})); // exceptions tell of panics
    baton_pyo3::add_function!(module, answer)?;
    baton_pyo3::add_function!(module, panics)?;
    baton_pyo3::add_function!(module, relay)
}
