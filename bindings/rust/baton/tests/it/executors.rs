// SPDX-License-Identifier: MIT
//! Under the executors of others.

use std::time::Duration;

use baton::{block_on, Error, Handle};
use futures::channel::mpsc;
use futures::{SinkExt, StreamExt};

use crate::support::*;

#[test]
fn tokio_spawns_joins_and_selects() {
    let _clean = clean();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .on_thread_stop(|| ())
        .build()
        .unwrap();
    let total = runtime.block_on(async {
        let tasks: Vec<_> = (0..20)
            .map(|i| {
                let inner = Handle::new(async move {
                    tokio::task::yield_now().await;
                    i
                });
                tokio::spawn(Handle::new(async move { inner.await }).awaiting())
            })
            .collect();
        let mut total = 0;
        for task in tasks {
            total += number(task.await.unwrap().unwrap());
        }
        let slow = Handle::new(std::future::pending::<()>());
        let fast = Handle::new(async { 5 });
        tokio::select! {
            _ = slow.awaiting() => unreachable!(),
            end = fast.awaiting() => total += number(end.unwrap()),
        }
        total
    });
    assert_eq!(total, 195);
    drop(runtime);
}

#[test]
fn a_timeout_of_tokio_ends_a_coroutine_that_a_coroutine_awaits() {
    let _clean = clean();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let child = Handle::new(async {
        let never = Handle::new(std::future::pending::<()>());
        match tokio::time::timeout(Duration::from_millis(1), never.awaiting()).await {
            Err(_) => "timed out",
            Ok(_) => "ended",
        }
    });
    let end = runtime.block_on(Handle::new(async move { child.await }).awaiting());
    assert_eq!(end.unwrap().as_str(), Some("timed out"));
}

#[test]
fn smol_runs_a_coroutine_beside_its_own_tasks() {
    let _clean = clean();
    let (mut give, take) = mpsc::channel::<i64>(1);
    let sum =
        Handle::new(
            async move { take.fold(0, |sum, item| async move { sum + item }).await },
        );
    let end = smol::block_on(async {
        let executor = smol::LocalExecutor::new();
        let feed = executor.spawn(async move {
            for item in 0..10 {
                give.send(item).await.unwrap();
            }
        });
        let end = executor
            .run(Handle::new(async move { sum.await }).awaiting())
            .await;
        feed.await;
        end
    });
    assert_eq!(number(end.unwrap()), 45);
}

#[test]
fn an_executor_inside_a_coroutine_is_one_of_its_own() {
    let _clean = clean();
    let inner = Handle::new(async {
        let child = Handle::new(async { 2 });
        let nested = block_on(async { Ok::<_, Error>(number(child.await?) + 1) })?;
        let after = Handle::new(async { 10 }).await?;
        Ok::<_, Error>(nested + number(after))
    });
    assert_eq!(number(block_on(inner).unwrap()), 13);
}
