// SPDX-License-Identifier: MIT
//! The example that the guide shows: a binary of its own, since it is a provider.

#[path = "../examples/answer.rs"]
mod answer;

#[test]
fn the_example_does_what_the_guide_says() {
    answer::main().unwrap();
}
