// SPDX-License-Identifier: MIT
//! What the guide shows: coroutines of Rust, and awaitables of others.

use baton::{block_on, Error, Handle, ItemYielder, Value};

// [answer]
#[baton::coroutine]
async fn answer() -> i64 {
    42
}

#[baton::coroutine]
async fn twice() -> Result<i64, Error> {
    let half: i64 = answer().await?.try_into()?;
    Ok(2 * half)
}
// [/answer]

// [count]
#[baton::coroutine(async_generator)]
async fn count(y: ItemYielder, last: i64) -> Result<(), Error> {
    for number in 0..last {
        y.item(number).await?;
    }
    Ok(())
}
// [/count]

// [provider]
baton::provider! {
    name: "numbers",
    version: "1.0",
    exports: {
        "twice", "Twice the answer.": |_| Ok(twice().into()),
        "count", "Counts to a number.": |given| Ok(count(i64::try_from(&given[0])?)),
    }
}
// [/provider]

// [foreign]
#[baton::coroutine(local)]
async fn sum(first: Value, others: Value) -> Result<i64, Error> {
    let mut sum: i64 = first.into_awaitable()?.await?.try_into()?;
    let mut others = others.into_stream()?;
    while let Some(number) = others.next().await? {
        sum += i64::try_from(number)?;
    }
    Ok(sum)
}
// [/foreign]

pub(crate) fn main() -> Result<(), Error> {
    // [drive]
    let got: i64 = block_on(twice())?.try_into()?;
    assert_eq!(got, 84);
    // [/drive]
    let both = Handle::new(async {
        let (one, two) = futures::join!(answer().awaiting(), twice().awaiting());
        Ok::<_, Error>(i64::try_from(one?)? + i64::try_from(two?)?)
    });
    let sum: i64 = block_on(sum(both.into(), count(4)))?.try_into()?;
    assert_eq!(sum, 132);
    Ok(())
}
