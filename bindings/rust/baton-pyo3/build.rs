// SPDX-License-Identifier: MIT
//! With the feature `shim`, the C sources of the shared types go with the crate.

#[cfg(feature = "shim")]
#[path = "build/shim.rs"]
mod shim;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=build");
    #[cfg(feature = "shim")]
    shim::compile();
}
