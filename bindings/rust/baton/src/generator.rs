// SPDX-License-Identifier: MIT
use std::future::Future;

use baton_sys::{BATON_ITEM, BATON_YIELD};

use crate::code::{Generating, GeneratingAsync};
use crate::yielding::Yielding;
use crate::{Anonymous, Handle, IntoOutcome, Value};

/// Makes a generator: it yields to whoever drives it, and each `yield_` gives
/// what is sent in, or the error that is thrown in. One with a name is made by
/// [`#[baton::coroutine(generator)]`](macro@crate::coroutine).
///
/// ```
/// use std::task::{Context, Waker};
/// use baton::{generator, Driven, Value};
///
/// let mut doubles = generator(|y| async move {
///     let mut number = 1;
///     while let Ok(sent) = y.yield_(number).await {
///         number = 2 * i64::try_from(sent)?;
///     }
///     Ok::<_, baton::Error>("stopped")
/// });
/// let mut cx = Context::from_waker(Waker::noop());
/// assert!(matches!(doubles.send(&mut cx, Value::NONE)?, Driven::Yielded(_)));
/// let Driven::Yielded(value) = doubles.send(&mut cx, 21.into())? else { panic!() };
/// assert_eq!(i64::try_from(value)?, 42);
/// assert_eq!(doubles.close()?.as_str(), Some("stopped"));
/// # Ok::<(), baton::Error>(())
/// ```
pub fn generator<F>(function: impl FnOnce(Yielder) -> F) -> Handle
where
    F: Future + Send + 'static,
    F::Output: IntoOutcome,
{
    Handle::with_code::<_, Generating>(function(Yielder::new()))
}

/// Makes a coroutine that also yields values to its outermost driver, such as
/// tokens that a loop knows. One with a name is made by
/// [`#[baton::coroutine(yielding)]`](macro@crate::coroutine).
pub fn yielding<F>(function: impl FnOnce(Yielder) -> F) -> Handle
where
    F: Future + Send + 'static,
    F::Output: IntoOutcome,
{
    Handle::with_code::<_, Anonymous>(function(Yielder::new()))
}

/// Makes an async generator: other languages iterate it with `async for`, Rust
/// by [`Value::into_stream`]. One with a name is made by
/// [`#[baton::coroutine(async_generator)]`](macro@crate::coroutine).
///
/// ```
/// use baton::{async_generator, block_on};
///
/// let mut squares = async_generator(|y| async move {
///     for number in 1..4 {
///         y.item(number * number).await?;
///     }
///     Ok::<(), baton::Error>(())
/// })
/// .into_stream()?;
/// assert_eq!(i64::try_from(block_on(squares.next())?.unwrap())?, 1);
/// # Ok::<(), baton::Error>(())
/// ```
pub fn async_generator<F>(function: impl FnOnce(ItemYielder) -> F) -> Value
where
    F: Future + Send + 'static,
    F::Output: IntoOutcome,
{
    Handle::with_code::<_, GeneratingAsync>(function(ItemYielder::new())).into_value()
}

/// Yields to the driver of the coroutine that it was made for.
#[derive(Debug)]
pub struct Yielder(());

impl Yielder {
    pub(crate) fn new() -> Self {
        Yielder(())
    }

    /// Suspends with a value, and gives what is sent in or thrown in. To be
    /// awaited where it is called.
    pub fn yield_(&self, value: impl Into<Value>) -> Yielding {
        Yielding::new(value.into(), BATON_YIELD)
    }
}

/// Yields the items of an async generator.
#[derive(Debug)]
pub struct ItemYielder(Yielder);

impl ItemYielder {
    pub(crate) fn new() -> Self {
        ItemYielder(Yielder::new())
    }

    /// Gives an item to the consumer, and then what the consumer sends back with
    /// `asend`, or throws with `athrow` or `aclose`.
    pub fn item(&self, item: impl Into<Value>) -> Yielding {
        Yielding::new(item.into(), BATON_ITEM)
    }

    /// Suspends with a value for the outermost driver.
    pub fn yield_(&self, value: impl Into<Value>) -> Yielding {
        self.0.yield_(value)
    }
}
