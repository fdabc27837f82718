// SPDX-License-Identifier: MIT
//! Between Python's objects and exceptions and Baton's values and errors.

use baton::{Error, Value};
use baton_sys::baton_tag_of;
use pyo3::prelude::*;

use crate::table;

/// The value of an object. Awaited in any language, it is what it is in Python.
pub fn from_object(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    let table = table::get(object.py())?;
    // SAFETY: attached, and the object is borrowed.
    Ok(unsafe { Value::from_raw((table.from_object)(table, object.as_ptr())) })
}

/// Whether the value of an object is driven by way of Python, on any thread. That
/// of None is a scalar, and a `baton.value` holds a value of another language.
pub fn is_driven_by_python(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = object.py();
    let table = table::get(py)?;
    let class = object.get_type_ptr();
    if class == table.coroutine || class == table.generator {
        return Ok(true);
    }
    let plain = from_object(&py.Ellipsis().into_bound(py))?;
    let value = from_object(object)?;
    Ok(baton_tag_of(value.as_raw()) == baton_tag_of(plain.as_raw()))
}

/// The object of a value: Python's own come home as they are.
pub fn to_object(py: Python<'_>, value: Value) -> PyResult<Py<PyAny>> {
    let table = table::get(py)?;
    let mut raw = value.into_raw();
    // SAFETY: attached; the value is taken, whether or not there is an object.
    let object = unsafe { (table.to_object)(table, &mut raw) };
    // SAFETY: the object is ours; null comes with an exception.
    unsafe { Bound::from_owned_ptr_or_err(py, object) }.map(Bound::unbind)
}

/// The exception as an error that crosses as itself.
pub fn from_exception(py: Python<'_>, exception: PyErr) -> Error {
    let table = match table::get(py) {
        Ok(table) => table,
        Err(error) => return Error::new(baton::Kind::OTHER, &error.to_string()),
    };
    exception.restore(py);
    // SAFETY: attached, and an exception is set, which is taken.
    unsafe { Error::from_raw((table.caught)(table)) }
}

/// The exception that an error is or becomes.
pub fn to_exception(py: Python<'_>, error: Error) -> PyErr {
    match to_object(py, error.into()) {
        Ok(exception) => PyErr::from_value(exception.into_bound(py)),
        Err(other) => other,
    }
}
