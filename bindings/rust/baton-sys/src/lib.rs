// SPDX-License-Identifier: MIT
//! The Baton coroutine ABI: what the C headers declare, for Rust.
//!
//! [`contract`] is generated from the same description that the headers are
//! checked against. With the feature `runtime` the crate also compiles and
//! links libbaton, and declares its functions. The C headers document every
//! struct and slot; the safe interface is the crate `baton`.
//!
//! A slot that the contract makes mandatory is a plain function pointer here.
//! Whoever reads a foreign table checks it first, as the contract asks.

#![no_std]
#![allow(non_camel_case_types)]

#[allow(missing_docs)]
pub mod contract;
mod inline;
#[cfg(feature = "runtime")]
mod runtime;

pub use contract::*;
pub use inline::*;
#[cfg(feature = "runtime")]
pub use runtime::*;
