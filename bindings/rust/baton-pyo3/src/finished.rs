// SPDX-License-Identifier: MIT
//! What an `async fn` returns becomes what Python gets. The same method for
//! three sorts of results, of which the compiler takes the one that fits.

use std::any::TypeId;

use baton::Error;
use pyo3::prelude::*;
use pyo3::IntoPyObjectExt;

use crate::convert;

/// Nothing is None, as for PyO3's own functions.
fn object_of<T>(value: T, py: Python<'_>) -> PyResult<Py<PyAny>>
where
    T: for<'py> IntoPyObject<'py> + 'static,
{
    if TypeId::of::<T>() == TypeId::of::<()>() {
        return Ok(py.None());
    }
    value.into_py_any(py)
}

/// What an `async fn` has returned.
pub struct Finished<T>(pub T);

impl<T, E> Finished<Result<T, E>>
where
    T: for<'py> IntoPyObject<'py> + 'static,
    E: Into<PyErr>,
{
    /// Of what may fail with an exception.
    pub fn into_result(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        object_of(self.0.map_err(Into::into)?, py)
    }
}

/// Of what cannot fail.
pub trait PlainResult {
    /// As that of [`Finished`].
    fn into_result(self, py: Python<'_>) -> PyResult<Py<PyAny>>;
}

impl<T: for<'py> IntoPyObject<'py> + 'static> PlainResult for Finished<T> {
    fn into_result(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        object_of(self.0, py)
    }
}

/// Of what may fail with an error of Baton's.
pub trait NativeResult {
    /// As that of [`Finished`].
    fn into_result(self, py: Python<'_>) -> PyResult<Py<PyAny>>;
}

impl<T: for<'py> IntoPyObject<'py> + 'static> NativeResult for Finished<Result<T, Error>> {
    fn into_result(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let value = self.0.map_err(|error| convert::to_exception(py, error))?;
        object_of(value, py)
    }
}
