# SPDX-License-Identifier: MIT
"""The comparison of both sides finds what it is for."""

import importlib
import pathlib
import unittest

import differences
from support import bodies, compare, links, observe


def entries(scenario, kit=None):
    return observe.observe(scenario, kit or links.Native(1))


class Comparison(unittest.TestCase):
    def assertSeen(self, scenario, other):
        left, right = entries(scenario), entries(other)
        self.assertNotEqual(left, right)
        shown = compare.diff(left, right, "native", "twin")
        self.assertIn("--- native", shown)
        self.assertIn("+++ twin", shown)

    def test_equal_runs_are_equal(self):
        def scenario(kit, log):
            made = kit.coroutine(bodies.finishes(log))
            log.do("send", made.send, None)
            log.do("throw", made.throw, ValueError("v"))

        self.assertEqual(entries(scenario), entries(scenario))

    def test_another_result_is_seen(self):
        self.assertSeen(
            lambda kit, log: log.do("call", lambda: 1),
            lambda kit, log: log.do("call", lambda: 2),
        )

    def test_another_message_context_or_cause_is_seen(self):
        def fails(message="m", context=None, cause=None, notes=None):
            error = ValueError(message)
            error.__context__, error.__cause__ = context, cause
            if notes:
                error.__notes__ = notes

            def call():
                raise error

            return lambda kit, log: log.do("call", call)

        self.assertSeen(fails(), fails("other"))
        self.assertSeen(fails(), fails(context=KeyError()))
        self.assertSeen(fails(), fails(cause=KeyError()))
        self.assertSeen(fails(), fails(notes=["n"]))

    def test_another_traceback_is_seen(self):
        def direct():
            raise ValueError

        def indirect():
            direct()

        self.assertSeen(
            lambda kit, log: log.do("call", direct),
            lambda kit, log: log.do("call", indirect),
        )

    def test_a_missing_warning_is_seen(self):
        self.assertSeen(
            lambda kit, log: kit.coroutine(bodies.Bare()) and None,
            lambda kit, log: kit.coroutine(bodies.Bare()).close(),
        )

    def test_an_unraisable_report_is_seen(self):
        def scenario(body):
            def run(kit, log):
                kit.coroutine(body(log)).send(None)

            return run

        self.assertSeen(scenario(bodies.echo), scenario(bodies.stubborn))

    def test_another_state_is_seen(self):
        def scenario(start):
            def run(kit, log):
                made = kit.coroutine(bodies.suspend())
                if start:
                    made.send(None)
                log.state("state", made)
                made.close()

            return run

        self.assertSeen(scenario(False), scenario(True))

    def test_a_scenario_that_fails_shows_it(self):
        shown = entries(lambda kit, log: [][1])
        self.assertEqual(shown[0][0], "scenario raised")


class Differences(unittest.TestCase):
    def test_each_entry_names_a_scenario_and_a_reason(self):
        classes = {}
        for path in pathlib.Path(__file__).parent.glob("test_differential_*.py"):
            module = importlib.import_module(path.stem)
            for name, value in vars(module).items():
                if isinstance(value, type) and issubclass(value, compare.Differential):
                    classes.setdefault(f"{path.stem}.{name}", value)
        for entry in differences.ACCEPTED:
            module, name, scenario = entry.scenario.split(".")
            self.assertIn(f"{module}.{name}", classes, entry)
            self.assertTrue(
                hasattr(classes[f"{module}.{name}"], f"scenario_{scenario}"), entry
            )
            self.assertGreater(len(entry.reason), 20, entry)


if __name__ == "__main__":
    unittest.main()
