// SPDX-License-Identifier: MIT
//! A future that another thread wakes, for both extensions.

use std::future::poll_fn;
use std::sync::mpsc::{channel, Sender};
use std::sync::{LazyLock, Mutex};
use std::task::{Poll, Waker};

/// Where a thread wakes whoever asks it.
static ASKED: LazyLock<Mutex<Sender<Waker>>> = LazyLock::new(|| {
    let (sender, receiver) = channel::<Waker>();
    std::thread::spawn(move || receiver.into_iter().for_each(Waker::wake));
    Mutex::new(sender)
});

/// Waits for the thread, so many times.
pub async fn woken(count: u64) {
    for _ in 0..count {
        let mut asked = false;
        poll_fn(|cx| {
            if std::mem::replace(&mut asked, true) {
                return Poll::Ready(());
            }
            let asking = ASKED.lock().expect("nobody panics with it");
            asking.send(cx.waker().clone()).expect("the thread stays");
            Poll::Pending
        })
        .await;
    }
}
