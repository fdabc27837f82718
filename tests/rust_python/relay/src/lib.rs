// SPDX-License-Identifier: MIT
//! The relays of `tests/python/ext/relay.c`, of plain futures: `return await X`,
//! `return (yield from X)`, and an async generator that forwards to another. No
//! place in a file: they leave no entry in tracebacks.

mod forward;
mod target;

use std::ffi::CStr;
use std::future::IntoFuture;

use baton::{Code, Sort};
use baton_pyo3::{coroutine_handle, coroutine_object, to_object};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::target::Target;

enum Coroutine {}

impl Code for Coroutine {
    const NAME: &'static CStr = c"relay";
}

enum Generator {}

impl Code for Generator {
    const NAME: &'static CStr = c"relay";
    const SORT: Sort = Sort::Generator;
}

/// How the relays of one call are made.
#[derive(Clone, Copy)]
struct Shape {
    depth: i64,
    native: bool,
    quiet: bool,
}

/// Python objects in a row, or native handles of which Python sees the outermost.
fn link_up<C: Code>(
    py: Python<'_>,
    target: Py<PyAny>,
    shape: Shape,
) -> PyResult<Py<PyAny>> {
    if shape.depth < 1 {
        return Err(PyValueError::new_err("depth must be 1 or more"));
    }
    let mut made = target;
    for _ in 0..if shape.native { 1 } else { shape.depth } {
        let target = Target::new(made, C::SORT, shape.quiet);
        made = if shape.native {
            let mut handle = coroutine_handle::<C, _>(target.relayed());
            for _ in 1..shape.depth {
                handle = baton::Handle::with_code::<_, C>(handle.into_future());
            }
            to_object(py, handle.into())?
        } else {
            coroutine_object::<C, _>(py, target.relayed())?
        };
    }
    Ok(made)
}

/// A name that is None, like one that is not given, leaves the relay's.
fn named(
    py: Python<'_>,
    made: Py<PyAny>,
    name: Option<Py<PyAny>>,
    qualname: Option<Py<PyAny>>,
) -> PyResult<Py<PyAny>> {
    for (attribute, value) in [("__name__", name), ("__qualname__", qualname)] {
        if let Some(value) = value {
            made.setattr(py, attribute, value)?;
        }
    }
    Ok(made)
}

#[pymodule]
mod relay_rust {
    use super::*;

    #[pyfunction]
    #[pyo3(signature = (target, depth=1, native=false, name=None, qualname=None, quiet=false))]
    fn coroutine(
        py: Python<'_>,
        target: Py<PyAny>,
        depth: i64,
        native: bool,
        name: Option<Py<PyAny>>,
        qualname: Option<Py<PyAny>>,
        quiet: bool,
    ) -> PyResult<Py<PyAny>> {
        let shape = Shape {
            depth,
            native,
            quiet,
        };
        named(py, link_up::<Coroutine>(py, target, shape)?, name, qualname)
    }

    #[pyfunction]
    #[pyo3(signature = (target, depth=1, native=false, name=None, qualname=None, quiet=false))]
    fn generator(
        py: Python<'_>,
        target: Py<PyAny>,
        depth: i64,
        native: bool,
        name: Option<Py<PyAny>>,
        qualname: Option<Py<PyAny>>,
        quiet: bool,
    ) -> PyResult<Py<PyAny>> {
        let shape = Shape {
            depth,
            native,
            quiet,
        };
        named(py, link_up::<Generator>(py, target, shape)?, name, qualname)
    }

    /// `native` and `quiet` make no difference here.
    #[pyfunction]
    #[pyo3(signature = (target, depth=1, native=false, name=None, qualname=None, quiet=false))]
    #[allow(unused_variables)]
    fn async_generator(
        py: Python<'_>,
        target: Py<PyAny>,
        depth: i64,
        native: bool,
        name: Option<Py<PyAny>>,
        qualname: Option<Py<PyAny>>,
        quiet: bool,
    ) -> PyResult<Py<PyAny>> {
        let mut made = target;
        for _ in 0..depth {
            made = forward::forward(py, made)?;
        }
        named(py, made, name, qualname)
    }
}
