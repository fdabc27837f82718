// SPDX-License-Identifier: MIT
//! What is measured: each in the same way, whatever the ABI.

use std::future::Future;
use std::hint::black_box;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

pub struct Case {
    pub name: String,
    pub run: Box<dyn FnMut(u32)>,
}

/// How a chain of so many levels is made, each level behind the ABI.
pub trait Abi {
    const NAME: &'static str;
    type Chain: Future<Output = u64>;

    fn chain(levels: u32, leaf: impl Future<Output = u64> + Send + 'static) -> Self::Chain;
}

const LEVELS: [u32; 2] = [1, 10];

struct Quiet;

impl Wake for Quiet {
    fn wake(self: Arc<Self>) {}

    fn wake_by_ref(self: &Arc<Self>) {}
}

pub fn all() -> impl Iterator<Item = Case> {
    let cases = of_abi::<crate::native::Baton>();
    #[cfg(feature = "async-ffi")]
    let cases = cases.chain(of_abi::<crate::peer::AsyncFfi>());
    cases
}

fn of_abi<A: Abi + 'static>() -> impl Iterator<Item = Case> {
    LEVELS.into_iter().flat_map(|levels| {
        use crate::leaf::{Idle, Keeping};
        [
            polling::<A>("no waker touched", levels, |levels| A::chain(levels, Idle)),
            polling::<A>("keeping its waker", levels, |levels| {
                A::chain(levels, Keeping::default())
            }),
            living::<A>(levels),
        ]
    })
}

fn name<A: Abi>(what: &str, levels: u32) -> String {
    format!("{what}, {levels}, {}", A::NAME)
}

fn polling<A: Abi + 'static>(what: &str, levels: u32, make: fn(u32) -> A::Chain) -> Case {
    let waker = Waker::from(Arc::new(Quiet));
    let mut chain: Option<Pin<Box<A::Chain>>> = None;
    Case {
        name: name::<A>(&format!("poll, {what}"), levels),
        run: Box::new(move |count| {
            let mut cx = Context::from_waker(&waker);
            let chain = chain.get_or_insert_with(|| Box::pin(make(levels)));
            for _ in 0..count {
                assert!(black_box(chain.as_mut().poll(&mut cx)).is_pending());
            }
        }),
    }
}

fn living<A: Abi + 'static>(levels: u32) -> Case {
    let waker = Waker::from(Arc::new(Quiet));
    Case {
        name: name::<A>("create + run + drop", levels),
        run: Box::new(move |count| {
            let mut cx = Context::from_waker(&waker);
            for _ in 0..count {
                let mut chain =
                    std::pin::pin!(A::chain(black_box(levels), crate::leaf::ready()));
                assert_eq!(chain.as_mut().poll(&mut cx), Poll::Ready(1));
            }
        }),
    }
}
