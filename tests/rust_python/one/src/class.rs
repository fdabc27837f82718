// SPDX-License-Identifier: MIT
use baton_pyo3::IntoAwaitable;
use pyo3::exceptions::PyStopAsyncIteration;
use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::basics::Tracked;

#[pyclass(frozen)]
pub struct Client {
    name: String,
    _tracked: Tracked,
}

#[baton_pyo3::coroutine]
#[pymethods]
impl Client {
    #[new]
    fn new(name: String) -> Self {
        let _tracked = Tracked::new();
        Client { name, _tracked }
    }

    /// Greets, having awaited.
    #[pyo3(signature = (awaitable, greeting = String::from("hello")))]
    async fn greet(&self, awaitable: Py<PyAny>, greeting: String) -> PyResult<String> {
        let whom = awaitable.into_awaitable()?.await?;
        Ok(format!("{}: {greeting} {whom}", self.name))
    }

    async fn me(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[staticmethod]
    async fn twice(number: i64) -> i64 {
        2 * number
    }

    #[classmethod]
    async fn class_name(cls: Py<PyType>) -> PyResult<String> {
        Python::attach(|py| Ok(cls.bind(py).name()?.to_string()))
    }

    #[baton_pyo3::coroutine(detach)]
    #[pyo3(name = "detached_name")]
    async fn detached(&self) -> String {
        self.name.clone()
    }

    fn plain(&self) -> &str {
        &self.name
    }

    async fn __aenter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    async fn __aexit__(
        &self,
        kind: Py<PyAny>,
        _error: Py<PyAny>,
        _trace: Py<PyAny>,
    ) -> bool {
        Python::attach(|py| !kind.is_none(py))
    }
}

/// An async iterator.
#[pyclass]
pub struct Countdown {
    left: u32,
}

#[baton_pyo3::coroutine]
#[pymethods]
impl Countdown {
    #[new]
    fn new(left: u32) -> Self {
        Countdown { left }
    }

    fn __aiter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    async fn __anext__(slf: Py<Self>) -> PyResult<u32> {
        Python::attach(|py| {
            let mut this = slf.borrow_mut(py);
            if this.left == 0 {
                return Err(PyStopAsyncIteration::new_err(()));
            }
            this.left -= 1;
            Ok(this.left)
        })
    }
}
