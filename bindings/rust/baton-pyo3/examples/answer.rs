// SPDX-License-Identifier: MIT
//! What the guide shows: a module of Python's.

// [module]
use baton_pyo3::{IntoAwaitable, IntoStream};
use futures::StreamExt;
use pyo3::prelude::*;

#[pymodule]
mod answer {
    use super::*;

    /// A coroutine function, as `async def answer(): return 42` makes it.
    #[baton_pyo3::coroutine]
    #[pyfunction]
    async fn answer() -> i64 {
        42
    }
    // [/module]

    // [foreign]
    #[baton_pyo3::coroutine]
    #[pyfunction]
    async fn doubled(awaitable: Py<PyAny>) -> PyResult<i64> {
        let result = awaitable.into_awaitable()?.await?;
        Ok(2 * Python::attach(|py| result.extract::<i64>(py))?)
    }

    #[baton_pyo3::coroutine]
    #[pyfunction]
    async fn total(numbers: Py<PyAny>) -> PyResult<i64> {
        let (mut numbers, mut total) = (numbers.into_stream()?, 0);
        while let Some(number) = numbers.next().await {
            total += Python::attach(|py| number?.extract::<i64>(py))?;
        }
        Ok(total)
    }
    // [/foreign]

    // [stream]
    baton::code!(Count = "count");

    #[pyfunction]
    fn count(py: Python<'_>, last: i64) -> PyResult<Py<PyAny>> {
        let numbers = futures::stream::iter((0..last).map(Ok));
        baton_pyo3::async_iterator_with_code::<Count, _, _>(py, numbers)
    }
    // [/stream]

    // [tokio]
    fn runtime() -> tokio::runtime::EnterGuard<'static> {
        use std::sync::LazyLock;
        use tokio::runtime::Runtime;
        static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
        RUNTIME.enter()
    }

    /// Under any loop of Python's.
    #[baton_pyo3::coroutine(enter = runtime)]
    #[pyfunction]
    async fn rest(seconds: f64) {
        let time = std::time::Duration::from_secs_f64(seconds);
        tokio::time::sleep(time).await;
    }
    // [/tokio]
}
