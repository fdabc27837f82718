# SPDX-License-Identifier: MIT
"""Declared deviations: they excuse, expire, and have to occur."""

import os
import platform
import tempfile
import textwrap
import unittest

from support import HERE, command

ID = "results.returned_none"
BAD = ("subjects.wrong_bodies:other_result", "--path", HERE, "--filter", ID)
GOOD = ("subjects.good:relay", "--path", HERE, "--filter", ID)
SOURCE = "Objects/genobject.c:_PyGen_SetStopIterationValue"
HERE_VERSION = ".".join(platform.python_version_tuple()[:2])


class Quirks(unittest.TestCase):
    def run_with(self, target, text, *more):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "quirks.ini")
            with open(path, "w") as file:
                file.write(textwrap.dedent(text))
            return command(*target, "--quirks", path, *more)

    def quirk(self, more="", expires="2999-01-01", id=ID):
        return f"[{id}]\nreason = we like lists\nexpires = {expires}\n{more}\n"

    def test_excuses(self):
        done = self.run_with(BAD, self.quirk())
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("WARN  results.returned_none", done.stdout)
        self.assertIn("declared: we like lists", done.stdout)

    def test_of_the_requirement(self):
        done = self.run_with(BAD, self.quirk(f"requirement = {SOURCE}"))
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_of_another_requirement(self):
        done = self.run_with(BAD, self.quirk("requirement = another"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("FAIL  results.returned_none", done.stdout)

    def test_of_this_version(self):
        more = f"python = 3.1, {HERE_VERSION}"
        self.assertEqual(self.run_with(BAD, self.quirk(more)).returncode, 0)

    def test_of_another_version(self):
        self.assertEqual(self.run_with(BAD, self.quirk("python = 3.1")).returncode, 1)
        self.assertEqual(self.run_with(GOOD, self.quirk("python = 3.1")).returncode, 0)

    def test_expired(self):
        done = self.run_with(BAD, self.quirk(expires="2020-01-31"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("the declared deviation expired on 2020-01-31", done.stdout)

    def test_does_not_occur(self):
        done = self.run_with(GOOD, self.quirk())
        self.assertEqual(done.returncode, 1)
        self.assertIn("the declared deviation does not occur", done.stdout)

    def test_strict(self):
        self.assertEqual(self.run_with(BAD, self.quirk(), "--strict").returncode, 1)
        self.assertEqual(self.run_with(GOOD, self.quirk(), "--strict").returncode, 0)

    def test_files_that_are_wrong(self):
        for text, told in {
            self.quirk(id="no.such"): "[no.such] is no check",
            f"[{ID}]\nexpires = 2999-01-01\n": "has no reason",
            self.quirk(expires="soon"): "needs expires = YYYY-MM-DD",
            self.quirk("verdict = FAIL"): "has the unknown key 'verdict'",
            "nothing\n": "no quirks file",
        }.items():
            with self.subTest(told):
                done = self.run_with(GOOD, text)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(len(done.stderr.splitlines()), 1)
                self.assertIn(told, done.stderr)


if __name__ == "__main__":
    unittest.main()
