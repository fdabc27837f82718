// SPDX-License-Identifier: MIT
//! `#[baton::coroutine]`.

use std::rc::Rc;

use baton::{block_on, Error, Handle};

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
