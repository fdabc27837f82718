# SPDX-License-Identifier: MIT
"""The scenarios of tests/python, on Python's own objects and on relays by Cython.

What Cython itself does otherwise is left out of both sides (see `seen`), or listed
in differences_cython.py with its reason.
"""

import re
import unittest

import modules

modules.folder()

import differences  # noqa: E402
import differences_cython  # noqa: E402
import test_differential_async_generator  # noqa: E402
import test_differential_attributes  # noqa: E402
import test_differential_await  # noqa: E402
import test_differential_context  # noqa: E402
import test_differential_coroutine  # noqa: E402
import test_differential_finalize  # noqa: E402
import test_differential_generator  # noqa: E402
from support import compare, links, observe  # noqa: E402

TESTS = [
    test_differential_async_generator,
    test_differential_attributes,
    test_differential_await,
    test_differential_context,
    test_differential_coroutine,
    test_differential_finalize,
    test_differential_generator,
]
# What the Cython coroutine awaits is not told, except through `delegate`.
AWAITED = re.compile(r"\b(cr_await|gi_yieldfrom|ag_await)=\w+")
MESSAGE = re.compile(r"'coroutine raised StopIteration'")
RELAYS = differences.ACCEPTED
observed = observe.observe


class Relays(links.Relays):
    def __init__(self, depth, native):
        self.depth, self.native = depth, native
        self.name = f"cython: {depth}, {'flat' if native else 'faces'}"
        self.module = modules.load("relay_cython")


def pairs():
    for depth in (1, 4):
        for native in (False, True):
            yield links.Native(depth), Relays(depth, native)


def is_known(scenario, label):
    return differences_cython.accepted(scenario, label) or any(
        entry.scenario == scenario and entry.applies() and entry.covers(label)
        for entry in RELAYS
    )


def seen(scenario, kit):
    """Without tracebacks, in which Cython's functions have entries of their own, and
    with Cython's word for a coroutine that raises StopIteration."""
    case, name = type(scenario.__self__), scenario.__name__
    name = f"{case.__module__}.{case.__name__}.{name.removeprefix('scenario_')}"
    yield "scenario", name
    for label, text in observed(scenario, kit):
        if not label.endswith("/traceback") and not is_known(name, label):
            text = MESSAGE.sub("'generator raised StopIteration'", text)
            yield label, AWAITED.sub(r"\1=?", text)


class Patched:
    """The scenarios' own modules are used by the tests of the C binding too."""

    def setUp(self):
        places = {
            (links, "pairs"): pairs,
            (observe, "observe"): lambda *given: list(seen(*given)),
            (differences, "ACCEPTED"): [],
        }
        for (place, name), value in places.items():
            self.addCleanup(setattr, place, name, getattr(place, name))
            setattr(place, name, value)
        super().setUp()


def load_tests(loader, standard, pattern):
    suite = unittest.TestSuite()
    for module in TESTS:
        for name, case in sorted(vars(module).items()):
            if isinstance(case, type) and issubclass(case, compare.Differential):
                if case is not compare.Differential:
                    body = {"__module__": case.__module__}
                    suite.addTests(
                        loader.loadTestsFromTestCase(type(name, (Patched, case), body))
                    )
    return suite
