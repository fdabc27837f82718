// SPDX-License-Identifier: MIT
//! As PyO3 itself offers it. Its coroutines cannot await what Python gives them:
//! this one is run again twice, and ends.

use std::future::poll_fn;
use std::task::Poll;

use pyo3::prelude::*;

#[pymodule]
mod peer_pyo3 {
    use super::*;

    #[pyfunction]
    async fn relay() -> i64 {
        let mut left = 2;
        poll_fn(|cx| {
            if left == 0 {
                return Poll::Ready(7);
            }
            left -= 1;
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
