// SPDX-License-Identifier: MIT
use pyo3::prelude::*;

/// Tells, when it is dropped, that a stage has cleaned up.
pub struct Left {
    stage: &'static str,
    tell: Option<Py<PyAny>>,
}

impl Left {
    pub fn new(stage: &'static str, tell: Option<Py<PyAny>>) -> Self {
        Left { stage, tell }
    }
}

impl Drop for Left {
    fn drop(&mut self) {
        let Some(tell) = self.tell.take() else { return };
        Python::attach(|py| {
            if let Err(error) = tell.call1(py, ("rust", self.stage)) {
                error.write_unraisable(py, None);
            }
            drop(tell); // now, not when Python is next called
        });
    }
}
