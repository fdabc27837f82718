// SPDX-License-Identifier: MIT
//! The bodies that every language has, in Rust: see ../../README.md.

use std::future::poll_fn;
use std::sync::Mutex;
use std::task::{Poll, Waker};

use baton::{Error, ItemYielder, Kind, Value, Yielder};

use crate::words::{self, Witness};

type Outcome = Result<Value, Error>;

struct Cleanup(Witness);

impl Drop for Cleanup {
    fn drop(&mut self) {
        self.0.say("cleanup");
    }
}

#[baton::coroutine(local)]
pub async fn give(value: Value) -> Value {
    value
}

#[baton::coroutine(yielding)]
pub async fn echo(y: Yielder, value: Value) -> Outcome {
    y.yield_(value).await
}

#[baton::coroutine(yielding)]
pub async fn turns(y: Yielder, count: i64) -> Result<i64, Error> {
    for i in 0..count {
        y.yield_(i).await?;
    }
    Ok(count)
}

#[baton::coroutine]
pub async fn fail(kind: u32, message: String) -> Result<(), Error> {
    Err(words::make_error(kind, &message))
}

#[baton::coroutine]
pub async fn fail_os(code: i32) -> Result<(), Error> {
    Err(std::io::Error::from_raw_os_error(code).into())
}

#[baton::coroutine]
pub async fn fail_because() -> Result<(), Error> {
    let inner = Error::new(Kind::RUNTIME, "inner");
    Err(Error::new(Kind::VALUE, "outer").with_cause(inner))
}

#[baton::coroutine]
pub async fn panic(message: String) {
    panic!("{message}");
}

#[baton::coroutine(yielding)]
pub async fn hold(y: Yielder, witness: Witness, value: Value) -> Outcome {
    let _cleanup = Cleanup(witness);
    let _held = value;
    y.yield_(()).await
}

#[baton::coroutine(local)]
pub async fn guard(witness: Witness, awaited: Value) -> Outcome {
    let _cleanup = Cleanup(witness);
    awaited.into_awaitable()?.await
}

#[baton::coroutine(local)]
pub async fn relay(awaited: Value) -> Outcome {
    awaited.into_awaitable()?.await
}

#[baton::coroutine(local)]
pub async fn rescue(witness: Witness, awaited: Value) -> Outcome {
    awaited.into_awaitable()?.await.or_else(|error| {
        witness.say(&format!("caught {}", words::error(&error)));
        Ok("rescued".into())
    })
}

#[baton::coroutine(yielding)]
pub async fn catch(y: Yielder, witness: Witness) -> Outcome {
    y.yield_(()).await.or_else(|error| {
        witness.say(&format!("caught {}", words::error(&error)));
        Ok("caught".into())
    })
}

#[baton::coroutine(yielding)]
pub async fn answer(y: Yielder, witness: Witness) -> Outcome {
    let error = match y.yield_(()).await {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    witness.say(&format!("caught {}", words::error(&error)));
    let sent = y.yield_("cleaning").await?;
    witness.say(&format!("cleaned {}", witness.value(&sent)));
    Err(error)
}

#[baton::coroutine(yielding)]
pub async fn ignore(y: Yielder) -> Outcome {
    let _ = y.yield_(()).await;
    y.yield_("ignored").await
}

#[baton::coroutine(yielding)]
pub async fn replace(y: Yielder) -> Outcome {
    y.yield_(())
        .await
        .map_err(|_| Error::new(Kind::VALUE, "instead"))
}

#[baton::coroutine]
pub async fn act(witness: Witness, name: String) {
    witness.act(&name);
}

/// Who sleeps, and whether it is time.
static SLEEPER: Mutex<(Option<Waker>, bool)> = Mutex::new((None, false));

#[baton::coroutine]
pub async fn sleep(witness: Witness) -> &'static str {
    let _cleanup = Cleanup(witness);
    poll_fn(|cx| {
        let mut sleeper = SLEEPER.lock().expect("nobody panics with it");
        let old = sleeper.0.replace(cx.waker().clone());
        let open = sleeper.1;
        drop(sleeper);
        drop(old);
        if open {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    "awake"
}

/// Wakes what sleeps: 0 wakes, 1 opens and wakes, 2 shuts and lets go.
pub fn ring(what: i64) {
    let mut sleeper = SLEEPER.lock().expect("nobody panics with it");
    sleeper.1 = what == 1;
    let waker = if what == 2 {
        sleeper.0.take()
    } else {
        sleeper.0.clone()
    };
    drop(sleeper);
    if let (Some(waker), 0 | 1) = (waker, what) {
        waker.wake();
    }
}

#[baton::coroutine(local)]
pub async fn collect(witness: Witness, items: Value, last: i64) -> Result<i64, Error> {
    let mut items = items.into_stream()?;
    let mut count = 0;
    while let Some(item) = items.next().await? {
        witness.say(&format!("item {}", witness.value(&item)));
        count += 1;
        if count == last {
            items.close().await?;
            break;
        }
    }
    Ok(count)
}

#[baton::coroutine(async_generator)]
pub async fn items(y: ItemYielder, witness: Witness, count: i64) -> Result<(), Error> {
    let _cleanup = Cleanup(witness);
    for i in 0..count {
        y.item(i).await?;
    }
    Ok(())
}

#[baton::coroutine(async_generator)]
pub async fn items_fail(y: ItemYielder) -> Result<(), Error> {
    y.item(0).await?;
    Err(Error::new(Kind::VALUE, "no more"))
}

#[baton::coroutine(async_generator)]
pub async fn items_echo(y: ItemYielder) -> Result<(), Error> {
    let mut sent = y.item(()).await?;
    while !sent.is_none() {
        sent = y.item(sent).await?;
    }
    Ok(())
}

#[baton::coroutine(async_generator)]
pub async fn items_catch(y: ItemYielder, witness: Witness) -> Result<(), Error> {
    if let Err(error) = y.item(0).await {
        witness.say(&format!("caught {}", words::error(&error)));
        y.item(1).await?;
    }
    Ok(())
}

#[baton::coroutine(async_generator, local)]
pub async fn items_await(y: ItemYielder, first: Value, second: Value) -> Result<(), Error> {
    y.item(first.into_awaitable()?.await?).await?;
    y.item(second.into_awaitable()?.await?).await?;
    Ok(())
}
