// SPDX-License-Identifier: MIT
//! Python coroutines in Rust, as a user of `baton-pyo3` writes them.

#[path = "../../woken.rs"]
mod woken;

use std::future::poll_fn;
use std::task::Poll;

use baton_pyo3::IntoAwaitable;
use pyo3::prelude::*;

#[pymodule]
mod rust_coroutines {
    use super::*;

    #[baton_pyo3::coroutine]
    #[pyfunction]
    async fn ready(value: Py<PyAny>) -> Py<PyAny> {
        value
    }

    /// Awaits a Python awaitable.
    #[baton_pyo3::coroutine]
    #[pyfunction]
    async fn hold(awaitable: Py<PyAny>) -> PyResult<Py<PyAny>> {
        awaitable.into_awaitable()?.await
    }

    /// Is run again soon, so many times.
    #[baton_pyo3::coroutine]
    #[pyfunction]
    async fn steps(count: u64) {
        let mut left = count;
        poll_fn(|cx| {
            if left == 0 {
                return Poll::Ready(());
            }
            left -= 1;
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }

    /// Awaits what a function of Python's makes, so many times.
    #[baton_pyo3::coroutine]
    #[pyfunction]
    async fn round_trips(function: Py<PyAny>, count: u64) -> PyResult<()> {
        for _ in 0..count {
            let made = Python::attach(|py| function.call0(py))?;
            made.into_awaitable()?.await?;
        }
        Ok(())
    }

    /// Waits for a thread, so many times.
    #[baton_pyo3::coroutine]
    #[pyfunction]
    async fn woken(count: u64) {
        crate::woken::woken(count).await;
    }
}
