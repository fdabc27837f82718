// SPDX-License-Identifier: MIT
use baton::Sort;
use baton_pyo3::IntoAwaitable;
use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;

/// What a relay awaits. If it is to be quiet, it goes without a word of its own
/// when it was never awaited: the relay's notice stands for both.
pub struct Target {
    object: Option<Py<PyAny>>,
    sort: Sort,
    quiet: bool,
}

impl Target {
    pub fn new(object: Py<PyAny>, sort: Sort, quiet: bool) -> Self {
        Target {
            object: Some(object),
            sort,
            quiet,
        }
    }

    /// `return await target`, or `return (yield from target)`.
    pub async fn relayed(mut self) -> PyResult<Py<PyAny>> {
        let object = self.object.take().expect("it begins once");
        let iterates = self.sort == Sort::Generator;
        drop(self);
        let awaited = Python::attach(|py| {
            let object = object.into_bound(py);
            if iterates {
                Ok(iterator(object)?.into_awaitable()?.delegated())
            } else {
                object.into_awaitable()
            }
        })?;
        awaited.await
    }
}

/// `yield from` iterates over what is no iterator yet; a coroutine is refused by
/// whoever drives it, or here.
fn iterator(object: Bound<'_, PyAny>) -> PyResult<Bound<'_, PyAny>> {
    // SAFETY: the object is valid.
    if unsafe { ffi::PyCoro_CheckExact(object.as_ptr()) } != 0 {
        return Err(PyTypeError::new_err(
            "cannot 'yield from' a coroutine object in a non-coroutine generator",
        ));
    }
    if object.get_type().name()? == "coroutine" {
        return Ok(object);
    }
    Ok(object.try_iter()?.into_any())
}

impl Drop for Target {
    fn drop(&mut self) {
        let Some(object) = self.object.take().filter(|_| self.quiet) else {
            return;
        };
        Python::attach(|py| {
            if object.bind(py).hasattr("close").unwrap_or(false) {
                if let Err(error) = object.call_method0(py, "close") {
                    error.write_unraisable(py, Some(object.bind(py)));
                }
            }
        });
    }
}
