// SPDX-License-Identifier: MIT
//! Async iterables of Python as streams, and streams as async iterators.

use std::future::Future;
use std::pin::Pin;
use std::task::{ready, Context, Poll};

use baton::{Code, Error, Value};
use futures_core::Stream;
use pyo3::exceptions::PyStopAsyncIteration;
use pyo3::prelude::*;
use pyo3::IntoPyObjectExt;

use crate::attached::{dropping, reporting};
use crate::awaiting::{IntoAwaitable, PyAwait};
use crate::convert;

/// What `async for` iterates over.
pub trait IntoStream {
    /// Gives its items, by `aiter`. Fails with TypeError for what is not iterable.
    fn into_stream(self) -> PyResult<PyStream>;
}

impl IntoStream for &Bound<'_, PyAny> {
    fn into_stream(self) -> PyResult<PyStream> {
        let iterator = aiter(self)?;
        Ok(PyStream {
            iterator: Some(iterator.unbind()),
            next: None,
        })
    }
}

impl IntoStream for Bound<'_, PyAny> {
    fn into_stream(self) -> PyResult<PyStream> {
        (&self).into_stream()
    }
}

impl IntoStream for Py<PyAny> {
    fn into_stream(self) -> PyResult<PyStream> {
        Python::attach(|py| self.into_bound(py).into_stream())
    }
}

fn aiter<'py>(iterable: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    iterable
        .py()
        .import("builtins")?
        .getattr("aiter")?
        .call1((iterable,))
}

/// The items of an async iterable. It ends at an item that fails.
///
/// Dropped early it lets go of the iterator, as leaving an `async for` does: an
/// async generator is then closed by its loop. [`PyStream::close`] waits for it.
#[must_use = "streams do nothing unless polled"]
pub struct PyStream {
    /// None once it has ended.
    iterator: Option<Py<PyAny>>,
    next: Option<PyAwait>,
}

impl PyStream {
    /// Closes an async generator and waits for its cleanup; other iterators need
    /// none.
    pub async fn close(mut self) -> PyResult<()> {
        self.next = None;
        let Some(iterator) = self.iterator.take() else {
            return Ok(());
        };
        let closing = Python::attach(|py| {
            let iterator = iterator.bind(py);
            match iterator.hasattr("aclose")? {
                true => iterator.call_method0("aclose")?.into_awaitable().map(Some),
                false => Ok(None),
            }
        })?;
        match closing {
            Some(closing) => closing.await.map(drop),
            None => Ok(()),
        }
    }

    fn begin(&self) -> PyResult<Option<PyAwait>> {
        Python::attach(|py| match &self.iterator {
            Some(iterator) => {
                let next = iterator.bind(py).call_method0("__anext__")?;
                next.into_awaitable().map(Some)
            }
            None => Ok(None),
        })
    }
}

impl Stream for PyStream {
    type Item = PyResult<Py<PyAny>>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        if self.next.is_none() {
            match self.begin() {
                Ok(None) => return Poll::Ready(None),
                Ok(next) => self.next = next,
                Err(error) => {
                    self.iterator = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        let next = self.next.as_mut().expect("it has begun");
        let item = ready!(Pin::new(next).poll(context));
        self.next = None;
        Poll::Ready(match item {
            Ok(item) => Some(Ok(item)),
            Err(error) => {
                self.iterator = None;
                let is_end =
                    Python::attach(|py| error.is_instance_of::<PyStopAsyncIteration>(py));
                (!is_end).then_some(Err(error))
            }
        })
    }
}

/// An async generator of a stream. An item that is an error ends it. See
/// [`async_iterator_with_code`] for a name.
pub fn async_iterator<S, T>(py: Python<'_>, stream: S) -> PyResult<Py<PyAny>>
where
    S: Stream<Item = PyResult<T>> + Send + 'static,
    T: for<'py> IntoPyObject<'py>,
{
    convert::to_object(py, Value::from_stream(ItemsOf::new(stream)))
}

/// The same, called as `C` says.
pub fn async_iterator_with_code<C, S, T>(py: Python<'_>, stream: S) -> PyResult<Py<PyAny>>
where
    C: Code,
    S: Stream<Item = PyResult<T>> + Send + 'static,
    T: for<'py> IntoPyObject<'py>,
{
    let items = ItemsOf::new(stream);
    convert::to_object(py, Value::from_stream_with_code::<_, C>(items))
}

/// The items as values.
struct ItemsOf<S> {
    /// None once it has ended.
    stream: Option<S>,
}

impl<S> ItemsOf<S> {
    fn new(stream: S) -> Self {
        let stream = Some(stream);
        ItemsOf { stream }
    }
}

impl<S, T> Stream for ItemsOf<S>
where
    S: Stream<Item = PyResult<T>>,
    T: for<'py> IntoPyObject<'py>,
{
    type Item = Result<Value, Error>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        // SAFETY: the field is pinned with the whole: dropped in place, never
        // moved.
        let mut place = unsafe { self.map_unchecked_mut(|this| &mut this.stream) };
        Python::attach(|py| {
            let Some(stream) = place.as_mut().as_pin_mut() else {
                return Poll::Ready(None);
            };
            let item = ready!(reporting(py, || stream.poll_next(context)));
            if item.is_none() {
                place.set(None);
            }
            Poll::Ready(item.map(|item| {
                item.and_then(|item| item.into_bound_py_any(py))
                    .and_then(|object| convert::from_object(&object))
                    .map_err(|error| convert::from_exception(py, error))
            }))
        })
    }
}

impl<S> Drop for ItemsOf<S> {
    fn drop(&mut self) {
        if self.stream.is_some() {
            dropping(|| self.stream = None);
        }
    }
}
