# SPDX-License-Identifier: MIT
"""The stubs say what there is, and a type checker is content with them."""

import os
import subprocess
import unittest

import package


def check(*command):
    """Runs a tool that sees the installed package; gives status and output."""
    done = subprocess.run(
        [str(package.python()), "-m", *map(str, command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=package.TIMEOUT,
        env={**os.environ, "PYTHONPATH": str(package.site())},
        cwd=package.WORK,
    )
    return done.returncode, done.stdout


@unittest.skipUnless(package.CHECKS_TYPES, "mypy has no wheel for this build")
class TypesTest(unittest.TestCase):
    maxDiff = None

    def test_stubs_agree_with_the_module(self):
        package.python()
        status, output = check("mypy.stubtest", "baton")
        self.assertEqual(status, 0, output)

    def test_stubs_are_strict(self):
        package.python()
        stubs = package.BINDING / "baton"
        for version in "3.10", "3.12", "3.13", "3.15":
            command = ["mypy", "--strict", f"--python-version={version}"]
            status, output = check(*command, *stubs.glob("*.pyi"))
            self.assertEqual(status, 0, output)

    def test_a_program_that_uses_the_package(self):
        package.python()
        command = ["mypy", "--strict", "--warn-unreachable"]
        status, output = check(*command, package.HERE / "typed.py")
        self.assertEqual(status, 0, output)


if __name__ == "__main__":
    unittest.main()
