// SPDX-License-Identifier: MIT
//! Generators, async generators, streams.

use baton::{async_generator, block_on, generator, yielding, Error, Handle, Kind, Value};
use futures::{stream, StreamExt, TryStreamExt};

use crate::support::*;

#[test]
fn a_generator_gets_what_is_sent_and_what_is_thrown() {
    let _clean = clean();
    let mut handle = generator(|y| async move {
        let sent = y.yield_("first").await?;
        let error = y.yield_(sent).await.unwrap_err();
        Ok::<_, Error>(error.message().to_owned())
    });
    let value = handle.send(&mut noop(), Value::from(1));
    assert_eq!(
        told(value),
        "ERROR type-error: can't send non-None value to a just-started generator"
    );
    assert_eq!(told(step(&mut handle)), "YIELD \"first\"");
    assert_eq!(told(handle.send(&mut noop(), Value::from(2))), "YIELD 2");
    let thrown = handle.throw(&mut noop(), Error::new(Kind::KEY, "k"));
    assert_eq!(told(thrown), "RETURN \"k\"");
    assert_eq!(told(step(&mut handle)), "RETURN none");
}

#[test]
fn a_generator_that_yields_at_its_close_is_told_so() {
    let _clean = clean();
    let mut handle = generator(|y| async move {
        loop {
            let _ = y.yield_(0).await;
        }
        #[allow(unreachable_code)]
        ()
    });
    assert_eq!(told(step(&mut handle)), "YIELD 0");
    let error = handle.close().unwrap_err();
    assert_eq!(error.message(), "generator ignored GeneratorExit");
}

#[test]
fn two_yields_at_a_time_go_up_one_after_the_other() {
    let _clean = clean();
    let mut handle = yielding(|y| async move {
        let (one, two) = futures::join!(y.yield_(1), y.yield_(2));
        Ok::<_, Error>(number(one?) * 10 + number(two?))
    });
    assert_eq!(told(step(&mut handle)), "YIELD 1");
    assert_eq!(told(handle.send(&mut noop(), 3.into())), "YIELD 2");
    assert_eq!(told(handle.send(&mut noop(), 4.into())), "RETURN 34");
}

#[test]
fn a_yield_beside_a_child_goes_up_and_the_child_is_driven() {
    let _clean = clean();
    let gate = Gate::default();
    let child = Handle::new(gate.clone());
    let mut handle = yielding(|y| async move {
        let (end, sent) = futures::join!(child.awaiting(), y.yield_("up"));
        end?;
        sent
    });
    assert_eq!(told(step(&mut handle)), "YIELD \"up\"");
    assert!(gate.waits());
    assert_eq!(told(handle.send(&mut noop(), 5.into())), "PENDING");
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN 5");
}

#[test]
fn a_yield_in_a_set_is_polled_again_with_its_answer() {
    let _clean = clean();
    let mut handle = yielding(|y| async move {
        let set: stream::FuturesUnordered<_> = [y.yield_(1)].into_iter().collect();
        let answers: Vec<_> = set.collect().await;
        Ok::<_, Error>(number(answers.into_iter().next().unwrap()?))
    });
    assert_eq!(told(step(&mut handle)), "YIELD 1");
    assert_eq!(told(handle.send(&mut noop(), 9.into())), "RETURN 9");
}

#[test]
fn what_is_yielded_outside_fails() {
    let _clean = clean();
    let (give, take) = std::sync::mpsc::channel();
    let mut handle = yielding(|y| async move {
        give.send(y).unwrap();
    });
    assert_eq!(told(step(&mut handle)), "RETURN none");
    let y = take.recv().unwrap();
    assert_eq!(
        block_on(y.yield_(1)).unwrap_err().message(),
        "what is yielded is awaited in a coroutine, in one alone"
    );
}

#[test]
fn the_items_of_an_async_generator_are_a_stream() {
    let _clean = clean();
    let value = async_generator(|y| async move {
        for number in 0..3 {
            let sent = y.item(number).await?;
            assert!(sent.is_none());
        }
        Ok::<(), Error>(())
    });
    let items: Vec<i64> = block_on(
        value
            .into_stream()
            .unwrap()
            .map_ok(number)
            .try_collect::<Vec<_>>(),
    )
    .unwrap();
    assert_eq!(items, [0, 1, 2]);
}

#[test]
fn an_async_generator_awaits_between_its_items() {
    let _clean = clean();
    let gate = Gate::default();
    let wait = gate.clone();
    let value = async_generator(|y| async move {
        y.item("before").await?;
        Handle::new(wait).await?;
        y.item("after").await?;
        Err::<(), _>(Error::new(Kind::VALUE, "broken"))
    });
    let mut handle = Handle::from_fn(async move || {
        let mut items = value.into_stream()?;
        let mut seen = String::new();
        while let Some(item) = items.next().await? {
            seen += item.as_str().unwrap();
        }
        Ok::<_, Error>(seen)
    });
    assert_eq!(told(step(&mut handle)), "PENDING");
    gate.open();
    assert_eq!(told(step(&mut handle)), "ERROR value-error: broken");
}

