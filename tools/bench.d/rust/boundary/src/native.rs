// SPDX-License-Identifier: MIT
//! The levels are Baton's coroutines.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use baton::{Awaiting, Handle};

use crate::cases::Abi;

pub struct Baton;

/// Takes the number out of the outcome, as a level does with that of the next.
pub struct Chain(Awaiting<Handle>);

impl Future for Chain {
    type Output = u64;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u64> {
        let outcome = Pin::new(&mut self.0).poll(cx);
        outcome.map(|outcome| outcome.and_then(u64::try_from).expect("a number"))
    }
}

impl Abi for Baton {
    const NAME: &'static str = "baton";
    type Chain = Chain;

    fn chain(levels: u32, leaf: impl Future<Output = u64> + Send + 'static) -> Chain {
        let mut made = Handle::new(leaf);
        for _ in 1..levels {
            let next = made;
            made = Handle::new(async move { u64::try_from(next.await?) });
        }
        Chain(made.awaiting())
    }
}
