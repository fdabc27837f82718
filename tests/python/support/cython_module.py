# SPDX-License-Identifier: MIT
"""A module compiled by Cython, if it is installed, for the tests."""

import functools
import importlib.util
import os
import pathlib
import subprocess
import sys
import sysconfig
import unittest

from support import extensions

SOURCE = """\
# cython: language_level=3
import types

cdef class Suspend:
    cdef object value
    cdef bint done

    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)

async def echo():
    first = await Suspend("first")
    second = await Suspend(first)
    return ("end", second)

class Holder:
    def __await__(self):
        first = yield "first"
        second = yield first
        return ("end", second)

def generator_based():
    return Holder()
"""


@functools.cache
def load():
    """Compiles the module and loads it; skips the test if that cannot be."""
    extensions.find("Cython")
    folder = pathlib.Path(extensions.folder()) / "cython"
    target = folder / f"cython_side{sysconfig.get_config_var('EXT_SUFFIX')}"
    with extensions.lock():
        if not target.exists():
            compile_to(folder, target)
    spec = importlib.util.spec_from_file_location("cython_side", target)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(*command, **more):
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more
    )
    if done.returncode:
        raise unittest.SkipTest(f"{command[0]} failed: {done.stdout[-1000:]}")


def compile_to(folder, target):
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "cython_side.pyx"
    source.write_text(SOURCE)
    paths = os.pathsep.join(path for path in sys.path if path)
    code = "from Cython.Compiler.Main import setuptools_main; setuptools_main()"
    environment = {**os.environ, "PYTHONPATH": paths}
    run(sys.executable, "-c", code, "-3", str(source), env=environment)
    include = sysconfig.get_path("include")
    compiler = os.environ.get("CC", "cc").split()
    flags = ["-O1", "-w", "-shared", "-fPIC", "-isystem", include]
    run(*compiler, *flags, str(source.with_suffix(".c")), "-o", str(target))
