// SPDX-License-Identifier: MIT
//! `#[baton::coroutine]`.

use std::rc::Rc;

use baton::{block_on, Error, Handle, ItemYielder, Value, Yielder};

use crate::support::*;

struct Client {
    base: i64,
}

impl Client {
    #[baton::coroutine]
    async fn fetch(self, number: i64) -> Result<i64, Error> {
        if number < 0 {
            return Err("negative".into());
        }
        let more = Handle::new(async move { number }).await?;
        Ok(self.base + i64::try_from(more)?)
    }
}

#[baton::coroutine(local)]
async fn stays(text: Rc<str>) -> String {
    text.to_string()
}

#[baton::coroutine]
async fn generic<T>(item: T, mut count: i64)
where
    T: Into<i64> + Send + 'static,
{
    count += item.into();
    assert_eq!(count, 3);
}

#[baton::coroutine(yielding)]
async fn asks(y: Yielder, question: Value) -> Result<Value, Error> {
    y.yield_(question).await
}

#[baton::coroutine(generator)]
async fn doubles(y: Yielder, mut number: i64) -> Result<(), Error> {
    loop {
        number = 2 * i64::try_from(y.yield_(number).await?)?;
    }
}

impl Client {
    #[baton::coroutine(async_generator, local)]
    async fn outcomes(self, y: ItemYielder, awaitable: Value) -> Result<(), Error> {
        y.item(self.base).await?;
        y.item(awaitable.into_awaitable()?.await?).await?;
        Err(Error::from("no more"))
    }
}

#[test]
fn what_yields_has_its_name() {
    let _clean = clean();
    let mut handle = asks("why".into());
    assert_eq!(handle.name(), "asks");
    assert_eq!(told(step(&mut handle)), "YIELD \"why\"");
    assert_eq!(told(handle.send(&mut noop(), "so".into())), "RETURN \"so\"");
}

#[test]
fn a_generator_has_its_name_and_its_rules() {
    let _clean = clean();
    let mut handle = doubles(1);
    assert_eq!(handle.name(), "doubles");
    assert_eq!(
        handle.location().unwrap().function,
        "it::attribute::doubles"
    );
    assert_eq!(told(step(&mut handle)), "YIELD 1");
    assert_eq!(told(handle.send(&mut noop(), 4.into())), "YIELD 8");
    assert!(handle.close().unwrap().is_none());
}

#[test]
fn a_local_async_generator_holds_an_await_between_its_items() {
    let _clean = clean();
    let inner = asks("where".into()).into_value();
    let outcomes = Client { base: 1 }.outcomes(inner);
    let mut handle = Handle::from_fn(async move || {
        let mut items = outcomes.into_stream()?;
        let mut seen = Vec::new();
        for _ in 0..2 {
            seen.push(format!("{:?}", items.next().await?));
        }
        let end = items.next().await.unwrap_err();
        seen.push(end.message().to_owned());
        seen.push(end.frames()[0].function.clone());
        Ok::<_, Error>(seen.join(" "))
    });
    assert_eq!(told(step(&mut handle)), "YIELD \"where\"");
    assert_eq!(
        told(handle.send(&mut noop(), 5.into())),
        "RETURN \"Some(1) Some(5) no more it::attribute::outcomes\""
    );
}

baton::code!(Letters = "letters");

#[test]
fn a_stream_can_have_a_name() {
    let _clean = clean();
    let failing = futures::stream::iter([Err::<(), _>(Error::from("broken"))]);
    let letters = Value::from_stream_with_code::<_, Letters>(failing);
    let mut items = letters.into_stream().unwrap();
    let frame = block_on(items.next()).unwrap_err().frames().remove(0);
    assert_eq!(frame.function, "it::attribute::letters");
    assert!(frame.file.ends_with("attribute.rs") && frame.line > 1);
}

#[test]
fn a_method_returns_a_coroutine_that_has_its_name() {
    let _clean = clean();
    let handle = Client { base: 40 }.fetch(2);
    assert_eq!(handle.name(), "fetch");
    assert_eq!(number(block_on(handle).unwrap()), 42);
    let error = block_on(Client { base: 0 }.fetch(-1)).unwrap_err();
    assert_eq!(error.message(), "negative");
    assert_eq!(error.frames()[0].function, "it::attribute::fetch");
}

#[test]
fn a_local_one_may_hold_what_stays_on_its_thread() {
    let _clean = clean();
    assert_eq!(
        block_on(stays("here".into())).unwrap().as_str(),
        Some("here")
    );
}

#[test]
fn a_generic_one_returns_nothing() {
    let _clean = clean();
    assert!(block_on(generic(1i64, 2)).unwrap().is_none());
}
