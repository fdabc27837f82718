# SPDX-License-Identifier: MIT
"""Walks as a check of `baton check`: what they find, and what is left of them."""

import pathlib
import re
import sys
import unittest

from libraries import bad, report, walk

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "run"))

from kit import KitTest  # noqa: E402

SEED = 7
SHOWN = re.compile(r"^seed (0x[0-9a-f]+), walk (\d+):$", re.M)


class Walks(KitTest):
    def found(self, name, verdict):
        """The result, which shows a walk and its seed. Nothing of it runs on."""
        result = self.one(bad(name), "--filter", "walk", "--seed", SEED, status=1)
        self.assertEqual(result["id"], "walk")
        self.assertEqual(result["verdict"], verdict, result)
        self.assertRegex(result["output"], r"\n    op \S")
        self.assertRegex(result["output"], SHOWN)
        return result

    def comes_again(self, name, result):
        again = self.one(bad(name), "--reproduce", "walk", "--seed", SEED, status=1)
        for key in ("id", "verdict", "broken", "reason", "output"):
            self.assertEqual(again[key], result[key])

    def test_a_failure_names_the_step_and_comes_again(self):
        result = self.found("COR-15-passes", "FAIL")
        (broken,) = result["broken"]
        self.assertEqual(broken["requirement"], "COR-15")
        self.assertIn("cause stop-iteration", broken["expected"])
        self.assertIn(f"  model  {broken['expected']}\n", result["output"])
        self.assertIn(f"  found  {broken['came']}\n", result["output"])
        self.comes_again("COR-15-passes", result)

    def test_the_seed_that_is_shown_leads_to_the_walk(self):
        result = self.found("COR-15-passes", "FAIL")
        seed, number = SHOWN.search(result["output"]).groups()
        found = report(walk(bad("COR-15-passes"), "--seed", seed, "--count", "500"))
        self.assertEqual(found["number"], int(number))
        for line in found["walk"]:
            self.assertIn(f"    {line}\n", result["output"])

    def test_a_crash_in_a_walk_is_one_of_the_check(self):
        result = self.found("crash", "CRASH")
        self.assertEqual(result["reason"], "SIGABRT in the check")
        self.assertEqual(result["broken"], [])
        self.assertIn("CRASH: the executor was ended by SIGABRT", result["output"])
        self.comes_again("crash", result)

    def test_a_check_that_is_ended_takes_its_walks_along(self):
        # Of 12 time limits, which is less than the script would wait.
        words = ("--filter", "walk", "--seed", SEED, "--timeout", 0.25)
        result = self.one(bad("hang"), *words, status=1)
        self.assertEqual(result["verdict"], "HANG", result)


if __name__ == "__main__":
    unittest.main()
