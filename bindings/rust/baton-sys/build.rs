// SPDX-License-Identifier: MIT
//! Compiles libbaton, from `vendor/` in a package, else from the repository.
//! Tells dependents where the headers are, in `DEP_BATON_INCLUDE`.

use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder of libbaton");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a file of libbaton").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "c"))
        .collect();
    files.sort();
    files
}

fn main() {
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let vendor = here.join("vendor");
    let (include, runtime) = if vendor.is_dir() {
        (vendor.join("include"), vendor.join("runtime"))
    } else {
        let root = here.join("../../..");
        (root.join("include"), root.join("abi/runtime"))
    };
    let include = include.canonicalize().expect("the headers of the contract");
    let runtime = runtime.canonicalize().expect("the sources of libbaton");
    println!("cargo::metadata=include={}", include.display());
    println!("cargo::metadata=runtime={}", runtime.display());
    println!("cargo::rerun-if-changed={}", include.display());
    println!("cargo::rerun-if-changed={}", runtime.display());
    if std::env::var_os("CARGO_FEATURE_RUNTIME").is_none() {
        return;
    }
    cc::Build::new()
        .files(sources(&runtime))
        .include(&include)
        .include(&runtime)
        .define("BATON_BUNDLE", None)
        .flag_if_supported("-std=c11")
        .flag_if_supported("-fvisibility=hidden")
        .flag_if_supported("-pthread")
        .compile("baton");
}
