// SPDX-License-Identifier: MIT
//! Coroutine functions for the tests: what a user of `baton-pyo3` would write.

mod awaiting;
mod basics;
mod cancel;
mod class;
mod faults;
mod layout;
mod loops;
mod signal;

use pyo3::prelude::*;

#[pymodule]
mod rust_one {
    use super::*;

    #[pymodule_export]
    use crate::awaiting::{
        aborted_in_tokio, catching, collect, count_to, in_tokio, join, join_all, loses,
        relay, relay_detached, select, sum, take, woken_items,
    };
    #[pymodule_export]
    use crate::basics::{
        add, alive, answer, documented, echo, fail, fail_native, nothing, plain,
    };
    #[pymodule_export]
    use crate::cancel::{cleans_up, guarded, refuses, told};
    #[pymodule_export]
    use crate::class::{Client, Countdown};
    #[pymodule_export]
    use crate::faults::{
        calls, keeps_waker, local, panics, panics_after, panics_in_drop, payload_of,
        plainly_panics, raises_in_drop, wake_kept,
    };
    #[pymodule_export]
    use crate::layout::{blocks, layout};
    #[pymodule_export]
    use crate::loops::{
        passes_gate, passes_gate_detached, slept, smol_slept, tokio_below, tokio_read,
        tokio_slept, tokio_spawned, wakes_often, Gate,
    };

    /// Panics are told by exceptions; the tests' output has none of them.
    #[pymodule_init]
    fn be_quiet(_module: &Bound<'_, PyModule>) -> PyResult<()> {
        std::panic::set_hook(Box::new(|_| {}));
        Ok(())
    }
}
