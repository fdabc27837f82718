// SPDX-License-Identifier: MIT
//! What the tests compare with C.

use std::collections::BTreeMap;

use pyo3::prelude::*;

/// Where the members of the table are, as Rust sees it.
#[pyfunction]
pub fn layout() -> BTreeMap<&'static str, usize> {
    baton_pyo3::__private::layout().into_iter().collect()
}

/// How many blocks libbaton has.
#[pyfunction]
pub fn blocks() -> u64 {
    let mut counters = baton_sys::baton_counters::default();
    // SAFETY: it is written by the call, and nobody else has it.
    unsafe { baton_sys::baton_read_counters(&mut counters) };
    counters.blocks
}
