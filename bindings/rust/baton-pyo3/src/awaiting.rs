// SPDX-License-Identifier: MIT
//! Python's awaitables and async iterables in Rust.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll};

use baton::raw::Portable;
use baton::Awaiting;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::convert;

/// What can be awaited as in Python.
pub trait IntoAwaitable {
    /// Gives its future. Fails with TypeError for None and booleans, which are
    /// scalars to other languages; what else cannot be awaited fails in the await.
    fn into_awaitable(self) -> PyResult<PyAwait>;
}

impl IntoAwaitable for &Bound<'_, PyAny> {
    fn into_awaitable(self) -> PyResult<PyAwait> {
        self.clone().into_awaitable()
    }
}

impl IntoAwaitable for Bound<'_, PyAny> {
    fn into_awaitable(self) -> PyResult<PyAwait> {
        if !convert::is_driven_by_python(&self)? {
            let name = self.get_type().name()?;
            let text = format!("'{name}' object can't be awaited");
            return Err(PyTypeError::new_err(text));
        }
        Ok(PyAwait(State::Fresh {
            object: self.unbind(),
            delegated: false,
        }))
    }
}

impl IntoAwaitable for Py<PyAny> {
    fn into_awaitable(self) -> PyResult<PyAwait> {
        Python::attach(|py| self.into_bound(py).into_awaitable())
    }
}

/// The future of a Python awaitable.
///
/// In a coroutine that Python runs it is awaited in the same task: send, throw
/// and close go straight to it. Elsewhere, as in a task of tokio's, it drives
/// the awaitable with the GIL; a future of asyncio is then waited for in its
/// own loop. Dropped early, it closes what it has begun to await.
#[must_use = "futures do nothing unless awaited"]
pub struct PyAwait(State);

enum State {
    Fresh {
        object: Py<PyAny>,
        delegated: bool, // by its author's promise
    },
    Begun(Awaiting<Portable>),
}

impl PyAwait {
    /// Awaits it as [`baton::delegate`] does: as the only thing that the coroutine
    /// waits for. In a generator that is what `yield from` is.
    pub fn delegated(mut self) -> Self {
        if let State::Fresh { delegated, .. } = &mut self.0 {
            *delegated = true;
        }
        self
    }

    fn begin(&mut self, py: Python<'_>) -> PyResult<&mut Awaiting<Portable>> {
        if let State::Fresh { object, delegated } = &self.0 {
            let value = convert::from_object(object.bind(py))?;
            // SAFETY: any thread may drop a Python object, and it takes the GIL
            // for itself wherever it is driven: nobody else uses it meanwhile.
            let awaitable = unsafe { Portable::new(value) };
            self.0 = State::Begun(if *delegated {
                baton::delegate(awaitable)
            } else {
                awaitable.into_future()
            });
        }
        match &mut self.0 {
            State::Begun(awaiting) => Ok(awaiting),
            State::Fresh { .. } => unreachable!("it has begun"),
        }
    }
}

impl Future for PyAwait {
    type Output = PyResult<Py<PyAny>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Python::attach(|py| {
            let awaiting = match self.begin(py) {
                Ok(awaiting) => awaiting,
                Err(error) => return Poll::Ready(Err(error)),
            };
            Pin::new(awaiting).poll(context).map(|result| match result {
                Ok(value) => convert::to_object(py, value),
                Err(error) => Err(convert::to_exception(py, error)),
            })
        })
    }
}
