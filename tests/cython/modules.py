# SPDX-License-Identifier: MIT
"""Builds the test modules for the running interpreter, once, and loads them.

BATON_CYTHON names the version of Cython, BATON_CYTHON_MODULES a folder with modules
that are built already. What tests/python has for its tests is importable from here.
"""

import fcntl
import functools
import importlib
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.append(str(ROOT / "tests/python"))


@functools.cache
def folder():
    """The folder of the modules, which is on sys.path from now on."""
    found = os.environ.get("BATON_CYTHON_MODULES")
    if not found:
        version = os.environ.get("BATON_CYTHON")
        command = [sys.executable, str(HERE / "build.py")]
        command += ["--cython", version] if version else []
        lock = ROOT / "build/cython.lock"
        lock.parent.mkdir(exist_ok=True)
        with lock.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"build.py failed:\n{done.stderr[-4000:]}")
        found = done.stdout.splitlines()[-1]
    sys.path.insert(0, found)
    packages = os.path.join(found, "packages")  # of an interpreter without pip
    if os.path.isdir(packages):
        sys.path.insert(1, packages)
    return found


def load(name):
    folder()
    return importlib.import_module(name)
