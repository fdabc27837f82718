// SPDX-License-Identifier: MIT
//! Who is told of a cancellation, and who is not.

use baton_pyo3::IntoAwaitable;
use pyo3::prelude::*;

use crate::basics::Tracked;
use crate::signal::Signal;

/// Tells a list when it is dropped.
struct Guard(Py<PyAny>);

impl Drop for Guard {
    fn drop(&mut self) {
        Python::attach(|py| self.0.call_method1(py, "append", ("dropped",)).unwrap());
    }
}

/// Is not told: dropped in the middle.
#[baton_pyo3::coroutine]
#[pyfunction]
#[pyo3(signature = (log, awaitable = None))]
pub async fn guarded(log: Py<PyAny>, awaitable: Option<Py<PyAny>>) -> PyResult<()> {
    let _tracked = Tracked::new();
    let _guard = Guard(log);
    match awaitable {
        Some(awaitable) => awaitable.into_awaitable()?.await.map(drop),
        None => {
            Signal::default().await;
            Ok(())
        }
    }
}

/// Is told, and returns what.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn told() -> PyResult<String> {
    let _tracked = Tracked::new();
    let error = baton::thrown().await;
    Python::attach(|py| {
        let error = baton_pyo3::to_exception(py, error);
        Ok(format!("told: {}", error.get_type(py).name()?))
    })
}

/// Goes on until an awaitable has ended, whatever is thrown.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn refuses(awaitable: Py<PyAny>) -> PyResult<&'static str> {
    let _tracked = Tracked::new();
    let (result, thrown) = baton::shielded(awaitable.into_awaitable()?).await;
    result?;
    Ok(if thrown.is_some() {
        "refused"
    } else {
        "nothing was thrown"
    })
}

/// Is told, awaits a cleanup, and ends as it was asked.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn cleans_up(cleanup: Py<PyAny>) -> PyResult<()> {
    let _tracked = Tracked::new();
    let error = baton::thrown().await;
    cleanup.into_awaitable()?.await?;
    Err(Python::attach(|py| baton_pyo3::to_exception(py, error)))
}
