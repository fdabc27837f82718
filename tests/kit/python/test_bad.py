# SPDX-License-Identifier: MIT
"""Every behaviour can fail: subjects/table.txt names a bad subject for each."""

import os
import sys
import sysconfig
import unittest

import support
from baton_check import registry
from baton_check.supervisor import Supervisor
from subjects import table

# What this interpreter, or what is installed here, cannot show.
ELSEWHERE = {"tasks.under_uvloop", "tasks.under_trio"}
FAILS = ("FAIL", "CRASH", "HANG", "LEAK", "WARN")
SECONDS = 6.0


def here(behaviour):
    if behaviour.id == "process.without_the_lock":
        return bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    if behaviour.id == "leaks.memory":
        return os.path.exists("/proc/self/statm")
    return sys.version_info >= behaviour.since and behaviour.id not in ELSEWHERE


class Table(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bad = table.load()
        cls.entries = table.read()

    def test_every_behaviour_has_a_bad_subject(self):
        known = set(registry.behaviours()) - {"process.without_the_lock"}
        self.assertEqual(known - set(self.entries), set(), "run assign.py")

    def test_no_other_entries(self):
        self.assertEqual(set(self.entries) - set(registry.behaviours()), set())
        self.assertEqual(set(self.entries.values()) - set(self.bad), set())

    def test_each_says_what_is_wrong(self):
        for name, one in self.bad.items():
            with self.subTest(name):
                self.assertTrue(one.why and one.why.strip().endswith("."))

    def test_every_bad_subject_fails_its_behaviours(self):
        wanted = {}
        for id, name in self.entries.items():
            if here(registry.behaviours()[id]):
                wanted.setdefault(name, []).append(id)
        for name, ids in wanted.items():
            with self.subTest(name):
                passed = self.passed(self.bad[name], ids)
                self.assertEqual(passed, [], f"{name} is to fail them")

    def passed(self, bad, ids):
        options = support.options(bad.target, bad.shape, timeout=SECONDS)
        with Supervisor(options) as supervisor:
            chosen = [registry.behaviours()[id] for id in ids]
            results = supervisor.run(chosen)
        return [
            (one["id"], one["verdict"], one["reason"])
            for one in results
            if one["verdict"] not in FAILS
        ]


if __name__ == "__main__":
    unittest.main()
