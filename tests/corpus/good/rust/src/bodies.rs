// SPDX-License-Identifier: MIT
//! The bodies of coroutines.

use baton::{Error, Kind, Value, Yielder};

use crate::join::join;

type Outcome = Result<Value, Error>;

#[baton::coroutine(local)]
pub async fn give(v: Value) -> Value {
    v
}

#[baton::coroutine(yielding, local)]
pub async fn echo(y: Yielder, v: Value) -> Outcome {
    y.yield_(v).await
}

#[baton::coroutine(local)]
pub async fn fail(kind: Value, message: Value) -> Result<(), Error> {
    let kind = Kind(u32::try_from(&kind)?);
    Err(match message.as_str() {
        Some(message) => Error::new(kind, message),
        None => kind.into(),
    })
}

#[baton::coroutine(local)]
pub async fn raise(e: Value) -> Result<(), Error> {
    // SAFETY: the caller gives an error.
    Err(unsafe { Error::from_raw(e.into_raw()) })
}

#[baton::coroutine(local)]
pub async fn panic(message: Value) {
    panic!("{}", message.as_str().unwrap_or("broken"));
}

#[baton::coroutine]
pub async fn nil() {}

#[baton::coroutine]
pub async fn truth() -> bool {
    true
}

#[baton::coroutine]
pub async fn one() -> i64 {
    1
}

#[baton::coroutine(local)]
pub async fn relay(x: Value) -> Outcome {
    x.into_awaitable()?.await
}

#[baton::coroutine(local)]
pub async fn pair(x: Value, y: Value) -> Outcome {
    x.into_awaitable()?.await?;
    y.into_awaitable()?.await
}

#[baton::coroutine(local)]
pub async fn rescue(x: Value) -> Outcome {
    match x.into_awaitable()?.await {
        Err(error) if !error.kind().is_base() => Ok(error.into()),
        outcome => outcome,
    }
}

#[baton::coroutine(local)]
pub async fn guard(x: Value, y: Value) -> Outcome {
    let outcome = x.into_awaitable()?.await;
    y.into_awaitable()?.await?;
    outcome
}

#[baton::coroutine(local)]
pub async fn both(x: Value, y: Value) -> Outcome {
    let (first, second) = (x.into_awaitable()?, y.into_awaitable()?);
    let (first, second) = join(first.awaiting(), second.awaiting()).await;
    first?;
    second
}

/// Whether two values are the same object, or the same scalar.
pub fn is_same(a: &Value, b: &Value) -> bool {
    let (a, b) = (a.as_raw(), b.as_raw());
    // SAFETY: what the head says is there to read.
    unsafe {
        a.head.tag == b.head.tag && (a.head.tag == 0 || a.payload.u64 == b.payload.u64)
    }
}

/// The error that an awaitable ends with, none if it ends well. A close is not
/// its own.
async fn failure_of(awaited: Value) -> Outcome {
    match awaited.into_awaitable()?.await {
        Err(error) if error.kind() == Kind::GENERATOR_EXIT => Err(error),
        Err(error) => Ok(error.into()),
        Ok(_) => Ok(Value::NONE),
    }
}

#[baton::coroutine(local)]
pub async fn alike(x: Value, y: Value) -> Result<bool, Error> {
    let first = failure_of(x).await?;
    let second = failure_of(y).await?;
    Ok(!first.is_none() && is_same(&first, &second))
}

#[baton::coroutine(local)]
pub async fn last(x: Value) -> Outcome {
    let mut items = x.into_stream()?;
    let mut last = Value::NONE;
    while let Some(item) = items.next().await? {
        last = item;
    }
    Ok(last)
}
