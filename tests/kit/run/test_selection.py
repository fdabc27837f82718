# SPDX-License-Identifier: MIT
"""Which checks run, with which seeds, and how many at a time."""

import json
import unittest

from kit import ONE_CHECK, KitTest, hostile, run

VALUE = f"{ONE_CHECK}:act"


class SelectionTest(KitTest):
    def setUp(self):
        super().setUp()
        self.good = hostile("good")

    def ids(self, *words, status=0):
        report = self.check(self.good, *words, status=status)
        return [result["id"] for result in report["results"]]

    def listed(self, *words):
        done = run("check", "--list", "--json", *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_results_are_in_the_order_of_ids(self):
        ids = self.ids()
        self.assertEqual(ids, sorted(ids))
        self.assertGreater(len(ids), 50)
        self.assertEqual(self.ids("--jobs", 8), ids)
        self.assertEqual(
            self.ids("--jobs", 1, "--filter", "state-*"),
            sorted(one for one in ids if one.startswith("state-")),
        )

    def test_filters_are_globs_of_checks_or_of_jobs(self):
        self.assertEqual(self.ids("--filter", "load"), ["load"])
        self.assertEqual(self.ids("--filter", ONE_CHECK), [VALUE])
        self.assertEqual(self.ids("--filter", "*start:a?t"), [VALUE])
        both = self.ids("--filter", "load", "--filter", "create")
        self.assertEqual(both, ["create:act", "load"])
        words = ("--filter", "state-s*", "--exclude", "state-send*")
        self.assertIn(VALUE, self.ids(*words))
        self.assertFalse([one for one in self.ids(*words) if "send" in one])

    def test_tiers(self):
        report = self.check(self.good, "--tier", "cancel", status=0)
        self.assertEqual({one["tier"] for one in report["results"]}, {"cancel"})
        report = self.check(self.good, "--tier", "iteration", status=0)
        tiers = {one["tier"] for one in report["results"]}
        self.assertEqual(tiers, {"async iteration"})

    def test_requirements(self):
        report = self.check(self.good, "--requirement", "COR-14", status=0)
        self.assertTrue(report["results"])
        for result in report["results"]:
            self.assertIn("COR-14", result["requirements"])

    def test_reproduce_runs_one(self):
        words = ("--reproduce", VALUE, "--seed", 7)
        self.assertEqual(self.ids(*words), [VALUE])
        self.assertEqual(self.ids("--reproduce", ONE_CHECK + ":none", status=3), [])

    def test_the_line_that_reproduces_a_failure_does_so(self):
        done = run("check", hostile("exit_in_send"), "--filter", ONE_CHECK)
        (again,) = [line for line in done.stdout.splitlines() if " again " in line]
        words = again.split("baton ", 1)[1].replace("'", "").split()
        self.assertIn(f"--reproduce {VALUE}", " ".join(words))
        self.assertEqual(run(*words).returncode, 1)

    def test_fail_fast_begins_no_more(self):
        words = ("--fail-fast", "--jobs", 1)
        report = self.check(hostile("exit_in_send"), *words, status=1)
        crashed = [one for one in report["results"] if one["verdict"] == "CRASH"]
        self.assertEqual(len(crashed), 1)
        self.assertFalse(report["conforming"])
        self.assertNotIn("conforming", report["tiers"].values())

    def test_repeat(self):
        words = ("--filter", ONE_CHECK, "--repeat", 3)
        self.assertEqual(self.ids(*words), [VALUE] * 3)

    def test_list(self):
        checks = self.listed()
        ids = [check["id"] for check in checks]
        self.assertEqual(ids, sorted(set(ids)))
        self.assertTrue({"load", "create", ONE_CHECK} <= set(ids))
        for check in checks:
            with self.subTest(check["id"]):
                self.assertRegex(check["id"], r"^[a-z0-9]+(-[a-z0-9]+)*$")
                self.assertTrue(check["title"].endswith("."), check["title"])
                self.assertTrue(check["requirements"])
        self.assertEqual(
            [one["id"] for one in self.listed("--filter", "load")], ["load"]
        )

    def test_a_list_for_people(self):
        done = run("check", "--list", "--filter", "load")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(
            done.stdout.split(),
            "load core PRV-1 PRV-2 The library loads, and its entry gives a "
            "provider.".split(),
        )

    def test_arguments_make_a_subject(self):
        # act takes no arguments: its create refuses, and the job is skipped.
        words = ("--filter", "create", "--with", 'act(3, "a b", none, 1.5, true)')
        result = self.one(self.good, *words, status=0)
        self.assertEqual(result["id"], 'create:act(3, "a b", none, 1.5, true)')
        self.assertEqual(result["verdict"], "SKIP")
        self.assertIn("INVALID_ARGUMENT", result["reason"])
        words = ("--filter", "create", "--with", "act()")
        self.assertEqual(self.one(self.good, *words, status=0)["verdict"], "PASS")

    def test_in_process(self):
        done = run("check", self.good, "--filter", ONE_CHECK, "--in-process")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("1 PASS", done.stdout)
        first = done.stderr.splitlines()[0]
        self.assertRegex(first, r"^gdb --args /.* check '.*good\.so' ")


class SeedTest(KitTest):
    def test_a_seed_is_chosen_and_reported(self):
        words = ("check", hostile("good"), "--filter", "load")
        seeds = {json.loads(run(*words, "--json", "-").stdout)["seed"] for _ in "ab"}
        self.assertEqual(len(seeds), 2)
        self.assertIn("seed 77,", run(*words, "--seed", 77).stdout)
        self.assertIn("seed 255,", run(*words, "--seed", "0xff").stdout)


if __name__ == "__main__":
    unittest.main()
