// SPDX-License-Identifier: MIT
use std::cell::Cell;
use std::marker::PhantomData;
use std::mem;
use std::task::Context;

use crate::child::{close, step_alone, Child, Next, Step};
use crate::waker::Counted;
use crate::{Error, Value};

/// How a step that was driven by hand has ended.
#[derive(Debug)]
pub enum Driven {
    /// It has ended with this.
    Returned(Value),
    /// It has a value for its driver, and waits for an answer.
    Yielded(Value),
    /// It waits; the waker will be woken. Go on by sending none.
    Pending,
}

/// What drives by hand.
pub(crate) struct Driver {
    state: State,
    not_sync: PhantomData<Cell<()>>, // introspection is for one thread at a time
}

/// Most are handed on before they are driven: until then they are small.
enum State {
    Fresh(Value),
    Begun(Box<Begun>),
}

struct Begun {
    child: Child,
    waker: Option<Counted>, // what the child knows
}

impl Driver {
    #[inline]
    pub(crate) fn new(awaitable: Value) -> Self {
        Driver {
            state: State::Fresh(awaitable),
            not_sync: PhantomData,
        }
    }

    pub(crate) fn value(&self) -> &Value {
        match &self.state {
            State::Fresh(value) => value,
            State::Begun(begun) => begun.child.target(),
        }
    }

    #[inline]
    pub(crate) fn into_value(self) -> Value {
        match self.state {
            State::Fresh(value) => value.arrive(),
            State::Begun(begun) => begun.child.into_target().arrive(),
        }
    }

    pub(crate) fn send(
        &mut self,
        cx: &mut Context<'_>,
        value: Value,
    ) -> Result<Driven, Error> {
        self.step(cx, Next::send(value))
    }

    pub(crate) fn throw(
        &mut self,
        cx: &mut Context<'_>,
        error: Error,
    ) -> Result<Driven, Error> {
        self.step(cx, Next::throw(error))
    }

    pub(crate) fn close(&mut self) -> Result<Value, Error> {
        if let State::Begun(begun) = &mut self.state {
            begun.child.stop_waiting();
        }
        close(self.value())
    }

    fn begin(&mut self) -> &mut Begun {
        if let State::Fresh(value) = &mut self.state {
            let child = Child::by_hand(mem::take(value));
            let waker = None;
            self.state = State::Begun(Box::new(Begun { child, waker }));
        }
        match &mut self.state {
            State::Begun(begun) => begun,
            State::Fresh(_) => unreachable!("it has begun just now"),
        }
    }

    fn step(&mut self, cx: &mut Context<'_>, next: Next) -> Result<Driven, Error> {
        let Begun { child, waker } = self.begin();
        // SAFETY: the waker lives until the end of this step.
        let waker = unsafe { Counted::renew(waker, cx.waker()) };
        match step_alone(child, waker, next, true) {
            Step::Ready(result) => result.map(Driven::Returned),
            Step::Yielded(token) => Ok(Driven::Yielded(token)),
            Step::Pending => Ok(Driven::Pending),
        }
    }
}

/// The methods that the two kinds of handle share.
macro_rules! driving {
    ($handle:ident, sole: $sole:literal) => {
        impl $handle {
            /// The future of its outcome, for what takes no `IntoFuture`, such as
            /// `join!`, `select!` and `spawn`.
            #[inline]
            pub fn awaiting(self) -> $crate::Awaiting<$handle> {
                $crate::Awaiting::new(self.into_value(), false)
            }

            /// Starts it, or resumes it with the value of its suspension.
            ///
            /// A token that can be waited for is waited for: that is `Pending`.
            pub fn send(
                &mut self,
                cx: &mut std::task::Context<'_>,
                value: $crate::Value,
            ) -> Result<$crate::Driven, $crate::Error> {
                self.0.send(cx, value)
            }

            /// Raises an error where it is suspended. It answers as it likes.
            pub fn throw(
                &mut self,
                cx: &mut std::task::Context<'_>,
                error: $crate::Error,
            ) -> Result<$crate::Driven, $crate::Error> {
                self.0.throw(cx, error)
            }

            /// Ends it without waiting: a cleanup that suspends is an error. Gives
            /// what it returned, none if nothing.
            pub fn close(&mut self) -> Result<$crate::Value, $crate::Error> {
                self.0.close()
            }

            /// The value, to hand it to another language.
            #[inline]
            pub fn into_value(self) -> $crate::Value {
                self.0.into_value()
            }

            /// Lends the value to a call of the contract.
            pub fn as_raw(&self) -> &$crate::sys::baton_value {
                self.0.value().as_raw()
            }

            /// Where it stands. Unknown of what has no introspection.
            pub fn state(&self) -> Option<$crate::State> {
                $crate::introspect::state(self.0.value())
            }

            /// Its name, or that of its type.
            pub fn name(&self) -> &str {
                $crate::introspect::name(self.0.value())
            }

            /// Where its code is suspended, or begins.
            pub fn location(&self) -> Option<$crate::Frame> {
                $crate::introspect::location(self.0.value())
            }

            /// What it awaits, and what that awaits, and so on, itself first.
            pub fn chain(&self) -> Result<Vec<$crate::Member>, $crate::Error> {
                $crate::introspect::chain(self.0.value())
            }
        }

        impl std::future::IntoFuture for $handle {
            type Output = Result<$crate::Value, $crate::Error>;
            type IntoFuture = $crate::Awaiting<$handle>;

            #[inline]
            fn into_future(self) -> $crate::Awaiting<$handle> {
                self.awaiting()
            }
        }

        impl $crate::awaiting::sealed::Sealed for $handle {
            const PORTABLE: bool = $sole;
            const SOLE: bool = $sole;
        }

        impl $crate::Awaitable for $handle {}

        impl From<$handle> for $crate::Value {
            fn from(handle: $handle) -> Self {
                handle.into_value()
            }
        }

        impl std::fmt::Debug for $handle {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "<{} {}>", self.0.value().type_name(), self.name())
            }
        }
    };
}

pub(crate) use driving;
