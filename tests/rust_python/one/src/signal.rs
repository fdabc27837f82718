// SPDX-License-Identifier: MIT
//! A future that another thread ends.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

#[derive(Default)]
struct State {
    given: bool,
    waker: Option<Waker>,
}

#[derive(Clone, Default)]
pub struct Signal(Arc<Mutex<State>>);

impl Signal {
    /// One that is given by a thread of its own.
    pub fn after(milliseconds: u64) -> Signal {
        let signal = Signal::default();
        let given = signal.clone();
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(milliseconds));
            given.give();
        });
        signal
    }

    pub fn give(&self) {
        let waker = {
            let mut state = self.0.lock().unwrap();
            state.given = true;
            state.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Future for Signal {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.0.lock().unwrap();
        if state.given {
            return Poll::Ready(());
        }
        match &mut state.waker {
            Some(waker) => waker.clone_from(context.waker()),
            none => *none = Some(context.waker().clone()),
        }
        Poll::Pending
    }
}
