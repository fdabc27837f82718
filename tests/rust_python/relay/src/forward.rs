// SPDX-License-Identifier: MIT
use baton::Error;
use baton_pyo3::{from_exception, from_object, to_exception, to_object};
use baton_pyo3::{IntoAwaitable, PyAwait};
use pyo3::exceptions::PyStopAsyncIteration;
use pyo3::prelude::*;

/// An async generator that gives another one what its consumer sends or throws,
/// and hands on the items.
pub fn forward(py: Python<'_>, target: Py<PyAny>) -> PyResult<Py<PyAny>> {
    let made = baton::async_generator(|y| async move {
        let mut step = ask(&target, |py| Ok(py.None()))?;
        loop {
            let item = match step.await {
                Ok(item) => item,
                Err(error) => return end(error),
            };
            let answer =
                y.item(Python::attach(|py| from_object(item.bind(py))).map_err(failed)?);
            let answer = answer.await;
            step = ask(&target, |py| match answer {
                Ok(sent) => to_object(py, sent),
                Err(error) => Err(to_exception(py, error)),
            })?;
        }
    });
    to_object(py, made)
}

/// Begins the next step: with what is sent, or what is thrown.
fn ask(
    target: &Py<PyAny>,
    answer: impl FnOnce(Python<'_>) -> PyResult<Py<PyAny>>,
) -> Result<PyAwait, Error> {
    Python::attach(|py| {
        let target = target.bind(py);
        let step = match answer(py) {
            Ok(sent) => target.call_method1("asend", (sent,)),
            Err(error) => target.call_method1("athrow", (error.into_value(py),)),
        };
        step.and_then(IntoAwaitable::into_awaitable)
    })
    .map_err(failed)
}

fn end(error: PyErr) -> Result<(), Error> {
    if Python::attach(|py| error.is_instance_of::<PyStopAsyncIteration>(py)) {
        return Ok(());
    }
    Err(failed(error))
}

fn failed(error: PyErr) -> Error {
    Python::attach(|py| from_exception(py, error))
}
