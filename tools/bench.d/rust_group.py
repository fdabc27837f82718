# SPDX-License-Identifier: MIT
"""The group `rust`: futures across the ABI beside async-ffi's, and in CPython
beside those of PyO3 and pyo3-async-runtimes. Cargo builds it all; what it cannot
build is told about and left out."""

import json
import os
import shlex
import shutil
import subprocess
import sys

import python_group
import python_peers
import rust_rows
from python_peers import ROOT, Unavailable

HERE = ROOT / "tools/bench.d/rust"
TARGET = ROOT / "build/bench/rust"
BATCHES = python_group.BATCHES
REPETITIONS, SLICE_MS = 9, 1
EXTENSIONS = ["rust_coroutines", "peer_pyo3", "peer_runtimes"]


def cargo():
    """The command; tools/setup may have put it into .cache."""
    if "CARGO" in os.environ:
        return shlex.split(os.environ["CARGO"])
    found = shutil.which("cargo") or shutil.which(
        "cargo", path=ROOT / ".cache/rust/bin"
    )
    if not found:
        raise Unavailable("no cargo")
    return [found]


def build(package, target, *arguments, **environment):
    """Builds a package of the workspace; its folder of results."""
    command = [*cargo(), "build", "--release", "--locked", "--package", package]
    if sys.platform == "darwin":
        loose = "-Clink-arg=-undefined -Clink-arg=dynamic_lookup"
        environment["RUSTFLAGS"] = loose
    environment["CARGO_TARGET_DIR"] = str(target)
    python_peers.run(*command, *arguments, cwd=HERE, env=os.environ | environment)
    return target / "release"


class Interpreter(python_peers.Interpreter):
    """One with the extensions in Rust."""

    def build(self):
        for name, shim in ("bare", False), ("wakes", True):
            file, folder = python_peers.HERE / f"{name}.c", self.output / name
            self.attempt(name, self.compile, file, folder, (), shim)
        for package in EXTENSIONS:
            self.attempt(package, self.extension, package)

    def extension(self, package):
        file = self.output / "rust" / f"{package}.so"
        file.unlink(missing_ok=True)
        target = self.output / "target"
        made = build(package, target, PYO3_PYTHON=str(self.python))
        file.parent.mkdir(parents=True, exist_ok=True)
        end = "dylib" if sys.platform == "darwin" else "so"
        shutil.copy(made / f"lib{package}.{end}", file)

    def path(self):
        folders = [self.output / name for name in ("rust", "bare", "wakes")]
        return os.pathsep.join(map(str, folders))


class Boundary:
    """The program that stands for both sides of the ABI."""

    def __init__(self):
        self.program, self.notes = None, []
        try:
            self.program = self.build("--features", "async-ffi")
        except Unavailable as error:
            self.notes.append(f"no async-ffi: {error}")
            self.build_alone()

    def build_alone(self):
        try:
            self.program = self.build()
        except Unavailable as error:
            self.notes.append(f"no boundary: {error}")

    def build(self, *features):
        return build("boundary", TARGET, *features) / "boundary"

    def times(self, samples):
        if not self.program:
            return
        command = [self.program, "time", REPETITIONS, SLICE_MS]
        done = subprocess.run(
            list(map(str, command)), stdout=subprocess.PIPE, text=True, check=True
        )
        for line in done.stdout.splitlines():
            got = json.loads(line)
            samples.setdefault(got["name"], []).extend(got["samples"])


def take(pythons):
    """Measures both; in each of these interpreters, by default in this one.

    @return rows, samples, picture, notes.
    """
    boundary, samples, notes = Boundary(), {}, set()
    interpreters = python_group.built_interpreters(pythons, Interpreter)
    for batch in range(BATCHES):
        print(f"rust batch {batch + 1} of {BATCHES}", file=sys.stderr)
        boundary.times(samples)
        for each in interpreters:
            python_group.times(each, samples, notes, "rust")
    rows = [
        *rust_rows.boundary(),
        *(
            python_group.label(each, row)
            for each in interpreters
            for row in rust_rows.rows()
        ),
    ]
    built = [note for each in interpreters for note in each.notes]
    return rows, samples, {}, [*boundary.notes, *built, *sorted(notes)]
