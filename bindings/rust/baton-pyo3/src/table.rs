// SPDX-License-Identifier: MIT
//! The binding of `baton/python.h`: the table that all extensions of an
//! interpreter share.

#![allow(missing_docs)]

use std::ffi::{c_char, c_void, CStr};

use baton_sys as sys;
use pyo3::exceptions::PyImportError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

type Wrap = unsafe extern "C" fn(*const Table, *mut ffi::PyObject) -> *mut ffi::PyObject;

/// `baton_python`: the maker's functions, which want an attached thread. Their
/// effects and who owns what are told in the header.
#[repr(C)]
pub struct Table {
    pub struct_size: u32,
    pub abi_major: u16,
    pub abi_minor: u16,
    pub magic: u32,
    pub reserved0: u32,
    pub provider: *const c_char,
    pub state: *mut c_void,
    pub coroutine: *mut ffi::PyTypeObject,
    pub generator: *mut ffi::PyTypeObject,
    pub async_generator: *mut ffi::PyTypeObject,
    pub panic_exception: *mut ffi::PyObject,
    pub make: unsafe extern "C" fn(
        *const Table,
        *const sys::baton_body,
        *const *mut ffi::PyObject,
        ffi::Py_ssize_t,
    ) -> *mut ffi::PyObject,
    pub frame: unsafe extern "C" fn(*mut ffi::PyObject) -> *mut c_void,
    pub track: unsafe extern "C" fn(*mut ffi::PyObject),
    pub to_object:
        unsafe extern "C" fn(*const Table, *mut sys::baton_value) -> *mut ffi::PyObject,
    pub from_object:
        unsafe extern "C" fn(*const Table, *mut ffi::PyObject) -> sys::baton_value,
    pub yielded: unsafe extern "C" fn(
        *const Table,
        *const sys::baton_context,
        *mut ffi::PyObject,
    ) -> sys::baton_value,
    pub raise: unsafe extern "C" fn(*const Table, *mut sys::baton_value),
    pub raise_refusal: unsafe extern "C" fn(*const Table, i32, *const sys::baton_value),
    pub caught: unsafe extern "C" fn(*const Table) -> sys::baton_value,
    pub fail: unsafe extern "C" fn(*const Table, *mut sys::baton_value) -> i32,
    pub enter: unsafe extern "C" fn(
        *const Table,
        *const sys::baton_context,
        *mut [*mut c_void; 8],
    ) -> i32,
    pub leave: unsafe extern "C" fn(*mut [*mut c_void; 8]),
    pub coroutine_function: Wrap,
    pub async_generator_function: Wrap,
    pub reserved: [*const c_void; 4],
}

/// What a table must have at least.
const SIZE_NEEDED: usize = std::mem::offset_of!(Table, reserved);
const MAGIC: u32 = 0x5950_5442; // "BTPY"
#[cfg(not(feature = "shim"))]
const KEY: &CStr = c"baton.python";

/// A table that passed the checks, and the interpreter that it is of.
#[derive(Clone, Copy)]
struct Checked(&'static Table, usize);

// SAFETY: the table is never written after it was published, and its functions
// are called with the interpreter's lock only.
unsafe impl Send for Checked {}
// SAFETY: as above.
unsafe impl Sync for Checked {}

/// One interpreter a process: PyO3 loads into no second one. Up to CPython 3.11
/// that gets the module of the first all the same.
static TABLE: PyOnceLock<Checked> = PyOnceLock::new();

/// The table of this interpreter. Fails with ImportError if somebody has made
/// one for another major version of the ABI, and in a second interpreter.
pub fn get(py: Python<'_>) -> PyResult<&'static Table> {
    let &Checked(table, interpreter) = TABLE.get_or_try_init(py, || found(py))?;
    if interpreter == running() {
        return Ok(table);
    }
    Err(PyImportError::new_err(
        "baton: this module is in use in another interpreter of the process, and PyO3 \
         supports one; start a process for each",
    ))
}

fn running() -> usize {
    // SAFETY: whoever calls it is attached.
    unsafe { ffi::PyInterpreterState_Get() as usize }
}

#[cfg(feature = "shim")]
fn found(py: Python<'_>) -> PyResult<Checked> {
    unsafe extern "C" {
        fn baton_python_get() -> *const Table;
    }
    // SAFETY: the shim is linked in, and this thread is attached.
    let table = unsafe { baton_python_get() };
    // SAFETY: what it gives lives as long as the interpreter.
    let table = unsafe { table.as_ref() }.ok_or_else(|| PyErr::fetch(py))?;
    check(table)
}

#[cfg(not(feature = "shim"))]
fn found(py: Python<'_>) -> PyResult<Checked> {
    if let Some(table) = published(py)? {
        return check(table);
    }
    py.import("baton")?;
    match published(py)? {
        Some(table) => check(table),
        None => Err(PyImportError::new_err(
            "baton: the package 'baton' that was imported is not the one that has the \
             shared types; check sys.path",
        )),
    }
}

#[cfg(not(feature = "shim"))]
fn published(py: Python<'_>) -> PyResult<Option<&'static Table>> {
    // SAFETY: attached; the dictionary and what is in it are borrowed from the
    // interpreter, and the capsule's content lives as long as that.
    unsafe {
        let home = ffi::PyInterpreterState_GetDict(ffi::PyInterpreterState_Get());
        if home.is_null() {
            return Ok(None);
        }
        let capsule = ffi::PyDict_GetItemString(home, KEY.as_ptr());
        if capsule.is_null() {
            return Ok(None);
        }
        let table = ffi::PyCapsule_GetPointer(capsule, KEY.as_ptr());
        match table.cast::<Table>().as_ref() {
            Some(table) => Ok(Some(table)),
            None => Err(PyErr::fetch(py)),
        }
    }
}

/// As `baton_python_check`, for what this module was built with.
fn check(table: &'static Table) -> PyResult<Checked> {
    // SAFETY: static text, or null.
    let provider =
        unsafe { table.provider.as_ref() }.map_or("another module".into(), |text| {
            // SAFETY: terminated.
            unsafe { CStr::from_ptr(text) }.to_string_lossy()
        });
    if table.magic != MAGIC || table.abi_major != sys::BATON_ABI_MAJOR {
        return Err(PyImportError::new_err(format!(
            "baton: this module is built for version {}.{} of the ABI, and '{}' has brought \
             version {}.{} into this interpreter; upgrade the one with the lower version",
            sys::BATON_ABI_MAJOR,
            sys::BATON_ABI_MINOR,
            provider,
            table.abi_major,
            table.abi_minor
        )));
    }
    if (table.struct_size as usize) < SIZE_NEEDED {
        return Err(PyImportError::new_err(format!(
            "baton: '{}' offers a table of {} bytes, this module needs {}; upgrade the \
             former, or import this module first",
            provider, table.struct_size, SIZE_NEEDED
        )));
    }
    Ok(Checked(table, running()))
}

/// The offset of each member, for a comparison with the header.
pub fn layout() -> Vec<(&'static str, usize)> {
    macro_rules! offsets {
        ($($member:ident)*) => {
            vec![$((stringify!($member), std::mem::offset_of!(Table, $member))),*]
        };
    }
    let mut found = offsets!(
        struct_size abi_major abi_minor magic reserved0 provider state coroutine
        generator async_generator panic_exception make frame track to_object
        from_object yielded raise raise_refusal caught fail enter leave coroutine_function
        async_generator_function
        reserved
    );
    found.push(("sizeof", size_of::<Table>()));
    found
}
