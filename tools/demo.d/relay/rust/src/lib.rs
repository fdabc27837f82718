// SPDX-License-Identifier: MIT
//! The module `stage_rust`: the stage in Rust.

mod gate;
mod left;
mod read;

use pyo3::prelude::*;

#[pymodule]
mod stage_rust {
    #[pymodule_export]
    use crate::gate::Gate;
    #[pymodule_export]
    use crate::read::read;
}
