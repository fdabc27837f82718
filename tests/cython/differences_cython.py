# SPDX-License-Identifier: MIT
"""Where Cython's relays are known to differ from Python's own, and why. What
tests/python/differences.py has of the C binding's relays holds for them too."""

import fnmatch
import os
import typing


class Difference(typing.NamedTuple):
    scenario: str  # module.Class.scenario, with * and ? as in file names
    label: str  # of the observations, likewise
    reason: str
    cython: str = ""  # the only versions that have it start with that

    def covers(self, scenario, label):
        return (
            os.environ.get("BATON_CYTHON", "").startswith(self.cython)
            and fnmatch.fnmatchcase(scenario, self.scenario)
            and fnmatch.fnmatchcase(label, self.label)
        )


NORMALIZED = "what is thrown is made an exception before Cython sees it"
AWAITED = "what a Cython coroutine awaits is not told, except through delegate()"
WORDING = "Cython says it otherwise"
THROW = "Cython ends a coroutine whose delegate's `throw` cannot be had"
CLEANUP = "an async generator of Cython's runs its cleanup when it is let go"
IGNORED = "Cython 3.0 tells once more of a coroutine that has ignored its close"
TWICE = "the collector calls the finalizer of Cython's coroutine too, if it never ran"
FROM_CYTHON = "Cython's yield from knows no coroutines but its own"

ACCEPTED = [
    Difference("*.Throw.every_form", "suspended throw(*", NORMALIZED),
    Difference("*.Athrow.every_form", "*", NORMALIZED),
    Difference("*.Send.a_recorded_iterator", "*throw*", NORMALIZED),
    Difference("*.Send.recorded_iterators", "recorder.throw", NORMALIZED),
    Difference("*.Wrapper.throws_and_closes", "caught", NORMALIZED),
    Difference("*.Wrapper.throws_and_closes", "throw bad", NORMALIZED),
    Difference("*.Throw.delegate_that_returns_from_throw", "*", NORMALIZED),
    Difference("*.Attributes.delegates", "*", AWAITED),
    Difference("*.Awaiting.by_a_native_coroutine", "cr_await is it", AWAITED),
    Difference("*.Throw.delegate_whose_attributes_fail", "*", THROW),
    Difference("*.Send.awaitables_that_are_wrong", "*", WORDING),
    Difference("*.Awaiting.the_coroutine_itself_from_dunder_await", "*", WORDING),
    Difference("*.Hooks.finalizer", "finalizer", CLEANUP),
    Difference("*.Hooks.that_fail", "unraisable", CLEANUP),
    Difference("*.Handled.errors_of_the_binding_itself", "unraisable", IGNORED, "3.0."),
    Difference("*.Handled.errors_of_the_binding_itself", "not awaitable", WORDING),
    Difference("*.NeverAwaited.warns_in_a_cycle", "warning", TWICE),
    Difference("*.Awaiting.yield_from", "*", FROM_CYTHON),
    Difference("*.Send.not_iterable", "over a coroutine", FROM_CYTHON),
]


def accepted(scenario, label):
    return any(entry.covers(scenario, label) for entry in ACCEPTED)
