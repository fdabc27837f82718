// SPDX-License-Identifier: MIT
//! Waiting in Rust, for coroutines in Python under any loop.

use pyo3::prelude::*;
use tokio::sync::Semaphore;

use crate::left::Left;

/// It is closed until it is opened, and open from then on.
#[pyclass(frozen)]
pub struct Gate(Semaphore);

#[baton_pyo3::coroutine]
#[pymethods]
impl Gate {
    #[new]
    fn new() -> Self {
        Gate(Semaphore::new(0))
    }

    fn open(&self) {
        self.0.close();
    }

    /// Waits until it is open.
    #[pyo3(signature = (left = None))]
    async fn passed(&self, left: Option<Py<PyAny>>) {
        let _left = Left::new("gate", left);
        // Nobody adds permits, so that this ends by the close.
        let _ = self.0.acquire().await;
    }
}
