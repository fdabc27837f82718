// SPDX-License-Identifier: MIT
//! The provider: an export for each body, and the functions that are none.

mod bodies;
mod generators;
mod join;
mod nap;

use baton::sys::*;
use baton::{Error, Kind, Value};
use bodies::*;
use generators::*;

/// The arguments, if there are as many as it takes.
fn take<const N: usize>(arguments: &[Value]) -> Result<[Value; N], Error> {
    let copies: Vec<Value> = copy(arguments)?;
    let wrong = |given: Vec<Value>| {
        let message = format!("takes {N} arguments, not {}", given.len());
        Error::new(Kind::TYPE, &message)
    };
    copies.try_into().map_err(wrong)
}

fn copy(arguments: &[Value]) -> Result<Vec<Value>, Error> {
    arguments.iter().map(Value::try_clone).collect()
}

/// The blocks that the library holds.
fn live() -> u64 {
    let mut counters = baton_counters {
        blocks: 0,
        leaked: 0,
    };
    nap::wait();
    // SAFETY: no coroutine runs; the counters are ours.
    unsafe {
        baton_thread_flush();
        baton_read_counters(&mut counters);
    }
    counters.blocks + counters.leaked
}

baton::provider! {
    name: "good-rust",
    version: "1.0.0",
    exports: {
        "kit.give", "returns v": |a| take(a).map(|[v]| give(v).into()),
        "kit.echo", "yields v, returns what is sent":
            |a| take(a).map(|[v]| echo(v).into()),
        "kit.fail", "fails with a kind and a message":
            |a| take(a).map(|[kind, message]| fail(kind, message).into()),
        "kit.raise", "fails with e": |a| take(a).map(|[e]| raise(e).into()),
        "kit.panic", "panics":
            |a| take(a).map(|[message]| bodies::panic(message).into()),
        "kit.nil", "returns nothing": |a| take(a).map(|[]| nil().into()),
        "kit.true", "returns true": |a| take(a).map(|[]| truth().into()),
        "kit.one", "returns 1": |a| take(a).map(|[]| one().into()),
        "kit.relay", "awaits x": |a| take(a).map(|[x]| relay(x).into()),
        "kit.pair", "awaits x, then y": |a| take(a).map(|[x, y]| pair(x, y).into()),
        "kit.rescue", "returns the error of x":
            |a| take(a).map(|[x]| rescue(x).into()),
        "kit.guard", "awaits x, finally y":
            |a| take(a).map(|[x, y]| guard(x, y).into()),
        "kit.both", "awaits x and y at once":
            |a| take(a).map(|[x, y]| both(x, y).into()),
        "kit.alike", "whether x and y fail alike":
            |a| take(a).map(|[x, y]| alike(x, y).into()),
        "kit.last", "returns the last item of x":
            |a| take(a).map(|[x]| last(x).into()),
        "kit.nap", "is woken by a thread": |a| take(a).map(|[]| nap::nap().into()),
        "kit.count", "yields 0 ... n-1": |a| take(a).map(|[n]| count(n).into()),
        "kit.items", "hands its arguments": |a| Ok(items(copy(a)?)),
        "kit.mirror", "hands what it is sent": |a| take(a).map(|[v]| mirror(v)),
        "kit.tidy", "hands v twice, finally awaits y":
            |a| take(a).map(|[v, y]| tidy(v, y)),
        "kit.stubborn", "hands v, and again when it is closed":
            |a| take(a).map(|[v]| stubborn(v)),
        "kit.run", "drives x to its end":
            |a| take(a).and_then(|[x]| baton::block_on(x.into_awaitable()?)),
        "kit.same", "whether two are one":
            |a| take(a).map(|[a, b]| is_same(&a, &b).into()),
        "kit.live", "counts blocks": |a| take(a).map(|[]| live().into()),
    }
}