#[test]
fn a_stream_that_is_closed_lets_the_generator_clean_up() {
    let _clean = clean();
    let (give, take) = std::sync::mpsc::channel();
    let value = async_generator(|y| async move {
        let end = y.item(1).await;
        give.send(end.unwrap_err().kind()).unwrap();
    });
    block_on(async {
        let mut items = value.into_stream().unwrap();
        assert_eq!(number(items.next().await.unwrap().unwrap()), 1);
        items.close().await.unwrap();
    });
    assert_eq!(take.recv().unwrap(), Kind::GENERATOR_EXIT);
}

#[test]
fn a_stream_that_is_dropped_lets_go_of_the_generator() {
    let _clean = clean();
    let (give, take) = std::sync::mpsc::channel();
    let value = async_generator(|y| async move {
        let end = y.item(1).await;
        give.send(end.unwrap_err().kind()).unwrap();
    });
    let mut items = value.into_stream().unwrap();
    block_on(items.next()).unwrap();
    drop(items);
    assert_eq!(take.recv().unwrap(), Kind::GENERATOR_EXIT);
}

#[test]
fn a_stream_crosses_and_comes_back() {
    let _clean = clean();
    let value = Value::from_stream(stream::iter(["a", "b"]));
    let items: Vec<_> = block_on(value.into_stream().unwrap().collect::<Vec<_>>());
    let told: Vec<_> = items.iter().map(|item| format!("{item:?}")).collect();
    assert_eq!(told, ["Ok(\"a\")", "Ok(\"b\")"]);
}

#[test]
fn what_cannot_be_iterated_says_so() {
    let _clean = clean();
    let error = Value::from(1).into_stream().unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (
            Kind::TYPE,
            "'async for' requires an object with __aiter__ method, got i64"
        )
    );
}

enum Wrong {}

impl baton::Code for Wrong {
    const NAME: &'static std::ffi::CStr = c"wrong";
    const SORT: baton::Sort = baton::Sort::AsyncGenerator;
}

#[test]
fn an_async_generator_as_a_handle_refuses_to_be_driven() {
    let _clean = clean();
    let mut handle = Handle::with_code::<_, Wrong>(async {});
    assert_eq!(
        told(step(&mut handle)),
        "ERROR type-error: 'async_generator' object cannot be driven"
    );
    assert_eq!(
        told(handle.close().map(baton::Driven::Returned)),
        "ERROR runtime-error: 'async_generator' was called against the contract"
    );
    assert_eq!(
        told(block_on(handle).map(baton::Driven::Returned)),
        "ERROR type-error: 'async_generator' object can't be awaited"
    );
}

#[test]
fn yields_in_a_set_go_up_one_after_the_other() {
    let _clean = clean();
    let mut handle = yielding(|y| async move {
        let set: stream::FuturesUnordered<_> = (1..4).map(|n| y.yield_(n)).collect();
        let answers: Vec<_> = set.map(|answer| number(answer.unwrap())).collect().await;
        format!("{answers:?}")
    });
    assert_eq!(told(step(&mut handle)), "YIELD 1");
    assert_eq!(told(handle.send(&mut noop(), 7.into())), "YIELD 2");
    assert_eq!(told(handle.send(&mut noop(), 8.into())), "YIELD 3");
    let end = told(handle.send(&mut noop(), 9.into()));
    assert_eq!(end, "RETURN \"[7, 8, 9]\"");
}

#[test]
fn a_yield_goes_up_when_the_one_before_is_dropped() {
    let _clean = clean();
    for in_a_set in [false, true] {
        let mut handle = yielding(move |y| async move {
            let mut first = Box::pin(y.yield_("dropped"));
            assert!(futures::poll!(&mut first).is_pending());
            let mut first = Some(first);
            let drops = std::future::poll_fn(move |_| {
                drop(first.take());
                std::task::Poll::Ready(())
            });
            if in_a_set {
                let mut set: stream::FuturesUnordered<_> =
                    [y.yield_("up")].into_iter().collect();
                futures::join!(set.next(), drops).0.unwrap()
            } else {
                futures::join!(y.yield_("up"), drops).0
            }
        });
        assert_eq!(told(step(&mut handle)), "YIELD \"up\"");
        assert_eq!(told(handle.send(&mut noop(), 5.into())), "RETURN 5");
    }
}

#[test]
fn a_yield_in_a_set_beside_a_child_that_was_offered_goes_up() {
    let _clean = clean();
    let child = Handle::new(Gate::default());
    let mut handle = yielding(|y| async move {
        let mut set: stream::FuturesUnordered<_> = [y.yield_("up")].into_iter().collect();
        futures::select! {
            _ = child.awaiting() => Ok(Value::NONE),
            answer = set.next() => answer.unwrap(),
        }
    });
    let up = told(step(&mut handle));
    assert_eq!(up, "YIELD \"up\"");
    assert_eq!(told(handle.send(&mut noop(), 5.into())), "RETURN 5");
}

#[test]
fn a_generator_drives_what_it_awaits() {
    let _clean = clean();
    let gate = Gate::default();
    let wait = gate.clone();
    let mut handle = generator(|y| async move {
        let got = Handle::new(async { 5 }).await?;
        let sent = y.yield_(got).await?;
        Handle::new(wait).await?;
        Ok::<_, Error>(sent)
    });
    assert_eq!(told(step(&mut handle)), "YIELD 5");
    assert_eq!(told(handle.send(&mut noop(), 6.into())), "PENDING");
    gate.open();
    assert_eq!(told(step(&mut handle)), "RETURN 6");
}
