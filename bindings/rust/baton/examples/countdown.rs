// SPDX-License-Identifier: MIT
//! A coroutine that awaits others side by side, under an executor of its own.

use baton::{async_generator, block_on, Error, Handle};

#[baton::coroutine]
async fn sum(from: i64) -> Result<i64, Error> {
    let numbers = async_generator(move |y| async move {
        for number in (0..from).rev() {
            y.item(number).await?;
        }
        Ok::<(), Error>(())
    });
    let total = Handle::from_fn(async move || {
        let mut numbers = numbers.into_stream()?;
        let mut total = 0;
        while let Some(number) = numbers.next().await? {
            total += i64::try_from(number)?;
        }
        Ok::<_, Error>(total)
    });
    total.await?.try_into()
}

fn main() -> Result<(), Error> {
    println!("{:?}", block_on(sum(5))?);
    Ok(())
}
