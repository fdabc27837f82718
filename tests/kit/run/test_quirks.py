# SPDX-License-Identifier: MIT
"""Deviations that are declared."""

import re
import textwrap
import unittest

from kit import ONE_CHECK, ROOT, KitTest, hostile, run

JOB = f"{ONE_CHECK}:act"


class QuirksTest(KitTest):
    def with_quirks(self, text, *words, target="exit_in_send", status):
        quirks = self.file("quirks.ini", text)
        words = ("--filter", ONE_CHECK, "--quirks", quirks, *words)
        return self.check(hostile(target), *words, status=status)

    def assert_stale(self, report, reason):
        quirk, result = report["results"]
        self.assertEqual(quirk["id"], f"quirk:{JOB}")
        self.assertEqual((quirk["verdict"], quirk["reason"]), ("FAIL", reason))
        self.assertNotIn("deviation", result)
        self.assertFalse(report["conforming"])

    def test_a_declared_deviation_conforms_and_is_shown(self):
        for section in (JOB, ONE_CHECK, "state-st*"):
            with self.subTest(section):
                text = f"# ours\n[{section}]\nreason = it is a test\n"
                report = self.with_quirks(text, status=0)
                (result,) = report["results"]
                self.assertEqual(result["verdict"], "CRASH")
                self.assertEqual(result["deviation"], "it is a test")
                self.assertTrue(report["conforming"])

    def test_the_table_shows_it(self):
        quirks = self.file("quirks.ini", f"[{JOB}]\nreason = it is a test\n")
        words = ("--filter", ONE_CHECK, "--quirks", quirks)
        done = run("check", hostile("exit_in_send"), *words)
        self.assertEqual(done.returncode, 0)
        self.assertIn("declared  it is a test", done.stdout)
        self.assertIn("1 CRASH, of them 1 declared", done.stdout)

    def test_strict_ignores_the_file(self):
        text = f"[{JOB}]\nreason = it is a test\n"
        report = self.with_quirks(text, "--strict", status=1)
        self.assertNotIn("deviation", report["results"][0])

    def test_one_that_does_not_occur_is_to_be_removed(self):
        text = f"[{JOB}]\nreason = it is a test\n"
        report = self.with_quirks(text, target="good", status=1)
        self.assert_stale(report, "it does not occur: remove it")

    def test_one_whose_check_was_not_asked_for_is_left_alone(self):
        text = "[load]\nreason = it is a test\n"
        report = self.with_quirks(text, target="good", status=0)
        self.assertEqual([one["id"] for one in report["results"]], [JOB])

    def test_expiry(self):
        text = f"[{JOB}]\nreason = it is a test\nexpires = "
        report = self.with_quirks(text + "2020-01-31\n", status=1)
        self.assert_stale(report, "it expired on 2020-01-31")
        self.with_quirks(text + "9999-12-31\n", status=0)

    def test_a_requirement_narrows_it(self):
        text = f"[{JOB}]\nreason = it is a test\nrequirement = "
        target = "throw_exception"
        self.with_quirks(text + "ERR-8\n", target=target, status=0)
        report = self.with_quirks(text + "COR-2\n", target=target, status=1)
        self.assert_stale(report, "it does not occur: remove it")

    def test_a_file_that_cannot_be_read(self):
        for text, line, part in (
            ("reason = x\n", 1, "expected [check] first"),
            ("[load]\n", 1, "[load] needs a reason"),
            ("[load\n", 1, "expected ']' at the end"),
            ("[load]\nreason = x\n\nexpires = soon\n", 4, "such as 2027-06-30"),
            ("[load]\nreason = x\nuntil = 1\n", 3, "unknown key 'until'"),
            ("[load]\nreason\n", 2, "expected [check] or key = value"),
            ("[laod]\nreason = x\n", 1, "no check is named 'laod'"),
            ("[load]\nreason = x\nwithout = asend\n", 3, "unknown key 'without'"),
            ("[walk]\nreason = x\nwithout =\n", 3, "`without` names nothing"),
            (
                "[walk]\nreason = x\nwithout = asend\nrequirement = COR-2\n",
                4,
                "[walk] has `without`, and can have no requirement",
            ),
        ):
            with self.subTest(part):
                quirks = self.file("quirks.ini", text)
                done = run("check", hostile("good"), "--quirks", quirks)
                self.assertEqual(done.returncode, 2)
                self.assertIn(f"{quirks}:{line}: ", done.stderr)
                self.assertIn(part, done.stderr)

    def test_the_guide_names_what_there_is(self):
        guide = (ROOT / "tools" / "kit" / "guide.md").read_text()
        section = re.search(r"^    \[.*\n(?:    \S.*\n)+", guide, re.M)
        quirks = self.file("quirks.ini", textwrap.dedent(section[0]))
        done = run("check", hostile("good"), "--quirks", quirks, "--filter", "load")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for name in re.findall(r"--reproduce ([a-z-]+)", guide):
            self.assertEqual(run("check", "--list", "--filter", name).returncode, 0)

    def test_walks_without_what_is_named(self):
        text = "[walk]\nreason = it is a test\nwithout = asend sharing"
        options = ("--filter", "walk")
        quirks = self.file("quirks.ini", text + "\n")
        result = self.one(hostile("good"), *options, "--quirks", quirks, status=0)
        self.assertIn(result["verdict"], ("PASS", "SKIP"))
        quirks = self.file("quirks.ini", text + " kit.nothing\n")
        result = self.one(hostile("good"), *options, "--quirks", quirks, status=1)
        self.assertIn("walks without kit.nothing", result["reason"] + result["output"])

    def test_no_file(self):
        done = run("check", hostile("good"), "--quirks", self.folder / "none")
        self.assertEqual(done.returncode, 2)
        self.assertIn("cannot be read", done.stderr)


if __name__ == "__main__":
    unittest.main()
