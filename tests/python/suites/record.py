# SPDX-License-Identifier: MIT
"""A unittest result that writes what happened to a file, a JSON object per line.

    {"start": ID}                                      a test begins
    {"id": ID, "outcome": OUTCOME, "parts": [...], "made": {...}}     it has ended

An outcome is pass, fail, skip, xfail (expected by the suite itself) or upass. `parts`
are the failures in it, [which, text] each: which is the subtest, the example of a
docstring, or "" for the test itself. `made` counts the objects relayed so far, by kind.
"""

import doctest
import gc
import json
import re
import traceback
import unittest

TEXT_LIMIT = 6000
EXAMPLE = re.compile(r"^(?:\w+: )?Failed example:\n    (.*)$", re.MULTILINE)
PROMPT = re.compile(r"^ +>>> (.*)$", re.MULTILINE)  # 3.15: in the traceback


class Record:
    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8", errors="backslashreplace")

    def write(self, **entry):
        self.file.write(json.dumps(entry) + "\n")
        self.file.flush()


def name_of(test):
    return getattr(test, "recorded_name", test.id())


class RecordingResult(unittest.TestResult):
    def __init__(self, record, made):
        super().__init__()
        self.record = record
        self.made = made
        self.clear()

    def clear(self):
        self.outcome, self.parts = "pass", []

    def startTest(self, test):
        super().startTest(test)
        self.clear()
        self.record.write(start=name_of(test))

    def stopTest(self, test):
        super().stopTest(test)
        if self.outcome == "fail":
            gc.collect()  # what it leaves behind must not disturb the next one
        self.finish(test)

    def finish(self, test):
        self.record.write(
            id=name_of(test),
            outcome=self.outcome,
            parts=self.parts,
            made=dict(self.made),
        )
        self.clear()

    def failed(self, test, which, error):
        self.outcome = "fail"
        text = "".join(traceback.format_exception(*error))
        found = []
        if isinstance(test, doctest.DocTestCase):
            found = EXAMPLE.findall(text) or PROMPT.findall(text)[:1]
        for part in found or [which]:
            self.parts.append([part, text[-TEXT_LIMIT:]])

    def addError(self, test, error):
        self.failed(test, "", error)
        if not isinstance(test, unittest.TestCase):
            self.finish(test)  # a fixture of a class or module: it has no stopTest

    def addFailure(self, test, error):
        self.failed(test, "", error)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.failed(test, subtest._subDescription(), error)

    def addSkip(self, test, reason):
        if self.outcome == "pass":
            self.outcome = "skip"
        if not isinstance(test, unittest.TestCase):
            self.finish(test)

    def addExpectedFailure(self, test, error):
        self.outcome = "xfail"

    def addUnexpectedSuccess(self, test):
        self.outcome = "upass"
