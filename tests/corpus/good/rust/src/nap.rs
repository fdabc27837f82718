// SPDX-License-Identifier: MIT
//! A wait that a thread of its own ends.

use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::thread::{self, JoinHandle};

/// Who waits, and whether it is over.
#[derive(Default)]
struct Nap {
    waker: Option<Waker>,
    over: bool,
}

/// The threads that have not been joined.
static THREADS: Mutex<Vec<JoinHandle<()>>> = Mutex::new(Vec::new());

fn start(nap: Arc<Mutex<Nap>>) {
    let thread = thread::spawn(move || end(&nap));
    let mut threads = THREADS.lock().expect("nobody panics with it");
    threads.retain(|thread| !thread.is_finished());
    threads.push(thread);
}

/// Waits until no thread is left.
pub fn wait() {
    let mut threads = THREADS.lock().expect("nobody panics with it");
    for thread in threads.drain(..) {
        thread.join().expect("it does not panic");
    }
}

fn end(nap: &Mutex<Nap>) {
    let mut nap = nap.lock().expect("nobody panics with it");
    nap.over = true;
    let waker = nap.waker.take();
    drop(nap); // whoever is woken may want it
    if let Some(waker) = waker {
        waker.wake();
    }
}

#[baton::coroutine]
pub async fn nap() {
    let nap: Arc<Mutex<Nap>> = Arc::default();
    let mut begun = false;
    poll_fn(|cx| {
        let waker = cx.waker().clone();
        let mut state = nap.lock().expect("nobody panics with it");
        if state.over {
            return Poll::Ready(());
        }
        let old = state.waker.replace(waker);
        drop(state);
        drop(old);
        if !begun {
            begun = true;
            start(Arc::clone(&nap));
        }
        Poll::Pending
    })
    .await;
}
