// SPDX-License-Identifier: MIT
//! Python coroutines in Rust, for PyO3.
//!
//! An `async fn` becomes a coroutine function of Python: what it returns is of
//! the type that all extensions with Baton's coroutines share, runs in whatever
//! loop drives it, and is awaited, cancelled and inspected as one of Python's
//! own. Python's awaitables are awaited in Rust, in the same task.
//!
//! ```ignore
//! use baton_pyo3::IntoAwaitable;
//! use pyo3::prelude::*;
//!
//! #[pymodule]
//! mod extension {
//!     use super::*;
//!
//!     /// async def either(first, second): return await first or await second
//!     #[baton_pyo3::coroutine]
//!     #[pyfunction]
//!     async fn either(first: Py<PyAny>, second: Py<PyAny>) -> PyResult<Py<PyAny>> {
//!         let result = first.into_awaitable()?.await?;
//!         if Python::attach(|py| result.is_truthy(py))? {
//!             return Ok(result);
//!         }
//!         second.into_awaitable()?.await
//!     }
//! }
//! ```

mod attached;
mod awaiting;
mod call;
mod convert;
mod detach;
mod finished;
mod fused;
mod mark;
mod stream;
mod table;

pub use awaiting::{IntoAwaitable, PyAwait};
pub use call::{coroutine_handle, coroutine_object};
pub use convert::{from_exception, from_object, to_exception, to_object};
pub use detach::{detached, entered, Detached, Entered};
pub use mark::coroutine_function;
#[doc(hidden)]
pub use pyo3;
pub use stream::{async_iterator, async_iterator_with_code, IntoStream, PyStream};

/// Makes Python coroutine functions of `async fn`s.
///
/// It goes above `#[pyfunction]`, or above `#[pymethods]` for each `async fn` of
/// the block, and leaves the `async fn` as it is for Rust. The object that a
/// call makes has the future inside, which is `Send`, and holds its arguments:
/// they are owned, as in `Py<T>`, `String` and `i64`. A method takes `&self` of
/// a frozen class, or `slf: Py<Self>`.
///
/// What it returns is a value, or a `Result` whose error is an exception or a
/// [`baton::Error`]. A panic is a `baton.PanicException`; one while another
/// unwinds ends the process, as everywhere in Rust. Cancelled, what it awaits of
/// Python's hears of it first; [`baton::thrown`] and [`baton::shielded`] let the
/// future decide, and otherwise it is dropped.
/// Python's cycle collector does not see what a future holds.
///
/// Options, in parentheses; on a method they replace those of its block:
///
/// - `detach`: polls without the GIL: see [`detached`].
/// - `enter = FUNCTION`: polls inside of what it gives, such as a guard of
///   tokio's: see [`entered`].
/// - `local`: the future need not be `Send`; on another thread than that of the
///   call the coroutine refuses to run, with RuntimeError.
///
/// A function is added to a declarative `#[pymodule]` as usual; to a function
/// that is a `#[pymodule]` by [`add_function!`]. The import of the module fails
/// with ImportError if another extension has brought types of another major
/// version of the ABI; in a module of classes alone, that is the cause of the
/// RuntimeError of PyO3.
pub use baton_pyo3_macros::coroutine;

/// Adds a coroutine function to a module: `add_function!(module, name)?`.
#[macro_export]
macro_rules! add_function {
    ($module:expr, $function:path) => {{
        use $function as function;
        function::_PYO3_DEF.add_to_module($module)
    }};
}

/// What the attribute's expansion uses.
#[doc(hidden)]
pub mod __private {
    pub use crate::call::{make, make_local};
    pub use crate::finished::{Finished, NativeResult, PlainResult};
    pub use crate::mark::{add_function, mark_method, Binding};
    pub use crate::table::layout;
    pub use baton::Code;

    use std::ffi::CStr;

    /// Text that `concat!` has terminated.
    pub const fn text(text: &'static str) -> &'static CStr {
        match CStr::from_bytes_with_nul(text.as_bytes()) {
            Ok(text) => text,
            Err(_) => panic!("a name has no NUL in it"),
        }
    }
}
