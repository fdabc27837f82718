// SPDX-License-Identifier: MIT
//! As an author of an extension has it with Baton.

use baton_pyo3::IntoAwaitable;
use futures::stream;
use pyo3::prelude::*;

fn iterator(iterable: &Py<PyAny>) -> PyResult<Py<PyAny>> {
    Python::attach(|py| Ok(iterable.bind(py).try_iter()?.into_any().unbind()))
}

fn next(iterator: &Py<PyAny>) -> PyResult<Option<Py<PyAny>>> {
    Python::attach(|py| {
        let item = iterator.bind(py).try_iter()?.next().transpose()?;
        Ok(item.map(Bound::unbind))
    })
}

baton::code!(Produce = "produce");

#[pymodule]
mod baton_rust {
    use super::*;

    #[baton_pyo3::coroutine]
    #[pyfunction]
    async fn relay(awaitable: Py<PyAny>) -> PyResult<Py<PyAny>> {
        awaitable.into_awaitable()?.await
    }

    #[pyfunction]
    fn produce(py: Python<'_>, awaitables: Py<PyAny>) -> PyResult<Py<PyAny>> {
        let items = stream::try_unfold((awaitables, false), |(from, begun)| async move {
            let from = if begun { from } else { iterator(&from)? };
            let Some(awaitable) = next(&from)? else {
                return Ok(None);
            };
            let item = awaitable.into_awaitable()?.await?;
            Ok(Some((item, (from, true))))
        });
        baton_pyo3::async_iterator_with_code::<Produce, _, _>(py, items)
    }
}
