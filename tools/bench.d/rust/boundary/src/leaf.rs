// SPDX-License-Identifier: MIT
//! What stands at the end of every chain.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Waits for ever, and never asks to be woken.
pub struct Idle;

impl Future for Idle {
    type Output = u64;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u64> {
        Poll::Pending
    }
}

/// Waits for ever, and keeps the waker of the latest poll, as the futures of
/// channels and timers do.
#[derive(Default)]
pub struct Keeping(Option<Waker>);

impl Future for Keeping {
    type Output = u64;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u64> {
        match &mut self.0 {
            Some(kept) => kept.clone_from(cx.waker()), // no clone if it will wake
            None => self.0 = Some(cx.waker().clone()),
        }
        Poll::Pending
    }
}

pub async fn ready() -> u64 {
    1
}
