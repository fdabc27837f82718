// SPDX-License-Identifier: MIT
//! The user's Rust runs with the GIL held and known to PyO3; else `Py`s that it
//! drops would be kept until somebody attaches.

use pyo3::ffi;
use pyo3::prelude::*;

/// Runs what is the user's. An exception that a destructor leaves behind goes to
/// `sys.unraisablehook`: it cannot be raised.
pub fn reporting<T>(py: Python<'_>, run: impl FnOnce() -> T) -> T {
    let clean = !PyErr::occurred(py);
    let result = run();
    if clean && PyErr::occurred(py) {
        // SAFETY: attached, and an exception is set.
        unsafe { ffi::PyErr_WriteUnraisable(std::ptr::null_mut()) };
    }
    result
}

/// Runs what drops the user's. An interpreter that ends lets nobody in: then
/// `Py`s go with it.
pub fn dropping(mut run: impl FnMut()) {
    if Python::try_attach(|py| reporting(py, &mut run)).is_none() {
        run();
    }
}
