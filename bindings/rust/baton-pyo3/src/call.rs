// SPDX-License-Identifier: MIT
//! A call of a coroutine function: its future in an object of the shared type.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use baton::raw;
use baton::{Code, Error, Handle, Local, Value};
use pyo3::prelude::*;

use crate::attached::{dropping, reporting};
use crate::convert;
use crate::fused::Fused;
use crate::table;

/// Turns what the `async fn` returned into what Python gets.
pub type Finish<T> = fn(T, Python<'_>) -> PyResult<Py<PyAny>>;

/// What stands in the frame of the object.
struct Call<F: Future> {
    future: Fused<F>,
    finish: Finish<F::Output>,
}

impl<F: Future> Call<F> {
    fn new(future: F, finish: Finish<F::Output>) -> Self {
        Call {
            future: Fused::new(future),
            finish,
        }
    }
}

impl<F: Future> Future for Call<F> {
    type Output = Result<Value, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let finish = self.finish;
        // SAFETY: the field is pinned with the whole, and never moved.
        let future = unsafe { self.map_unchecked_mut(|this| &mut this.future) };
        Python::attach(|py| {
            reporting(py, || future.poll(context)).map(|result| {
                finish(result, py)
                    .and_then(|object| convert::from_object(object.bind(py)))
                    .map_err(|error| convert::from_exception(py, error))
            })
        })
    }
}

impl<F: Future> Drop for Call<F> {
    fn drop(&mut self) {
        if !self.future.has_ended() {
            dropping(|| self.future.end());
        }
    }
}

/// Makes the object of a call. `C` tells its name and place.
pub fn make<C, F>(
    py: Python<'_>,
    future: F,
    finish: Finish<F::Output>,
) -> PyResult<Py<PyAny>>
where
    C: Code,
    F: Future + Send + 'static,
{
    emplace::<C, F>(py, future, finish)
}

/// The same for a future that belongs to this thread; on others its object
/// refuses to run with RuntimeError.
pub fn make_local<C, F>(
    py: Python<'_>,
    future: F,
    finish: Finish<F::Output>,
) -> PyResult<Py<PyAny>>
where
    C: Code,
    F: Future + 'static,
{
    emplace::<Local<C>, F>(py, future, finish)
}

/// Makes a Python object of a future, which is called and sorted as `C` says: a
/// coroutine, a generator or an async generator.
pub fn coroutine_object<C, F>(py: Python<'_>, future: F) -> PyResult<Py<PyAny>>
where
    C: Code,
    F: Future<Output = PyResult<Py<PyAny>>> + Send + 'static,
{
    make::<C, F>(py, future, |result, _| result)
}

/// The same for a driver in Rust, or in any other language.
pub fn coroutine_handle<C, F>(future: F) -> Handle
where
    C: Code,
    F: Future<Output = PyResult<Py<PyAny>>> + Send + 'static,
{
    Handle::with_code::<_, C>(Call::new(future, |result, _| result))
}

fn emplace<C, F>(
    py: Python<'_>,
    future: F,
    finish: Finish<F::Output>,
) -> PyResult<Py<PyAny>>
where
    C: Code,
    F: Future + 'static,
{
    let table = table::get(py)?;
    let call = Call::new(future, finish);
    // SAFETY: attached; the body is static. The frame is zeroed memory of the
    // size that the body asks for, and nobody else has the object yet.
    unsafe {
        let made = (table.make)(table, raw::body::<Call<F>, C>(), std::ptr::null(), 0);
        let made = Bound::from_owned_ptr_or_err(py, made)?;
        raw::emplace::<Call<F>, C>((table.frame)(made.as_ptr()), call);
        Ok(made.unbind())
    }
}
