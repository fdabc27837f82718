# SPDX-License-Identifier: MIT
"""Builds the test extensions for the running interpreter, once, and loads them.

BATON_PYTHON_EXTENSIONS names a folder with extensions that are built already.
BATON_PYTHON_TWIN=native puts native objects in the place of the twins: then the
tests test themselves, and those that need an extension are skipped.
"""

import contextlib
import fcntl
import functools
import importlib
import os
import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parents[1]
ROOT = HERE.parents[1]
STAND_IN = os.environ.get("BATON_PYTHON_TWIN") == "native"


def tag():
    return sys.implementation.cache_tag + getattr(sys, "abiflags", "")


@contextlib.contextmanager
def lock():
    path = ROOT / "build/python" / f"{tag()}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@functools.cache
def folder():
    """The folder of the extensions, which is on sys.path from now on."""
    found = os.environ.get("BATON_PYTHON_EXTENSIONS")
    if not found:
        with lock():
            done = subprocess.run(
                [sys.executable, str(HERE / "build.py"), "--python", sys.executable],
                capture_output=True,
                text=True,
                timeout=600,
            )
        if done.returncode:
            raise RuntimeError(f"build.py failed:\n{done.stderr[-4000:]}")
        found = done.stdout.splitlines()[-1]
        os.environ["BATON_PYTHON_EXTENSIONS"] = found  # for child processes
    if found not in sys.path:
        sys.path.insert(0, found)
    packages = os.path.join(found, "packages")  # see requirements.txt
    if os.path.isdir(packages) and packages not in sys.path:
        sys.path.insert(1, packages)
    return found


@functools.cache
def load(name):
    """The extension module `name`."""
    if STAND_IN:
        raise unittest.SkipTest("BATON_PYTHON_TWIN=native: no extensions")
    folder()
    return importlib.import_module(name)


def find(name):
    """The module of PyPI or the standard library, or a skip with the reason."""
    if not STAND_IN:
        folder()
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest(f"{name} cannot be imported: {error}") from None
