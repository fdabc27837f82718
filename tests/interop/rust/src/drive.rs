// SPDX-License-Identifier: MIT
//! Takes the steps of a script with a handle.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use baton::sys::*;
use baton::{Driven, Error, Kind, LocalHandle, State, Value};

use crate::words::{self, Witness};

/// Notes that it was woken.
#[derive(Default)]
struct Bell(AtomicBool);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Release);
    }
}

struct Drive {
    witness: Witness,
    object: Value,
    handle: Option<LocalHandle>,
    last: Value,
    bell: Arc<Bell>,
}

impl Drive {
    fn handle(&mut self) -> Result<&mut LocalHandle, Error> {
        if self.handle.is_none() {
            self.handle = Some(self.object.try_clone()?.into_awaitable()?);
        }
        Ok(self.handle.as_mut().expect("it is there"))
    }

    fn send(&mut self, value: Value) -> Result<(), Error> {
        let waker = Waker::from(self.bell.clone());
        let driven = self
            .handle()?
            .send(&mut Context::from_waker(&waker), value)?;
        self.told(driven);
        Ok(())
    }

    fn throw(&mut self, error: Error) -> Result<(), Error> {
        let waker = Waker::from(self.bell.clone());
        let driven = self
            .handle()?
            .throw(&mut Context::from_waker(&waker), error)?;
        self.told(driven);
        Ok(())
    }

    fn told(&mut self, driven: Driven) {
        let (word, value) = match driven {
            Driven::Returned(value) => ("return", value),
            Driven::Yielded(value) => ("yield", value),
            Driven::Pending => return self.witness.say("pending"),
        };
        self.witness
            .say(&format!("{word} {}", self.witness.value(&value)));
        self.last = value;
    }

    /// The awaitable that a step of an async generator makes.
    fn item(&self, step: &str, rest: &str) -> Result<Value, Error> {
        let object = self.object.as_raw();
        let mut cx = baton_context {
            struct_size: size_of::<baton_context>() as u32,
            abi_major: BATON_ABI_MAJOR,
            abi_minor: BATON_ABI_MINOR,
            accepts: BATON_ACCEPT_YIELD,
            reserved0: 0,
            waker: std::ptr::null(),
            handled: std::ptr::null(),
            query: None,
            driver: std::ptr::null_mut(),
        };
        let mut given = match step {
            "asend" => words::read_value(rest).into_raw(),
            "athrow" => words::read_error(rest).into_raw(),
            _ => baton_none(),
        };
        let mut out = baton_none();
        // SAFETY: the object is an async generator, its tables are its type's;
        // what is left in `given` and `out` is ours.
        let (status, out) = unsafe {
            let table = baton_find(object, BATON_EXT_ASYNC_GENERATOR)
                .cast::<baton_async_generator>();
            let methods = (*object.head.type_).as_async;
            let status = match step {
                "anext" => {
                    (*methods).am_anext.expect("an iterator")(object, &mut cx, &mut out)
                }
                "asend" => ((*table).asend)(object, &mut cx, &mut given, &mut out),
                "athrow" => ((*table).athrow)(object, &mut cx, &mut given, &mut out),
                _ => ((*table).aclose)(object, &mut cx, &mut out),
            };
            baton_drop(&mut given);
            (status, Value::from_raw(out))
        };
        if status == BATON_OK {
            return Ok(out);
        }
        Err(Error::new(
            Kind::OTHER,
            &format!("{step} refused with {status}"),
        ))
    }

    fn state(&mut self) -> Result<(), Error> {
        let name = match self.handle()?.state() {
            Some(State::Created) => "created",
            Some(State::Running) => "running",
            Some(State::Suspended) => "suspended",
            Some(State::Closed) => "closed",
            _ => "unknown",
        };
        self.witness.say(&format!("state {name}"));
        Ok(())
    }

    fn step(&mut self, step: &str, rest: &str) -> Result<(), Error> {
        match step {
            "send" if rest == "last" => {
                let last = std::mem::take(&mut self.last);
                self.send(last)?;
            }
            "send" => self.send(words::read_value(rest))?,
            "throw" => self.throw(words::read_error(rest))?,
            "close" => {
                let value = self.handle()?.close()?;
                self.told(Driven::Returned(value));
            }
            "state" => self.state()?,
            "do" => {
                self.witness.act(rest);
                self.witness.say("done");
            }
            "wait" => {
                let woken = self.bell.0.swap(false, Ordering::Acquire);
                self.witness.say(if woken { "woken" } else { "not woken" });
            }
            "drop" => {
                self.handle = None;
                self.object = Value::NONE;
                self.last = Value::NONE;
                self.witness.say("dropped");
            }
            _ => {
                self.handle = None;
                self.handle = Some(self.item(step, rest)?.into_awaitable()?);
                self.send(Value::NONE)?;
            }
        }
        Ok(())
    }
}

pub fn drive(object: Value, script: &str, witness: Witness) {
    let mut drive = Drive {
        witness,
        object,
        handle: None,
        last: Value::NONE,
        bell: Arc::default(),
    };
    for line in script.lines() {
        let (step, rest) = line.split_once(' ').unwrap_or((line, ""));
        if let Err(error) = drive.step(step, rest) {
            witness.say(&words::error(&error));
        }
    }
}
