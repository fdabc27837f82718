# SPDX-License-Identifier: MIT
"""Builds the extensions for the running interpreter, each as its own tests do."""

import fcntl
import functools
import importlib.util
import os
import pathlib
import shlex
import shutil
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / f"tests/{name}") for name in ("cython", "vendoring")]

import modules  # noqa: E402
import test_vendoring as vendoring  # noqa: E402

package = vendoring.package
CPLUSPLUS = "-std=c++20 -O2 -Wall -Wextra -Werror -fPIC -fvisibility=hidden".split()
SOURCES = ["tests/vendoring/vendored.c", "tests/together/plus.cc"]
SOURCES += ["bindings/cpp/include", *package.INPUTS]


@functools.cache
def rust():
    """A folder with rust_one and rust_two."""
    cargo = shlex.split(os.environ.get("CARGO", "cargo"))[0]
    if not os.environ.get("BATON_RUST_EXTENSIONS") and not shutil.which(cargo):
        raise unittest.SkipTest(f"no Rust extensions: {cargo} is not installed")
    path = ROOT / "tests/rust_python/support.py"
    spec = importlib.util.spec_from_file_location("rust_support", path)
    support = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(support)
    return support.folder()


@functools.cache
def cython():
    """A folder with chain_here and chain_there, of two versions of Cython."""
    try:
        return modules.folder()
    except RuntimeError as error:
        if "pip install" not in str(error):
            raise
        raise unittest.SkipTest(f"Cython cannot be installed: {error}") from None


def make_plus(folder):
    pair = folder / "plus-pair"
    vendoring.bundle(pair, "3.2.1")
    include = package.includes(pair)
    # The single headers that <baton/baton.hpp> names have come with the pair.
    for name in "bindings/cpp/include", "include", "abi/runtime":
        include += ["-idirafter", ROOT / name]
    shim = folder / "plus-shim.o"
    command = ["cc", *vendoring.WARNINGS, "-O2", *include]
    package.run(*command, "-c", pair / "baton_python.c", "-o", shim)
    command = ["c++", *CPLUSPLUS, "-pthread", "-shared", *include, HERE / "plus.cc"]
    package.run(*command, shim, "-o", package.extension(folder, "plus"))


@functools.cache
def vendored():
    """A folder with `first` and `second`, which are C of other versions of the
    library and other compilers, and `plus`, which is C++."""

    def make(folder):
        folder.mkdir(exist_ok=True)
        for copy in vendoring.COPIES[:2]:
            vendoring.build(folder, *copy)
        make_plus(folder)

    package.WORK.mkdir(parents=True, exist_ok=True)
    with (package.WORK / "together.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        return package.once("together", make, *SOURCES)


def path(carried=True):
    """What is to be on the path. Unless `carried`, rust_two is without the shim,
    and needs the package `baton`, which is on the path in any case."""
    folders = [rust(), os.path.join(rust(), "wheel"), cython(), str(vendored())]
    if not carried:
        folders[:2] = folders[1::-1]
    return os.pathsep.join([*folders, str(HERE)])
