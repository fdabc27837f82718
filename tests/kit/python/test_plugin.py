# SPDX-License-Identifier: MIT
"""pytest --baton MODULE:FACTORY"""

import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest

from support import HERE, KIT


def run(*arguments):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(KIT), str(HERE)])}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += ["-p", "baton_check.pytest_plugin", *arguments]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment, cwd=folder
        )
    return done.returncode, done.stdout + done.stderr


@unittest.skipUnless(importlib.util.find_spec("pytest"), "pytest is not installed")
class Plugin(unittest.TestCase):
    def test_good_ones_pass(self):
        status, text = run("--baton", "subjects.good:opaque", "-k", "send or results")
        self.assertEqual(status, 0, text)
        self.assertRegex(text, r"\d+ passed, \d+ deselected")

    def test_bad_ones_fail(self):
        target = "subjects.wrong_bodies:other_result"
        status, text = run("--baton", target, "-k", "returned_none or types")
        self.assertEqual(status, 1, text)
        self.assertIn("FAIL: A result is handed on as it is: none", text)
        self.assertIn("came      send: 'result', list(None), False", text)
        self.assertRegex(text, r"1 failed, \d+ passed")

    def test_warnings_are_warnings(self):
        status, text = run("--baton", "subjects.faithful:relay", "-k", "inspect_kind")
        self.assertEqual(status, 0, text)
        self.assertRegex(text, r"1 passed, \d+ deselected, 1 warning")

    def test_a_target_that_cannot_be_run(self):
        status, text = run("--baton", "subjects.good:nothing")
        self.assertNotEqual(status, 0)
        self.assertIn("subjects.good has no nothing", text)


if __name__ == "__main__":
    unittest.main()
