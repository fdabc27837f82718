# SPDX-License-Identifier: MIT
"""A bounded run of fuzz.py, and the fuzzer's own parts."""

import os
import pathlib
import subprocess
import sys
import unittest

import fuzz
from support import extensions, generate
from support.programs import mentions

COUNT = int(os.environ.get("BATON_FUZZ_COUNT", 8000))


class Fuzz(unittest.TestCase):
    def test_random_programs_are_equal_on_both_sides(self):
        if not extensions.STAND_IN:
            extensions.folder()
        done = subprocess.run(
            [
                *(sys.executable, str(pathlib.Path(fuzz.__file__))),
                *("--seed", os.environ.get("BATON_FUZZ_SEED", "1")),
                *("--count", str(COUNT)),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
        )
        self.assertEqual(done.returncode, 0, "\n" + done.stdout[-8000:])


class Parts(unittest.TestCase):
    def test_a_seed_makes_the_same_case(self):
        self.assertEqual(fuzz.make_case(7), fuzz.make_case(7))
        self.assertNotEqual(fuzz.make_case(7), fuzz.make_case(8))

    def test_shrinking_finds_a_small_case(self):
        def fails(case):
            return mentions(case["body"], "handled") and mentions(
                case["operations"], "close"
            )

        found = (fuzz.make_case(seed) for seed in range(1, 500))
        case = generate.shrink(next(case for case in found if fails(case)), fails)
        self.assertTrue(fails(case))
        self.assertEqual(len(case["body"]), 1, case)
        self.assertEqual(len(case["operations"]), 1, case)
        self.assertEqual(case["depth"], 1)

    def test_the_programs_reach_every_statement(self):
        names = set()

        def collect(part):
            if isinstance(part, list):
                if part and isinstance(part[0], str):
                    names.add(part[0])
                for inner in part:
                    collect(inner)

        for seed in range(300):
            case = fuzz.make_case(seed)
            collect(case["body"])
            collect(case["operations"])
        wanted = "yield await try for loop raise return handled inside middle item"
        wanted += (
            " send throw close wrapper awaiter relayed asend athrow aclose other inner"
        )
        self.assertLessEqual(set(wanted.split()), names)


if __name__ == "__main__":
    unittest.main()
