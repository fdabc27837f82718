# SPDX-License-Identifier: MIT
"""Runs a scenario on both sides and fails with a diff where they differ.

A Differential's methods `scenario_NAME(kit, log)` become tests. Differences
that are known and accepted are listed in differences.py, each with its reason;
one that is listed and does not occur fails as well.
"""

import difflib
import unittest

import differences

from support import extensions, links, observe


def render(entries):
    return [f"{label}: {text}" for label, text in entries]


def without(entries, accepted):
    return [
        entry for entry in entries if not any(one.covers(entry[0]) for one in accepted)
    ]


def only(entries, difference):
    return [entry for entry in entries if difference.covers(entry[0])]


def diff(expected, actual, expected_name, actual_name):
    lines = difflib.unified_diff(
        render(expected), render(actual), expected_name, actual_name, "", "", 4, ""
    )
    return "\n".join(lines)


class Differential(unittest.TestCase):
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        for name in list(vars(cls)):
            if name.startswith("scenario_"):
                setattr(
                    cls, "test_" + name.removeprefix("scenario_"), cls.as_test(name)
                )

    @staticmethod
    def as_test(name):
        return lambda self: self.compare(name)

    def accepted(self, name):
        here = f"{type(self).__module__}.{type(self).__name__}"
        scenario = f"{here}.{name.removeprefix('scenario_')}"
        return [
            entry
            for entry in differences.ACCEPTED
            if entry.scenario == scenario and entry.applies()
        ]

    def compare(self, name):
        scenario = getattr(self, name)
        accepted = self.accepted(name)
        needed = set()
        for native, twin in links.pairs():
            with self.subTest(twin=twin.name):
                expected = observe.observe(scenario, native)
                actual = observe.observe(scenario, twin)
                self.assertTrue(expected, "the scenario shows nothing")
                left, right = without(expected, accepted), without(actual, accepted)
                for entry in accepted:
                    if only(expected, entry) != only(actual, entry):
                        needed.add(entry)
                if left != right:
                    self.fail("\n" + diff(left, right, "native", twin.name))
        if extensions.STAND_IN:
            return
        for entry in set(accepted) - needed:
            self.fail(f"differences.py accepts what does not differ: {entry}")
