// SPDX-License-Identifier: MIT
//! Coroutines that other languages await, and theirs in Rust.
//!
//! A [`Handle`] is a coroutine: one of Rust, made of a future, or one of any other
//! language. All of them are awaited alike, under every executor:
//!
//! ```
//! use baton::{block_on, Error, Handle};
//!
//! #[baton::coroutine]
//! async fn double(number: i64) -> i64 {
//!     2 * number
//! }
//!
//! let sum = Handle::new(async {
//!     let (one, two) = (double(1).await?, double(2).await?);
//!     Ok::<_, Error>(i64::try_from(one)? + i64::try_from(two)?)
//! });
//! assert_eq!(i64::try_from(block_on(sum)?)?, 6);
//! # Ok::<(), Error>(())
//! ```
//!
//! | to | there is |
//! |---|---|
//! | make a coroutine | [`Handle::new`], [`Handle::local`], [`macro@coroutine`] |
//! | await one | `handle.await`; in `join!` and `select!` [`Handle::awaiting`] |
//! | await what came from elsewhere | [`Value::into_awaitable`], [`Value::into_stream`] |
//! | keep children inside of each poll | [`undelegated`] |
//! | yield | [`generator`], [`yielding`], [`async_generator`], [`Value::from_stream`] |
//! | drive by hand | [`Handle::send`], [`Handle::throw`], [`Handle::close`] |
//! | see a request to cancel | [`thrown`], [`shielded`] |
//! | offer a library to others | [`provider!`] |
//!
//! # Cancelling
//!
//! Others cancel a coroutine by throwing an error into it. It goes to the
//! children that it awaits; where there are none, and nobody waits for
//! [`thrown`], the future is dropped and fails with that error. A future that is
//! dropped closes its children, as Rust's own are dropped.
//!
//! # Panics
//!
//! A panic becomes an error of kind [`Kind::PANIC`] wherever others call Rust; in
//! a place that cannot fail, such as a drop, it goes to the library's unraisable
//! hook. A panic during a panic aborts the process, as everywhere in Rust, and so
//! do an allocation that fails and `panic = "abort"`.
//!
//! # Threads
//!
//! A [`Handle`] goes to any thread, a [`Value`] too; what a value shows of others
//! that can be driven is used where it arrived. Wakers are woken from anywhere.

mod awaiting;
mod block_on;
mod boxed;
mod cancel;
mod child;
mod code;
mod convert;
mod descriptor;
mod driver;
mod error;
mod frame;
mod generator;
mod handle;
mod home;
mod introspect;
mod kind;
mod local_handle;
mod memory;
mod outcome;
mod panic;
#[doc(hidden)]
pub mod provider;
pub mod raw;
mod root;
mod rust_error;
mod stream;
mod subscription;
mod tally;
mod text;
mod ticket;
mod undelegated;
mod value;
mod waker;
mod yielding;

pub use awaiting::{delegate, Awaitable, Awaiting};
#[doc(inline)]
pub use baton_macros::coroutine;
pub use block_on::block_on;
pub use cancel::{shielded, thrown, Shielded, Thrown};
pub use code::{Anonymous, Code, Local, Sort};
pub use driver::Driven;
pub use error::Error;
pub use frame::Frame;
pub use generator::{async_generator, generator, yielding, ItemYielder, Yielder};
pub use handle::Handle;
pub use introspect::{Member, State};
pub use kind::Kind;
pub use local_handle::LocalHandle;
pub use outcome::IntoOutcome;
pub use stream::Items;
pub use undelegated::{undelegated, Undelegated};
pub use value::Value;
pub use yielding::Yielding;

pub use baton_sys as sys;
