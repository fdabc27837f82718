# SPDX-License-Identifier: MIT
"""The examples' own setup.py, against the package as it is installed: one module
that needs it at run time, one that carries the shim."""

import os
import pathlib
import shutil
import sys
import tempfile
import unittest

import modules

import build

ROOT = modules.ROOT
PYTHON = ROOT / "bindings/python"
CYTHON = ROOT / "bindings/cython"
SCRIPT = """
import asyncio, sys, answer
assert "baton" in sys.modules
assert asyncio.run(answer.answer()) == 42
"""
ALONE = """
import sys, drive
assert "baton" not in sys.modules
assert drive.block_on_sum(5) == 10
async def ready(): return 7
assert drive.run(ready()) == 7
"""


def install(folder):
    """What a wheel would put there."""
    package = folder / "baton"
    shutil.copytree(PYTHON / "baton", package, ignore=shutil.ignore_patterns("__py*"))
    for path in CYTHON.glob("baton/*.pxd"):
        shutil.copy(path, package)
    headers = package / "include/baton"
    for source in ("include", "abi/runtime", "bindings/python/include"):
        shutil.copytree(ROOT / source / "baton", headers, dirs_exist_ok=True)
    shutil.copytree(CYTHON / "include/baton", headers, dirs_exist_ok=True)
    bundle = [sys.executable, str(ROOT / "tools/bundle"), "--python", "--output"]
    build.run(*bundle, package / "shim")
    module = package / "_baton.so"
    include = build.binding().probe(sys.executable)["include"][0]
    flags = "-O1 -w -shared -fPIC -pthread".split()
    sources = [path for place in build.binding().SHIM for path in place.glob("*.c")]
    headers = [f"-I{path}" for path in (*build.binding().HEADERS, include)]
    build.run("cc", *flags, "-DBATON_BUNDLE", *headers, *sources, "-o", module)


class Package(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = pathlib.Path(made.name)
        try:
            import setuptools  # noqa: F401
        except ImportError:
            self.skipTest("setuptools cannot be imported")

    def python(self, *arguments, path, cwd):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))}
        build.run(sys.executable, *arguments, cwd=cwd, env=environment)

    def test_the_examples_build_and_run(self):
        site, work = self.folder / "site", self.folder / "work"
        site.mkdir()
        install(site)
        shutil.copytree(CYTHON / "examples", work)
        tools = build.cython(os.environ.get("BATON_CYTHON", build.VERSION))
        command = ("setup.py", "-q", "build_ext", "--inplace")
        self.python(*command, path=[site, tools], cwd=work)
        self.python("-c", SCRIPT, path=[site, work], cwd=self.folder)
        self.python("-c", ALONE, path=[work], cwd=self.folder)
