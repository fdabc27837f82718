// SPDX-License-Identifier: MIT
//! What the tests share.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use baton::sys::{baton_counters, baton_read_counters, baton_thread_flush};
use baton::{Driven, Error, Handle, Value};

/// The blocks of libbaton that are in use.
fn blocks() -> u64 {
    let mut counters = baton_counters::default();
    // SAFETY: the place is valid.
    unsafe {
        baton_thread_flush();
        baton_read_counters(&mut counters);
    }
    counters.blocks
}

/// Holds the process for one test, and checks that it leaves no block behind.
pub struct Clean {
    before: u64,
    _lock: MutexGuard<'static, ()>,
}

/// Keeps the panics of these tests off the terminal. First of all, so that the
/// hook of the crate wraps this one.
fn quiet() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let text = info.payload().downcast_ref::<&str>();
            if !text.is_some_and(|text| text.starts_with("test:")) {
                before(info);
            }
        }));
    });
}

pub fn clean() -> Clean {
    quiet();
    static ONE: Mutex<()> = Mutex::new(());
    let lock = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    Clean {
        before: blocks(),
        _lock: lock,
    }
}

impl Drop for Clean {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(blocks(), self.before, "blocks were left");
        }
    }
}

/// A waker that counts.
#[derive(Default)]
pub struct Count(pub AtomicUsize);

impl Count {
    pub fn new() -> (Arc<Count>, Waker) {
        let count = Arc::new(Count::default());
        (count.clone(), Waker::from(count))
    }

    pub fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// Counts its drops.
pub struct Dropped(pub Arc<AtomicUsize>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

pub fn noop() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

/// Sends none, with a waker that does nothing.
pub fn step(handle: &mut Handle) -> Result<Driven, Error> {
    handle.send(&mut noop(), Value::NONE)
}

/// How a step has ended, as text.
pub fn told(driven: Result<Driven, Error>) -> String {
    match driven {
        Ok(Driven::Returned(value)) => format!("RETURN {value:?}"),
        Ok(Driven::Yielded(value)) => format!("YIELD {value:?}"),
        Ok(Driven::Pending) => "PENDING".into(),
        Err(error) => format!("ERROR {error:?}"),
    }
}

/// Pending once, and ready at the next poll; it asks nobody to poll it.
pub fn pause() -> impl Future<Output = ()> + Send {
    let mut polled = false;
    std::future::poll_fn(move |_| {
        if std::mem::replace(&mut polled, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
}

/// Pending once, having kept the waker.
#[derive(Clone, Default)]
pub struct Gate(Arc<Mutex<(bool, Option<Waker>)>>);

impl Gate {
    pub fn open(&self) {
        let waker = {
            let mut gate = self.0.lock().unwrap();
            gate.0 = true;
            gate.1.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Gate {
    /// How many wakers it keeps.
    pub fn waits(&self) -> bool {
        self.0.lock().unwrap().1.is_some()
    }
}

impl Future for Gate {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut gate = self.0.lock().unwrap();
        if gate.0 {
            return Poll::Ready(());
        }
        gate.1 = Some(cx.waker().clone());
        Poll::Pending
    }
}

pub fn number(value: Value) -> i64 {
    value.try_into().unwrap()
}
