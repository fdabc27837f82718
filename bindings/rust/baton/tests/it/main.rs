// SPDX-License-Identifier: MIT
//! The crate, as its users see it.

mod attribute;
mod awaiting;
mod errors;
mod executors;
mod foreign;
mod frames;
mod generators;
mod panics;
mod providing;
mod support;
mod threads;
mod throwing;
mod tokens;
mod undelegated;
mod values;
mod wakers;
