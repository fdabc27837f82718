// SPDX-License-Identifier: MIT
//! What makes `inspect.iscoroutinefunction` true of functions and methods.

use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyModule, PyType};

use crate::table;

/// Wraps a callable that returns coroutines so that
/// `inspect.iscoroutinefunction` is true of it.
pub fn coroutine_function<'py>(
    callable: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    let table = table::get(py)?;
    // SAFETY: attached; the callable is borrowed, the result ours.
    unsafe {
        Bound::from_owned_ptr_or_err(
            py,
            (table.coroutine_function)(table, callable.as_ptr()),
        )
    }
}

/// Adds a function to its module. Fails with ImportError if the shared types are
/// of another major version of the ABI.
pub fn add_function(
    module: &Bound<'_, PyModule>,
    function: Bound<'_, PyCFunction>,
) -> PyResult<()> {
    let name: String = function.getattr("__name__")?.extract()?;
    module.add(name.as_str(), coroutine_function(&function)?)
}

/// How Python binds a method.
#[derive(Clone, Copy)]
pub enum Binding {
    /// To the object.
    Instance,
    /// To the class.
    Class,
    /// To nothing.
    Static,
}

/// The class attribute that takes the place of the method `name`, which it
/// calls. For a class that is being made: only its methods are there yet.
pub fn mark_method(
    class: &Bound<'_, PyType>,
    name: &str,
    binding: Binding,
) -> PyResult<Py<PyAny>> {
    let py = class.py();
    let method = class.getattr("__dict__")?.get_item(name)?;
    let builtins = py.import("builtins")?;
    let marked = match binding {
        Binding::Instance => coroutine_function(&method)?,
        Binding::Class => {
            let marked = coroutine_function(&method)?;
            builtins.getattr("classmethod")?.call1((marked,))?
        }
        Binding::Static => {
            let function = method.getattr("__func__").unwrap_or(method);
            let marked = coroutine_function(&function)?;
            builtins.getattr("staticmethod")?.call1((marked,))?
        }
    };
    Ok(marked.unbind())
}
