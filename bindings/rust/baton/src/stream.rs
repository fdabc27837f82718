// SPDX-License-Identifier: MIT
use std::fmt;
use std::future::{poll_fn, Future};
use std::pin::{pin, Pin};
use std::task::{ready, Context, Poll};

use baton_sys::*;
use futures_core::Stream;

use crate::code::{GeneratingAsync, Iterated};
use crate::{descriptor, Awaiting, Code, Error, Handle, IntoOutcome, ItemYielder};
use crate::{Kind, LocalHandle, Value};

impl Value {
    /// Makes an async generator of a stream: other languages iterate it. An item
    /// that is an error ends it.
    pub fn from_stream<S>(stream: S) -> Self
    where
        S: Stream + Send + 'static,
        S::Item: IntoOutcome + Send,
    {
        Value::from_stream_with_code::<S, GeneratingAsync>(stream)
    }

    /// Makes an async generator of a stream, and says what it is called.
    pub fn from_stream_with_code<S, C>(stream: S) -> Self
    where
        S: Stream + Send + 'static,
        S::Item: IntoOutcome + Send,
        C: Code,
    {
        let y = ItemYielder::new();
        let items = async move {
            let mut stream = pin!(stream);
            while let Some(item) = poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
                let item = item.into_outcome()?;
                y.item(item).await?;
            }
            Ok::<(), Error>(())
        };
        Handle::with_code::<_, Iterated<C>>(items).into_value()
    }

    /// Iterates an async iterator of any language. Fails for what is none.
    pub fn into_stream(self) -> Result<Items, Error> {
        self.check_home()?;
        let iterator = ask(&self, "__aiter__", |methods| methods.am_aiter)?;
        Ok(Items {
            iterator,
            next: None,
            over: false,
        })
    }
}

type Slot =
    unsafe extern "C" fn(*const baton_value, *mut baton_context, *mut baton_value) -> i32;

fn ask(
    value: &Value,
    method: &str,
    slot: impl FnOnce(&baton_async_methods) -> Option<Slot>,
) -> Result<Value, Error> {
    // SAFETY: a checked descriptor's suites are there as long as it is.
    let slot = descriptor::check(value)?
        .and_then(|descriptor| unsafe { descriptor.as_async.as_ref() })
        .and_then(slot);
    let Some(slot) = slot else {
        let name = value.type_name();
        let message =
            format!("'async for' requires an object with {method} method, got {name}");
        return Err(Error::new(Kind::TYPE, &message));
    };
    let mut cx = descriptor::detached();
    let mut out = baton_none();
    // SAFETY: the value and the context are valid.
    let status = unsafe { slot(value.as_raw(), &mut cx, &mut out) };
    // SAFETY: what is in `out` is ours, whatever the status.
    unsafe { crate::child::outcome(status, BATON_OWNED, out, value) }
}

/// The items of an async iterator, as a [`Stream`].
///
/// Dropped, it lets go of the iterator; whoever lets go last closes it. To wait
/// for its cleanup, [`Items::close`] it.
#[must_use = "streams do nothing unless polled"]
pub struct Items {
    iterator: Value,
    next: Option<Awaiting<LocalHandle>>,
    over: bool,
}

impl Items {
    /// The next item; none at the end.
    pub async fn next(&mut self) -> Result<Option<Value>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx))
            .await
            .transpose()
    }

    /// Closes what is left, and waits for its cleanup.
    pub async fn close(mut self) -> Result<(), Error> {
        self.next = None;
        // SAFETY: the iterator is valid; the table belongs to this id.
        let table = unsafe {
            baton_find(self.iterator.as_raw(), BATON_EXT_ASYNC_GENERATOR)
                .cast::<baton_async_generator>()
                .as_ref()
        };
        let Some(table) = table else {
            return Ok(());
        };
        let mut cx = descriptor::detached();
        let mut out = baton_none();
        // SAFETY: the iterator and the context are valid; what is in `out` is
        // ours, whatever the status.
        let closing = unsafe {
            let status = (table.aclose)(self.iterator.as_raw(), &mut cx, &mut out);
            crate::child::outcome(status, BATON_OWNED, out, &self.iterator)?
        };
        closing.into_awaitable()?.await?;
        Ok(())
    }

    fn begin(&self) -> Result<Awaiting<LocalHandle>, Error> {
        let next = ask(&self.iterator, "__anext__", |methods| methods.am_anext)?;
        Ok(Awaiting::new(LocalHandle::new(next)?.into_value(), false))
    }
}

impl Stream for Items {
    type Item = Result<Value, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        if self.over {
            return Poll::Ready(None);
        }
        if self.next.is_none() {
            match self.begin() {
                Ok(next) => self.next = Some(next),
                Err(error) => {
                    self.over = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        let next = self.next.as_mut().expect("it was begun just now");
        let outcome = ready!(Future::poll(Pin::new(next), cx));
        self.next = None;
        self.over = outcome.is_err();
        match outcome {
            Err(error) if error.kind() == Kind::STOP_ASYNC_ITERATION => Poll::Ready(None),
            outcome => Poll::Ready(Some(outcome)),
        }
    }
}

impl fmt::Debug for Items {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<items of {}>", self.iterator.type_name())
    }
}
