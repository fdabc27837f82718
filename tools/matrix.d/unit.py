# SPDX-License-Identifier: MIT
"""Runs one file of unit tests, and writes what happened as JSON.

unit.py FILE RESULT

A skipped test is not counted as run; the reasons are told. A test that hangs ends the
process, which tells where all threads are.
"""

import collections
import faulthandler
import json
import pathlib
import sys
import unittest

TEST_LIMIT = 300  # seconds


class Counting(unittest.TextTestResult):
    """Counts a test that fails in several subtests once."""

    def __init__(self, *arguments, **settings):
        super().__init__(*arguments, **settings)
        self.passed = 0

    def startTest(self, test):
        faulthandler.dump_traceback_later(TEST_LIMIT, exit=True)
        super().startTest(test)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1

    def bad(self):
        found = [*self.failures, *self.errors]
        tests = {getattr(test, "test_case", test).id() for test, _ in found}
        return len(tests) + len(self.unexpectedSuccesses)

    def counts(self):
        expected, unexpected = len(self.expectedFailures), self.bad()
        return {
            "run": self.passed + expected + unexpected,
            "passed": self.passed,
            "expected": expected,
            "unexpected": unexpected,
            "skipped": collections.Counter(reason for _, reason in self.skipped),
        }


def main():
    file, result = map(pathlib.Path, sys.argv[1:])
    sys.path[0] = str(file.parent.resolve())
    tests = unittest.TestLoader().discover(sys.path[0], file.name, sys.path[0])
    runner = unittest.TextTestRunner(sys.stdout, resultclass=Counting, verbosity=2)
    result.write_text(json.dumps(runner.run(tests).counts()))


if __name__ == "__main__":
    main()
