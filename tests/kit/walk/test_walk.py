# SPDX-License-Identifier: MIT
"""Walks: what is good agrees with the model, and each defect is found and shrunk."""

import pathlib
import sys
import tempfile
import unittest

from libraries import CHECK, HERE, ROOT, bad, good, report, run, walk

MOST_LINES = 12


class Good(unittest.TestCase):
    def agrees(self, name):
        done = walk(good(name), "--count", "3000")
        self.assertEqual(report(done)["verdict"], "PASS", done.stdout)
        self.assertEqual(report(done)["walks"], 3000)
        self.assertEqual(done.returncode, 0)

    def test_a_provider_of_the_library_agrees_with_the_model(self):
        self.agrees("c")

    def test_a_provider_by_hand_agrees_with_the_model(self):
        self.agrees("hand")


class Defects(unittest.TestCase):
    def found(self, name, verdict, *options):
        library = bad(name)
        done = walk(library, "--count", "1000", *options)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        found = report(done)
        self.assertEqual(found["verdict"], verdict)
        self.assertLessEqual(len(found["walk"]), MOST_LINES)
        self.shows_it_again(library, found, options)
        return found

    def shows_it_again(self, library, found, options):
        """The walk that is shown is a whole one."""
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "walk")
            file.write_text("\n".join(found["walk"]) + "\n")
            again = report(walk(library, "--walk", file, *options))
            self.assertEqual(again["verdict"], found["verdict"])
            self.assertEqual(again["walk"], found["walk"])
            clean = report(walk(good("hand"), "--walk", file))
            self.assertEqual(clean["verdict"], "PASS")

    def breaks(self, name, requirement):
        found = self.found(name, "FAIL")
        self.assertEqual(found["requirement"], requirement, found)
        self.assertNotEqual(found["expected"], found["found"])

    def test_a_first_value_that_ends_a_coroutine_is_found(self):
        self.breaks("COR-2-ends", "COR-2")

    def test_a_value_that_is_lost_is_found(self):
        self.breaks("COR-14-loses-value", "COR-14")

    def test_an_escaping_stop_is_found(self):
        self.breaks("COR-15-passes", "COR-15")

    def test_a_release_that_does_not_close_is_found(self):
        self.breaks("COR-18-does-not-close", "COR-18")

    def test_an_aclose_that_tells_of_the_exit_is_found(self):
        self.breaks("AGN-4-gives-exit", "AGN-4")

    def test_a_child_that_is_kept_is_found(self):
        self.breaks("TYP-11-keeps-value", "TYP-11")

    def test_a_crash_is_a_verdict_and_its_walk_is_shown(self):
        found = self.found("crash", "CRASH")
        self.assertIn("SIGABRT", found["reason"])
        self.assertTrue(any(line.startswith("op ") for line in found["walk"]))

    def test_a_hang_is_a_verdict_and_its_walk_is_shown(self):
        found = self.found("hang", "HANG", "--limit", "1")
        self.assertEqual(found["reason"], "no end after 1 seconds")
        self.assertTrue(any("throw" in line for line in found["walk"]))


class CannotRun(unittest.TestCase):
    def test_a_library_that_is_not_there_is_an_error(self):
        done = walk(str(HERE / "nothing.so"))
        self.assertEqual(done.returncode, 2)
        self.assertEqual(report(done)["verdict"], "ERROR")
        self.assertIn("nothing.so", report(done)["reason"])

    def test_an_executor_that_is_not_there_is_an_error(self):
        done = run(sys.executable, CHECK, "--executor", "/nothing/at-all")
        self.assertEqual(done.returncode, 2)
        self.assertIn("/nothing/at-all", done.stdout)

    def test_a_library_without_bodies_of_the_kit_is_skipped(self):
        library = ROOT / "build/corpus/walk/bare.so"
        bad("hang")  # makes the folder
        source = ROOT / "examples/by_hand_provider.c"
        flags = ["-std=c11", "-fPIC", "-shared", f"-I{ROOT}/include"]
        run("cc", *flags, "-o", library, source)
        done = walk(str(library))
        self.assertEqual(done.returncode, 3, done.stdout)
        self.assertEqual(report(done)["verdict"], "SKIP")


if __name__ == "__main__":
    unittest.main()
