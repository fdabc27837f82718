// SPDX-License-Identifier: MIT
use std::ffi::CStr;

use baton_sys::{BATON_KIND_ASYNC_GENERATOR, BATON_KIND_COROUTINE, BATON_KIND_GENERATOR};

/// What others are told about a coroutine's source. Made by
/// [`#[baton::coroutine]`](macro@crate::coroutine) and [`code!`](crate::code); a plain
/// future has [`Anonymous`].
pub trait Code: 'static {
    /// "fetch".
    const NAME: &'static CStr;
    /// "Client.fetch"; none: the same as `NAME`.
    const QUALIFIED_NAME: Option<&'static CStr> = None;
    /// The source file; none: unknown.
    const FILE: Option<&'static CStr> = None;
    /// The first line; 0: unknown.
    const LINE: u32 = 0;
    /// Which rules hold.
    const SORT: Sort = Sort::Coroutine;
    /// Whether it belongs to the thread that makes it.
    const LOCAL: bool = false;
}

/// Which of the languages' rules hold for a coroutine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Awaited.
    Coroutine,
    /// Driven by hand: its values go to whoever drives it.
    Generator,
    /// Iterated with `async for`: its items go to the consumer.
    AsyncGenerator,
}

impl Sort {
    pub(crate) const fn kind(self) -> u8 {
        match self {
            Sort::Coroutine => BATON_KIND_COROUTINE,
            Sort::Generator => BATON_KIND_GENERATOR,
            Sort::AsyncGenerator => BATON_KIND_ASYNC_GENERATOR,
        }
    }
}

/// A future of which nobody said more.
pub enum Anonymous {}

impl Code for Anonymous {
    const NAME: &'static CStr = c"future";
}

/// The same code, for a future that stays on its thread.
pub struct Local<C>(std::marker::PhantomData<C>);

impl<C: Code> Code for Local<C> {
    const NAME: &'static CStr = C::NAME;
    const QUALIFIED_NAME: Option<&'static CStr> = C::QUALIFIED_NAME;
    const FILE: Option<&'static CStr> = C::FILE;
    const LINE: u32 = C::LINE;
    const SORT: Sort = C::SORT;
    const LOCAL: bool = true;
}

/// The same code, for an async generator.
pub(crate) struct Iterated<C>(std::marker::PhantomData<C>);

impl<C: Code> Code for Iterated<C> {
    const NAME: &'static CStr = C::NAME;
    const QUALIFIED_NAME: Option<&'static CStr> = C::QUALIFIED_NAME;
    const FILE: Option<&'static CStr> = C::FILE;
    const LINE: u32 = C::LINE;
    const SORT: Sort = Sort::AsyncGenerator;
    const LOCAL: bool = C::LOCAL;
}

/// Declares a type that is a [`Code`]: what others are told of this place.
///
/// ```
/// use baton::{Handle, Value};
///
/// baton::code!(Ticks = "ticks");
/// let ticks = Handle::with_code::<_, Ticks>(async {});
/// assert_eq!(ticks.name(), "ticks");
/// # drop(ticks.into_value());
/// ```
#[macro_export]
macro_rules! code {
    ($visibility:vis $code:ident = $name:literal) => {
        $visibility enum $code {}

        impl $crate::Code for $code {
            const NAME: &'static ::core::ffi::CStr =
                $crate::raw::c_text(concat!($name, "\0"));
            const QUALIFIED_NAME: ::core::option::Option<&'static ::core::ffi::CStr> =
                ::core::option::Option::Some($crate::raw::c_text(concat!(
                    module_path!(), "::", $name, "\0"
                )));
            const FILE: ::core::option::Option<&'static ::core::ffi::CStr> =
                ::core::option::Option::Some($crate::raw::c_text(concat!(file!(), "\0")));
            const LINE: u32 = line!();
        }
    };
}

pub(crate) enum Generating {}

impl Code for Generating {
    const NAME: &'static CStr = c"generator";
    const SORT: Sort = Sort::Generator;
}

pub(crate) enum GeneratingAsync {}

impl Code for GeneratingAsync {
    const NAME: &'static CStr = c"async_generator";
    const SORT: Sort = Sort::AsyncGenerator;
}
