// SPDX-License-Identifier: MIT
//! The provider: an export for each body, and the functions that are none.

mod bodies;
mod drive;
mod words;

use std::cell::RefCell;
use std::ffi::c_void;

use baton::sys::*;
use baton::{Error, Value};
use bodies::*;
use words::Witness;

fn witness(arguments: &[Value]) -> Witness {
    Witness::new(&arguments[0])
}

/// The text of an argument, empty for none.
fn text(argument: &Value) -> String {
    argument.as_str().unwrap_or_default().to_owned()
}

thread_local! {
    /// What `deliver` got: to `drive` it has to be dropped here and nowhere else,
    /// and what an export gets is its caller's.
    static DELIVERED: RefCell<Value> = const { RefCell::new(Value::NONE) };
}

/// The scenarios drop some on purpose.
unsafe extern "C" fn unawaited(_: *mut c_void, _: *const baton_value) {}

fn blocks() -> u64 {
    let mut counters = baton_counters {
        blocks: 0,
        leaked: 0,
    };
    // SAFETY: no coroutine runs; the counters are ours.
    unsafe {
        baton_set_unawaited_hook(Some(unawaited), std::ptr::null_mut());
        baton_thread_flush();
        baton_read_counters(&mut counters);
    }
    counters.blocks + counters.leaked
}

fn drive_it(a: &[Value]) -> Result<Value, Error> {
    let script = text(&a[0]);
    drive::drive(DELIVERED.take(), &script, Witness::new(&a[1]));
    Ok(Value::NONE)
}

baton::provider! {
    name: "interop-rust",
    version: "0",
    exports: {
        "give", "": |a| Ok(give(a[0].try_clone()?).into()),
        "echo", "": |a| Ok(echo(a[0].try_clone()?).into()),
        "turns", "": |a| Ok(turns(i64::try_from(&a[0])?).into()),
        "fail", "": |a| Ok(fail(u32::try_from(&a[0])?, text(&a[1])).into()),
        "fail_os", "": |a| Ok(fail_os(i32::try_from(&a[0])?).into()),
        "fail_because", "": |_| Ok(fail_because().into()),
        "panic", "": |a| Ok(bodies::panic(text(&a[0])).into()),
        "hold", "": |a| Ok(hold(witness(a), a[1].try_clone()?).into()),
        "guard", "": |a| Ok(guard(witness(a), a[1].try_clone()?).into()),
        "relay", "": |a| Ok(relay(a[0].try_clone()?).into()),
        "rescue", "": |a| Ok(rescue(witness(a), a[1].try_clone()?).into()),
        "catch", "": |a| Ok(catch(witness(a)).into()),
        "answer", "": |a| Ok(answer(witness(a)).into()),
        "ignore", "": |_| Ok(ignore().into()),
        "replace", "": |_| Ok(replace().into()),
        "act", "": |a| Ok(act(witness(a), text(&a[1])).into()),
        "sleep", "": |a| Ok(sleep(witness(a)).into()),
        "collect", "": |a| {
            let last = i64::try_from(&a[2])?;
            Ok(collect(witness(a), a[1].try_clone()?, last).into())
        },
        "items", "": |a| Ok(items(witness(a), i64::try_from(&a[1])?)),
        "items_fail", "": |_| Ok(items_fail()),
        "items_echo", "": |_| Ok(items_echo()),
        "items_catch", "": |a| Ok(items_catch(witness(a))),
        "items_await", "": |a| Ok(items_await(a[0].try_clone()?, a[1].try_clone()?)),
        "deliver", "": |a| {
            DELIVERED.set(a[0].try_clone()?);
            Ok(Value::NONE)
        },
        "drive", "": drive_it,
        "blocks", "": |_| Ok(blocks().into()),
        "ring", "": |a| {
            ring(i64::try_from(&a[0])?);
            Ok(Value::NONE)
        },
    }
}
