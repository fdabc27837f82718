// SPDX-License-Identifier: MIT
//! The bodies of generators.

use baton::{Error, ItemYielder, Kind, Value, Yielder};

#[baton::coroutine(generator, local)]
pub async fn count(y: Yielder, n: Value) -> Result<i64, Error> {
    let n = i64::try_from(&n)?;
    for i in 0..n {
        y.yield_(i).await?;
    }
    Ok(n)
}

#[baton::coroutine(async_generator, local)]
pub async fn items(y: ItemYielder, given: Vec<Value>) -> Result<(), Error> {
    for item in given {
        y.item(item).await?;
    }
    Ok(())
}

#[baton::coroutine(async_generator, local)]
pub async fn mirror(y: ItemYielder, v: Value) -> Result<(), Error> {
    let mut v = v;
    while !v.is_none() {
        v = y.item(v).await?;
    }
    Ok(())
}

async fn twice(y: &ItemYielder, v: Value) -> Result<(), Error> {
    y.item(v.try_clone()?).await?;
    y.item(v).await?;
    Ok(())
}

#[baton::coroutine(async_generator, local)]
pub async fn tidy(y: ItemYielder, v: Value, cleanup: Value) -> Result<(), Error> {
    let outcome = twice(&y, v).await;
    cleanup.into_awaitable()?.await?;
    outcome
}

#[baton::coroutine(async_generator, local)]
pub async fn stubborn(y: ItemYielder, v: Value) -> Result<(), Error> {
    match y.item(v.try_clone()?).await {
        Err(error) if error.kind() == Kind::GENERATOR_EXIT => y.item(v).await.map(drop),
        outcome => outcome.map(drop),
    }
}
