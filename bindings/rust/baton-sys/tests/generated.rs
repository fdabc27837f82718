// SPDX-License-Identifier: MIT
//! The generated source against the description that it is made of.

use std::path::PathBuf;
use std::process::Command;

#[test]
fn the_source_is_what_the_generator_writes() {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../generate.py");
    let run = Command::new("python3").arg(script).arg("--check").output();
    let output = run.expect("python3");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
}
