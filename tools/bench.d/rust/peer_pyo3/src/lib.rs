// SPDX-License-Identifier: MIT
//! The same, as PyO3 itself offers it.

#[path = "../../woken.rs"]
mod woken;

use std::future::poll_fn;
use std::task::Poll;

use pyo3::prelude::*;

#[pymodule]
mod peer_pyo3 {
    use super::*;

    #[pyfunction]
    async fn ready(value: Py<PyAny>) -> Py<PyAny> {
        value
    }

    /// Is run again soon, so many times.
    #[pyfunction]
    async fn steps(count: u64) {
        let mut left = count;
        poll_fn(|cx| {
            if left == 0 {
                return Poll::Ready(());
            }
            left -= 1;
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }

    /// Waits for a thread, so many times.
    #[pyfunction]
    async fn woken(count: u64) {
        crate::woken::woken(count).await;
    }
}
