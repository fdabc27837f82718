# SPDX-License-Identifier: MIT
"""The command: bad input, exit status, options, reports."""

import json
import os
import tempfile
import unittest
import xml.etree.ElementTree as xml

import schema
import support
from support import HERE, command

GOOD = ("subjects.good:relay", "--path", HERE)
BAD = ("subjects.wrong_bodies:other_result", "--path", HERE)


class BadInput(unittest.TestCase):
    def refused(self, *arguments):
        done = command(*arguments, "--path", HERE, "--jobs", 1)
        self.assertEqual(done.returncode, 2, done)
        self.assertEqual(done.stdout, "")
        lines = done.stderr.splitlines()
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertTrue(lines[0].startswith("baton check: "))
        return lines[0]

    def test_no_target(self):
        self.assertIn("MODULE:FACTORY", self.refused())

    def test_no_colon(self):
        self.assertIn("write MODULE:FACTORY", self.refused("subjects.good"))

    def test_no_such_module(self):
        line = self.refused("subjects.nothing:relay")
        self.assertIn("No module named 'subjects.nothing'", line)
        self.assertIn("--path", line)

    def test_a_module_that_fails(self):
        line = self.refused("subjects.fails:relay")
        self.assertIn("ZeroDivisionError: division by zero", line)

    def test_a_module_that_ends_the_process(self):
        line = self.refused("subjects.exits:relay")
        self.assertIn("ended the process (exited with status 7)", line)

    def test_no_such_attribute(self):
        line = self.refused("subjects.good:nothing")
        self.assertIn("subjects.good has no nothing; it has: Awaitable", line)

    def test_not_callable(self):
        self.assertIn("not callable", self.refused("sys:path"))

    def test_not_awaitable(self):
        line = self.refused("builtins:id")
        self.assertIn("returned int, which cannot be awaited", line)

    def test_the_wrong_shape(self):
        line = self.refused("subjects.good:relay", "--shape", "produce")
        self.assertIn("returned coroutine, which is no async generator", line)

    def test_a_factory_that_fails(self):
        line = self.refused("subjects.fails_later:relay")
        self.assertIn("raised OSError: not today", line)

    def test_no_such_interpreter(self):
        line = self.refused("subjects.good:relay", "--python-exe", "no-such-python")
        self.assertIn("no-such-python: No such file", line)

    def test_no_such_behaviour(self):
        line = self.refused("subjects.good:relay", "--reproduce", "no.such")
        self.assertIn("no.such is no behaviour; --list names them", line)


class Status(unittest.TestCase):
    def test_conforming(self):
        done = command(*GOOD, "--filter", "send.*", "--seed", 5)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"send +core +\d+/\d+")
        self.assertIn("\nseed 5\nsubjects.good:relay is conforming on C", done.stdout)
        self.assertIn("core conforming; cancel, threads, values", done.stdout)

    def test_not_conforming(self):
        done = command(*BAD, "--filter", "results.returned_*")
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        self.assertIn("FAIL  results.returned_none: A result is handed", done.stdout)
        self.assertIn("expected  send: 'result', None, True", done.stdout)
        self.assertIn("came      send: 'result', list(None), False", done.stdout)
        self.assertIn("is NOT conforming", done.stdout)

    def test_nothing_matches(self):
        done = command(*GOOD, "--filter", "no.*")
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn("nothing matches no.*", done.stderr)

    def test_list(self):
        done = command("--list", "--filter", "close.*", "--filter", "send.arity")
        self.assertEqual(done.returncode, 0)
        self.assertIn("send.arity", done.stdout)
        self.assertNotIn("throw.arity", done.stdout)
        self.assertEqual(command("--list", "--filter", "zzz").returncode, 3)


class Ways(unittest.TestCase):
    def test_reproduce(self):
        done = command(*BAD, "--reproduce", "results.returned_none", "--seed", 9)
        self.assertEqual(done.returncode, 1)
        self.assertIn("seed 9", done.stdout)
        self.assertIn("interpreter:\n    send: 'result', None, True", done.stdout)
        self.assertIn("gdb --args", done.stderr)

    def test_reproduce_a_crash(self):
        target = ("hostile:segfault", "--path", support.extension())
        done = command(*target, "--reproduce", "send.after_the_end")
        self.assertEqual(done.returncode, 1)
        self.assertIn("CRASH send.after_the_end: SIGSEGV", done.stdout)

    def test_in_process(self):
        done = command(*BAD, "--in-process", "--filter", "results.returned_none")
        self.assertEqual(done.returncode, 1)
        self.assertIn("results.returned_none ...", done.stdout)
        self.assertIn("gdb --args", done.stderr)

    def test_walks_are_those_of_the_seed(self):
        seen = [
            command(*GOOD, "--reproduce", "walks.of_one", "--seed", seed).stdout
            for seed in (1, 1, 2)
        ]
        self.assertEqual(seen[0], seen[1])
        self.assertNotEqual(seen[0], seen[2])


class Reports(unittest.TestCase):
    def test_json(self):
        for target, status in ((GOOD, 0), (BAD, 1)):
            done = command(*target, "--filter", "[re]*", "--json", "-", "--seed", 3)
            self.assertEqual(done.returncode, status)
            report = json.loads(done.stdout)
            schema.validate(report)
            self.assertEqual(report["seed"], 3)
            self.assertEqual(report["conforming"], status == 0)
            self.assertEqual(report["target"]["shape"], "relay")
            total = sum(report["summary"].values())
            self.assertEqual(total, len(report["results"]))
            self.assertEqual(report["tiers"]["cancel"], "not checked")

    def test_the_schema_refuses_others(self):
        done = command(*GOOD, "--filter", "send.arity", "--json", "-")
        for change in ({"schema": "baton-check/2"}, {"seed": "1"}, {"more": 1}):
            with self.subTest(change), self.assertRaises(schema.Invalid):
                schema.validate(json.loads(done.stdout) | change)

    def test_junit(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "report.xml")
            command(*BAD, "--filter", "results.*", "--junit", path)
            suite = xml.parse(path).getroot()
        self.assertEqual(suite.tag, "testsuite")
        self.assertEqual(int(suite.get("tests")), len(suite.findall("testcase")))
        failed = suite.findall("testcase/failure")
        self.assertEqual(int(suite.get("failures")), len(failed))
        self.assertIn("came      ", failed[0].text)

    def test_tap(self):
        done = command(*BAD, "--filter", "results.[rs]*", "--tap")
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0], "TAP version 13")
        tests = [line for line in lines if line.startswith(("ok ", "not ok "))]
        self.assertEqual(lines[1], f"1..{len(tests)}")
        self.assertTrue(tests[0].startswith("not ok 1 - results.returned_none"))

    def test_a_report_that_cannot_be_written(self):
        path = "/no/such/folder/report.json"
        done = command(*GOOD, "--filter", "send.arity", "--json", path)
        self.assertEqual(done.returncode, 2)
        self.assertIn("No such file or directory", done.stderr)


if __name__ == "__main__":
    unittest.main()
