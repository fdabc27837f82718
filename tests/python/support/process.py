# SPDX-License-Identifier: MIT
"""Runs Python code in a process of its own, where it may crash."""

import os
import subprocess
import sys
import textwrap
import unittest

from support import extensions

PRELUDE = """\
import gc, os, sys, threading, time, types, warnings, weakref
sys.path[:0] = {paths!r}
"""

LEFT = "RuntimeWarning: remaining subinterpreters"


class Subprocess(unittest.TestCase):
    """Tests that run code with the extensions on its path."""

    timeout = 60

    def setUp(self):
        if extensions.STAND_IN:
            self.skipTest("BATON_PYTHON_TWIN=native: no extensions")
        self.folder = extensions.folder()

    def start(self, code, *options, environment=None):
        prelude = PRELUDE.format(paths=[self.folder, str(extensions.HERE)])
        command = [sys.executable, "-X", "faulthandler", *options]
        return subprocess.run(
            [*command, "-c", prelude + textwrap.dedent(code)],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
            text=True,
            timeout=self.timeout,
        )

    def run_code(self, code, *options, status=0, environment=None):
        """Runs the code and gives what it printed and reported."""
        done = self.start(code, *options, environment=environment)
        if done.returncode != status:
            self.fail(
                f"the process ended with {done.returncode}, not {status}\n"
                f"---- printed:\n{done.stdout[-3000:]}\n"
                f"---- reported:\n{done.stderr[-6000:]}"
            )
        return done.stdout, done.stderr

    def prints(self, code, expected, *options, quiet=True, environment=None):
        """The code prints exactly this, and reports nothing if `quiet`."""
        out, err = self.run_code(code, *options, environment=environment)
        self.assertEqual(out, textwrap.dedent(expected), f"---- reported:\n{err}")
        if quiet:  # from 3.14 on those that are left are told
            told = [line for line in err.splitlines() if LEFT not in line]
            self.assertEqual(told, [])
        return err
