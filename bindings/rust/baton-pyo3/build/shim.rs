// SPDX-License-Identifier: MIT
//! Compiles the binding's C sources against the Python that pyo3 is built for.
//! They are linked with the libbaton of `baton-sys`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The sources of the binding: of the repository, or of a packaged crate.
fn binding() -> PathBuf {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let vendor = here.join("vendor");
    let binding = if vendor.is_dir() {
        vendor
    } else {
        here.join("../../python")
    };
    let binding = binding
        .canonicalize()
        .expect("the sources of the Python binding");
    assert!(
        binding.join("src/state.c").exists(),
        "{} has no sources of the Python binding; build without the feature `shim`",
        binding.display()
    );
    binding
}

/// What the build of `baton-sys` tells.
fn metadata(name: &str) -> PathBuf {
    PathBuf::from(env::var_os(name).expect("set by the build of baton-sys"))
}

pub fn compile() {
    let binding = binding();
    let source = binding.join("src");
    let mut build = cc::Build::new();
    for folder in [
        binding.join("include"),
        source.clone(),
        metadata("DEP_BATON_INCLUDE"),
        metadata("DEP_BATON_RUNTIME"),
    ] {
        println!("cargo:rerun-if-changed={}", folder.display());
        build.include(folder);
    }
    for folder in python_headers() {
        build.flag("-isystem").flag(&folder);
    }
    build
        .files(sources(&source))
        .define("BATON_BUNDLE", None)
        .flag_if_supported("-std=c11")
        .flag_if_supported("-fvisibility=hidden")
        .flag_if_supported("-pthread")
        .compile("baton_python_shim");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().expect("the folder can be read");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "c"))
        // The wheel's own module.
        .filter(|path| path.file_name().is_some_and(|name| name != "module.c"))
        .collect();
    files.sort();
    files
}

/// Where the headers of that Python are. BATON_PYTHON_INCLUDE says so where it
/// cannot be run, as in a cross build; several folders are separated as in PATH.
fn python_headers() -> Vec<String> {
    println!("cargo:rerun-if-env-changed=BATON_PYTHON_INCLUDE");
    if let Some(folders) = env::var_os("BATON_PYTHON_INCLUDE") {
        return env::split_paths(&folders)
            .map(|path| path.display().to_string())
            .collect();
    }
    let python = pyo3_build_config::get().executable().unwrap_or_else(|| {
        panic!("pyo3 knows no Python to ask for its headers; set BATON_PYTHON_INCLUDE")
    });
    let ask = "import sysconfig\n\
               for key in 'include', 'platinclude': print(sysconfig.get_path(key))";
    let output = Command::new(python)
        .args(["-c", ask])
        .output()
        .unwrap_or_else(|error| panic!("{python} cannot be run: {error}"));
    let answer = String::from_utf8_lossy(&output.stdout);
    let mut folders: Vec<String> = answer.lines().map(str::to_owned).collect();
    folders.dedup();
    let complete = folders
        .first()
        .is_some_and(|one| Path::new(one).join("Python.h").exists());
    assert!(
        complete,
        "{python}: no Python.h in {folders:?}; install its headers"
    );
    folders
}
