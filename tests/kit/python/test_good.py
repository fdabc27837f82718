# SPDX-License-Identifier: MIT
"""The interpreter's own pass everything, in every shape."""

import unittest

from baton_check import registry
from support import check

SHAPES = ("relay", "produce", "generator", "opaque")


def odd(results, *verdicts):
    return [
        (one["id"], one["verdict"], one["broken"], one["reason"])
        for one in results.values()
        if one["verdict"] not in ("PASS", "SKIP", *verdicts)
    ]


class Good(unittest.TestCase):
    def test_the_interpreters_own_conform(self):
        for shape in SHAPES:
            with self.subTest(shape):
                results = check(f"subjects.good:{shape}", shape=shape)
                self.assertEqual(odd(results), [])
                self.assertEqual(len(results), len(registry.select(shape)))

    def test_an_awaitable_without_send_conforms(self):
        results = check("subjects.good:Awaitable")
        self.assertEqual(odd(results), [])
        self.assertEqual(set(results), {b.id for b in registry.select("awaitable")})

    def test_a_process_for_each(self):
        results = check("subjects.good:relay", ["send.*", "tasks.r*"], isolate="each")
        self.assertEqual(odd(results), [])

    def test_shapes_are_found(self):
        for shape in SHAPES:
            with self.subTest(shape):
                (result, *_) = check(f"subjects.good:{shape}", ["types.t*"]).values()
                self.assertEqual(result["verdict"], "PASS")

    def test_an_emulation_in_python_passes_nearly_all(self):
        cannot = {
            "relay": {
                "awaiting.awaited_by_two",
                "awaiting.awaited_after_a_send",
                "attributes.awaited_chain",
                "attributes.walk_from_a_native",
            },
            "produce": set(),
            "generator": set(),
        }
        for shape, known in cannot.items():
            with self.subTest(shape):
                results = check(f"subjects.faithful:{shape}", shape=shape)
                failed = {id for id, *_ in odd(results, "WARN")}
                self.assertEqual(failed - known, set())


class Registry(unittest.TestCase):
    def test_there_are_enough(self):
        self.assertGreaterEqual(len(registry.behaviours()), 400)
        for shape, count in {"relay": 300, "produce": 110, "generator": 170}.items():
            self.assertGreaterEqual(len(registry.select(shape)), count)

    def test_each_says_what_it_is(self):
        titles = {}
        for one in registry.behaviours().values():
            with self.subTest(one.id):
                self.assertRegex(one.id, r"^[a-z]+\.[a-z0-9_]+$")
                self.assertTrue(8 < len(one.title) < 90, one.title)
                self.assertNotIn("{", one.title)
                self.assertRegex(one.source, r"^[\w/]+\.(c|py):\w+$|^the ")
                self.assertNotIn((one.group, one.title), titles)
                titles[one.group, one.title] = one.id

    def test_a_tier_for_each_group(self):
        tiers = {}
        for one in registry.behaviours().values():
            self.assertEqual(tiers.setdefault(one.group, one.tier), one.tier)
        self.assertEqual(set(tiers.values()), set(registry.TIERS))


if __name__ == "__main__":
    unittest.main()
