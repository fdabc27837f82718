// SPDX-License-Identifier: MIT
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future that is dropped as soon as it has ended, or when its owner says so:
/// its destructors run where the owner has arranged for them.
pub struct Fused<F>(Option<F>);

impl<F> Fused<F> {
    pub fn new(future: F) -> Self {
        Fused(Some(future))
    }

    /// Drops the future in its place.
    pub fn end(&mut self) {
        self.0 = None;
    }

    pub fn has_ended(&self) -> bool {
        self.0.is_none()
    }
}

impl<F: Future> Future for Fused<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the field is pinned with the whole: dropped in place, never
        // moved.
        let mut place = unsafe { self.map_unchecked_mut(|this| &mut this.0) };
        let running = place.as_mut().as_pin_mut().expect("polled after its end");
        let polled = running.poll(context);
        if polled.is_ready() {
            place.set(None);
        }
        polled
    }
}
