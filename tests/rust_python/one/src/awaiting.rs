// SPDX-License-Identifier: MIT
//! Python's awaitables awaited in Rust.

use baton_pyo3::{IntoAwaitable, IntoStream};
use futures::future::{self, Either};
use futures::StreamExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::basics::Tracked;
use crate::loops::RUNTIME;
use crate::signal::Signal;

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn relay(awaitable: Py<PyAny>) -> PyResult<Py<PyAny>> {
    let _tracked = Tracked::new();
    awaitable.into_awaitable()?.await
}

#[baton_pyo3::coroutine(detach)]
#[pyfunction]
pub async fn relay_detached(awaitable: Py<PyAny>) -> PyResult<Py<PyAny>> {
    let _tracked = Tracked::new();
    awaitable.into_awaitable()?.await
}

/// Awaits one after the other.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn sum(awaitables: Vec<Py<PyAny>>) -> PyResult<i64> {
    let mut total = 0;
    for awaitable in awaitables {
        let number = awaitable.into_awaitable()?.await?;
        total += Python::attach(|py| number.extract::<i64>(py))?;
    }
    Ok(total)
}

/// Awaits all at once.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn join(awaitables: Vec<Py<PyAny>>) -> PyResult<Vec<Py<PyAny>>> {
    let _tracked = Tracked::new();
    let begun: PyResult<Vec<_>> = awaitables
        .into_iter()
        .map(IntoAwaitable::into_awaitable)
        .collect();
    future::try_join_all(begun?).await
}

/// The same, and waits for all of them, whatever fails.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn join_all(awaitables: Vec<Py<PyAny>>) -> PyResult<Vec<Py<PyAny>>> {
    let begun: PyResult<Vec<_>> = awaitables
        .into_iter()
        .map(IntoAwaitable::into_awaitable)
        .collect();
    future::join_all(begun?).await.into_iter().collect()
}

/// Awaits what comes first: an awaitable, or a thread after some time.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn select(
    awaitable: Py<PyAny>,
    milliseconds: u64,
) -> PyResult<Option<Py<PyAny>>> {
    let _tracked = Tracked::new();
    let awaited = awaitable.into_awaitable()?;
    match future::select(awaited, Signal::after(milliseconds)).await {
        Either::Left((result, _)) => result.map(Some),
        Either::Right(_) => Ok(None),
    }
}

/// Awaits beside what is there at once: after one poll the await is given up.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn loses(awaitable: Py<PyAny>) -> PyResult<Option<Py<PyAny>>> {
    let _tracked = Tracked::new();
    let awaited = awaitable.into_awaitable()?;
    match future::select(awaited, future::ready(())).await {
        Either::Left((result, _)) => result.map(Some),
        Either::Right(_) => Ok(None),
    }
}

/// Gives the exception that an awaitable fails with, or None.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn catching(awaitable: Py<PyAny>) -> PyResult<Option<Py<PyAny>>> {
    let failed = awaitable.into_awaitable()?.await.err();
    Ok(failed.map(|error| Python::attach(|py| error.into_value(py).into_any())))
}

/// All items of an async iterable.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn collect(iterable: Py<PyAny>) -> PyResult<Vec<Py<PyAny>>> {
    let mut items = Vec::new();
    let mut stream = iterable.into_stream()?;
    while let Some(item) = stream.next().await {
        items.push(item?);
    }
    Ok(items)
}

/// The first items of an async iterable, and leaves the rest.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn take(iterable: Py<PyAny>, count: usize) -> PyResult<Vec<Py<PyAny>>> {
    let items: Vec<_> = iterable.into_stream()?.take(count).collect().await;
    items.into_iter().collect()
}

/// Awaits in a task of tokio's, on a thread of its own.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn in_tokio(awaitable: Py<PyAny>) -> PyResult<Py<PyAny>> {
    let task = RUNTIME.spawn(awaitable.into_awaitable()?);
    task.await
        .map_err(|error| PyValueError::new_err(error.to_string()))?
}

/// The same, and gives the task up when something else has happened. Tells whether
/// it was cancelled.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn aborted_in_tokio(awaitable: Py<PyAny>, begun: Py<PyAny>) -> PyResult<bool> {
    let task = RUNTIME.spawn(awaitable.into_awaitable()?);
    begun.into_awaitable()?.await?;
    task.abort();
    Ok(task.await.is_err_and(|error| error.is_cancelled()))
}

baton::code!(WokenItems = "woken_items");

/// An async iterator, each of whose items a thread wakes for.
#[pyfunction]
pub fn woken_items(py: Python<'_>, last: i64) -> PyResult<Py<PyAny>> {
    let (signals, given) = std::sync::mpsc::channel::<Signal>();
    std::thread::spawn(move || given.into_iter().for_each(|signal| signal.give()));
    let items = futures::stream::unfold(0, move |number| {
        let signals = signals.clone();
        async move {
            if number == last {
                return None;
            }
            let signal = Signal::default();
            signals.send(signal.clone()).ok()?;
            signal.await;
            Some((Ok(number), number + 1))
        }
    });
    baton_pyo3::async_iterator_with_code::<WokenItems, _, _>(py, items)
}

/// An async iterator of Rust's stream.
#[pyfunction]
pub fn count_to(py: Python<'_>, last: i64) -> PyResult<Py<PyAny>> {
    let tracked = Tracked::new();
    let items = futures::stream::iter(0..=last).map(move |number| {
        let _ = &tracked;
        if number == 3 {
            return Err(PyValueError::new_err("three"));
        }
        Ok(number)
    });
    baton_pyo3::async_iterator(py, items)
}
