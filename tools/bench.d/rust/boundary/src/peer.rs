// SPDX-License-Identifier: MIT
//! The levels are async-ffi's futures.

use std::future::Future;

use async_ffi::{FfiFuture, FutureExt};

use crate::cases::Abi;

pub struct AsyncFfi;

impl Abi for AsyncFfi {
    const NAME: &'static str = "async-ffi";
    type Chain = FfiFuture<u64>;

    fn chain(levels: u32, leaf: impl Future<Output = u64> + Send + 'static) -> Self::Chain {
        let mut made = leaf.into_ffi();
        for _ in 1..levels {
            made = level(made).into_ffi();
        }
        made
    }
}

async fn level(next: FfiFuture<u64>) -> u64 {
    next.await
}
