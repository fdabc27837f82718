// SPDX-License-Identifier: MIT
//! Python's coroutines in tokio, by pyo3-async-runtimes.

use pyo3::prelude::*;
use pyo3_async_runtimes::tokio::{future_into_py, into_future};

#[pymodule]
mod peer_runtimes {
    use super::*;

    /// Awaits what a function of Python's makes, so many times.
    #[pyfunction]
    fn round_trips(
        py: Python<'_>,
        function: Py<PyAny>,
        count: u64,
    ) -> PyResult<Bound<'_, PyAny>> {
        future_into_py(py, async move {
            for _ in 0..count {
                let made = Python::attach(|py| into_future(function.bind(py).call0()?))?;
                made.await?;
            }
            Ok(())
        })
    }
}
