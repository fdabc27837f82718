// SPDX-License-Identifier: MIT
//! What wakes from elsewhere: threads, tokio, smol.

use std::future::poll_fn;
use std::sync::{Condvar, LazyLock, Mutex};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::runtime::{EnterGuard, Runtime};

use crate::basics::Tracked;
use crate::signal::Signal;

pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).enable_time().build().unwrap()
});

fn runtime() -> EnterGuard<'static> {
    RUNTIME.enter()
}

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn slept(milliseconds: u64) -> &'static str {
    let _tracked = Tracked::new();
    Signal::after(milliseconds).await;
    "woken"
}

/// Woken by several threads, also when it has moved on.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn wakes_often(rounds: u32) -> u32 {
    for _ in 0..rounds {
        let mut first = true;
        poll_fn(|context| {
            if !std::mem::take(&mut first) {
                return Poll::Ready(());
            }
            for _ in 0..2 {
                let waker = context.waker().clone();
                thread::spawn(move || {
                    waker.wake_by_ref();
                    waker.wake();
                });
            }
            Poll::Pending
        })
        .await;
    }
    rounds
}

#[baton_pyo3::coroutine(enter = runtime)]
#[pyfunction]
pub async fn tokio_slept(milliseconds: u64) -> &'static str {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    "slept"
}

/// Whether a coroutine that it awaits runs inside of the runtime too.
#[baton_pyo3::coroutine(enter = runtime)]
#[pyfunction]
pub async fn tokio_below() -> PyResult<bool> {
    let below = baton::Handle::new(async {
        let first = tokio::runtime::Handle::try_current().is_ok();
        Signal::after(1).await;
        first && tokio::runtime::Handle::try_current().is_ok()
    });
    let seen = below.await.and_then(bool::try_from);
    seen.map_err(|error| PyRuntimeError::new_err(error.to_string()))
}

#[baton_pyo3::coroutine(detach, enter = || RUNTIME.enter())]
#[pyfunction]
pub async fn tokio_read(path: String) -> PyResult<String> {
    Ok(tokio::fs::read_to_string(path).await?)
}

/// A panic of the task is ours.
#[baton_pyo3::coroutine(enter = runtime)]
#[pyfunction]
pub async fn tokio_spawned(number: i64) -> i64 {
    let task = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(1)).await;
        assert!(number >= 0, "no number below zero");
        number * 2
    });
    match task.await {
        Ok(doubled) => doubled,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn smol_slept(milliseconds: u64) -> &'static str {
    smol::Timer::after(Duration::from_millis(milliseconds)).await;
    "slept"
}

/// A gate that stops a thread until another one opens it.
#[pyclass(frozen)]
#[derive(Default)]
pub struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn pass(&self) {
        let mut open = self.open.lock().unwrap();
        while !*open {
            open = self.opened.wait(open).unwrap();
        }
    }
}

#[pymethods]
impl Gate {
    #[new]
    fn new() -> Self {
        Gate::default()
    }

    fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }

    fn is_open(&self) -> bool {
        *self.open.lock().unwrap()
    }
}

/// Ends only if another thread runs Python meanwhile.
#[baton_pyo3::coroutine(detach)]
#[pyfunction]
pub async fn passes_gate_detached(gate: Py<Gate>) -> &'static str {
    gate.get().pass();
    "passed"
}

/// The same for a gate that is open already.
#[baton_pyo3::coroutine]
#[pyfunction]
pub async fn passes_gate(gate: Py<Gate>) -> &'static str {
    gate.get().pass();
    "passed"
}
