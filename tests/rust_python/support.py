# SPDX-License-Identifier: MIT
"""Builds the Rust test extensions for the running interpreter, once, and loads them.

BATON_RUST_EXTENSIONS names a folder with extensions that are built already.
"""

import asyncio
import functools
import gc
import importlib
import os
import pathlib
import subprocess
import sys
import textwrap
import unittest
import warnings

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def tag():
    return sys.implementation.cache_tag + getattr(sys, "abiflags", "")


@functools.cache
def folder():
    """The folder of the extensions, which is on sys.path from now on."""
    found = os.environ.get("BATON_RUST_EXTENSIONS")
    if not found:
        done = subprocess.run(
            [sys.executable, str(HERE / "build.py"), "--python", sys.executable],
            capture_output=True,
            text=True,
            timeout=1800,
        )
        if done.returncode:
            raise RuntimeError(f"build.py failed:\n{done.stderr[-4000:]}")
        found = done.stdout.splitlines()[-1]
        os.environ["BATON_RUST_EXTENSIONS"] = found  # for child processes
    packages = ROOT / "build/python" / tag() / "packages"
    for path in (str(packages), found):
        if path not in sys.path and os.path.isdir(path):
            sys.path.insert(0, path)
    return found


@functools.cache
def load(name):
    """The extension module `name`."""
    folder()
    return importlib.import_module(name)


def find(name):
    """An installed module, or a skip with the reason."""
    folder()
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest(f"{name} cannot be imported: {error}") from None


class Case(unittest.TestCase):
    """Warnings are errors, and nothing may be reported that was not expected:
    `self.reports` has the errors that could not be raised. Every coroutine of
    rust_one is gone in the end."""

    @classmethod
    def setUpClass(cls):
        cls.one = load("rust_one")

    def setUp(self):
        caught = warnings.catch_warnings()
        caught.__enter__()
        self.addCleanup(caught.__exit__, None, None, None)
        warnings.simplefilter("error")
        warnings.simplefilter("default", DeprecationWarning)
        self.reports = []
        hook, sys.unraisablehook = sys.unraisablehook, self.report
        self.addCleanup(setattr, sys, "unraisablehook", hook)
        gc.collect()
        self.alive = self.one.alive()

    def report(self, unraisable):
        # Only the text: the object would keep others alive.
        kind = type(unraisable.exc_value).__name__
        self.reports.append(f"{kind}: {unraisable.exc_value}")

    def tearDown(self):
        gc.collect()
        self.assertEqual(self.reports, [])
        self.assertEqual(self.one.alive(), self.alive)

    def take_reports(self):
        gc.collect()
        reports, self.reports = self.reports, []
        return reports

    def raises(self, kind, text, function, *arguments):
        """@return the exception, of exactly this class, with this text."""
        try:
            function(*arguments)
        except kind as error:
            self.assertIs(type(error), kind)
            self.assertEqual(str(error), text)
            return error
        self.fail(f"no {kind.__name__}")

    def run_async(self, main):
        """Runs `main()` under asyncio."""

        async def bounded():
            return await asyncio.wait_for(main(), 30)

        return asyncio.run(bounded())


def finish(coroutine):
    """Drives what does not suspend to its end. @return its result."""
    return finish_with(coroutine, None)


def finish_with(coroutine, value):
    """Sends a value, at which it is to end. @return its result."""
    try:
        coroutine.send(value)
    except StopIteration as stop:
        return stop.value
    raise AssertionError("it has not ended")


class Suspends:
    """An awaitable that yields a value, and returns or raises what it is sent."""

    def __init__(self, value=None):
        self.value = value

    def __await__(self):
        return (yield self.value)


def run_code(code, path=()):
    """Runs code in a process of its own. @return what it prints."""
    places = [*map(str, path), folder()]
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", textwrap.dedent(code)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    if done.returncode:
        raise AssertionError(f"status {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout
