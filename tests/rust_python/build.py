#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds the Rust test extensions for one interpreter.

    build.py [--python EXE] [--output DIR]

Prints DIR, which is then to be on that interpreter's path. In DIR/wheel there is
the package `baton`, and an extension without the shim, which needs it. CARGO names
cargo. Runs again at little cost: cargo and ../python/build.py keep what is new.
"""

import argparse
import fcntl
import importlib.util
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXTENSIONS = ("rust_one", "rust_two", "relay_rust", "answer")
PACKAGE = ROOT / "bindings/python/baton"


def sibling():
    """The builder of the C extensions."""
    path = ROOT / "tests/python/build.py"
    spec = importlib.util.spec_from_file_location("baton_c_build", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Build:
    def __init__(self, python, output, about):
        self.python = python
        self.output = output
        self.suffix = about["suffix"]
        self.target = output / "target"

    def cargo(self, package, folder, *arguments):
        command = [*shlex.split(os.environ.get("CARGO", "cargo")), "rustc", "--locked"]
        command += ["--quiet", "--lib", "--package", package, *arguments]
        if sys.platform == "darwin":
            command += ["--", "-Clink-arg=-undefined", "-Clink-arg=dynamic_lookup"]
        done = subprocess.run(
            command,
            cwd=HERE,
            env={
                **os.environ,
                "PYO3_PYTHON": str(self.python),
                "CARGO_TARGET_DIR": str(self.target),
            },
        )
        if done.returncode:
            raise SystemExit(f"failed: {shlex.join(command)}")
        end = "dylib" if sys.platform == "darwin" else "so"
        keep(
            self.target / f"debug/lib{package}.{end}", folder / (package + self.suffix)
        )

    def package(self, module):
        """The package that the wheel has, of the same sources."""
        folder = self.output / "wheel/baton"
        folder.mkdir(parents=True, exist_ok=True)
        for source in PACKAGE.glob("*.py"):
            keep(source, folder / source.name)
        objects = self.output / "objects"
        build = module.Build(str(self.python), objects, [])
        sources = [path for part in module.SHIM for path in sorted(part.glob("*.c"))]
        compiled = [build.compile(source) for source in sources]
        build.run(
            [*build.compiler, "-shared", "-pthread", *map(str, compiled)]
            + ["-o", str(folder / f"_baton{self.suffix}")]
        )


def keep(source, target):
    """Copies to another inode: a file that is loaded somewhere stays as it is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made = target.with_name(target.name + ".new")
    shutil.copy2(source, made)
    os.replace(made, target)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--output", type=pathlib.Path)
    options = parser.parse_args()
    python = shutil.which(options.python) or options.python
    module = sibling()
    about = module.probe(python)
    output = options.output or ROOT / "build/rust-python" / about["tag"]
    output.mkdir(parents=True, exist_ok=True)
    with (output / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed
        build = Build(python, output.resolve(), about)
        for package in EXTENSIONS:
            build.cargo(package, build.output)
        build.cargo("rust_two", build.output / "wheel", "--no-default-features")
        build.package(module)
    print(output)


if __name__ == "__main__":
    main()
