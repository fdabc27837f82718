# SPDX-License-Identifier: MIT
"""What a scenario leaves behind is found: with languages that misbehave."""

import sys
import unittest

import libraries

FOLDER = libraries.Libraries()
FOLDER.host()
FOLDER.c()
sys.path.insert(0, str(FOLDER.output))

import harness as harnesses  # noqa: E402
import interop_host as host  # noqa: E402
import languages  # noqa: E402
import scenario  # noqa: E402


class Hoarder(languages.Library):
    """Keeps a reference to what it is given."""

    def __init__(self, path):
        super().__init__(path)
        self.kept = []

    def make(self, name, *arguments):
        for one in arguments:
            if type(one) is languages.WRAPPER:
                self.kept.append(one.copy())
        return super().make(name, *arguments)


class Judging(unittest.TestCase):
    def setUp(self):
        self.path = f"{FOLDER.output}/interop_c.so"
        self.c = languages.Library(self.path)
        self.addCleanup(host.reset)

    def judge(self, producer, body, steps, trace):
        made = scenario.Scenario("some", body, steps=steps, trace=trace)
        harness = harnesses.Harness(producer, self.c)
        host.listen(harness)
        return harnesses.judge(harness, made, "drive", {"c": self.c})

    def test_nothing_is_left(self):
        wrong = self.judge(
            self.c, ["give", "$token"], ["send none"], ["return object 0"]
        )
        self.assertEqual(wrong, "")

    def test_another_outcome(self):
        wrong = self.judge(self.c, ["give", "5"], ["send none"], ["return i64 6"])
        self.assertEqual(wrong, "line 1: expected <return 6>, got <return 5>")

    def test_an_outcome_too_many(self):
        steps, trace = ["send none", "close"], ["return i64 5"]
        wrong = self.judge(self.c, ["give", "5"], steps, trace)
        self.assertEqual(wrong, "line 2: expected <nothing more>, got <return none>")

    def test_a_token_that_is_kept(self):
        hoarder = Hoarder(self.path)
        wrong = self.judge(hoarder, ["give", "$token"], ["drop"], ["dropped"])
        self.assertEqual(wrong, "token 0 has 1 references")

    def test_a_token_that_is_released_too_often(self):
        hoarder = Hoarder(self.path)
        self.judge(hoarder, ["give", "$token"], ["drop"], ["dropped"])
        hoarder.kept.clear()  # of a token that is forgotten
        self.assertEqual(host.token_count(0), -1)

    def test_memory_that_is_kept(self):
        hoarder = Hoarder(self.path)
        body, steps = ["relay", ["echo", "1"]], ["send none", "drop"]
        wrong = self.judge(hoarder, body, steps, ["yield i64 1", "dropped"])
        self.assertEqual(wrong, "1 more blocks of c")


if __name__ == "__main__":
    unittest.main()
