# SPDX-License-Identifier: MIT
"""Which requirement a difference is about."""

import re

from model.words import (
    ACLOSE,
    ASEND,
    ATHROW,
    AWAITABLES,
    CLOSED,
    CREATED,
    INIT,
    RUNNING,
)

# What an executor says by itself, and what it means.
SAYINGS = (
    ("cannot be made", "PRV-3"),
    ("a refusal has taken the error", "OWN-4"),
    ("a refusal has given a value", "OWN-4"),
    ("blocks that were not freed", "TYP-11"),
    ("status ", "COR-1"),
)
# Words that only one rule gives. The lines differ, and one of them has them.
WORDS = (
    ("async generator ignored GeneratorExit", "AGN-6"),
    ("ignored GeneratorExit", "COR-10"),
    ("raised Stop", "COR-15"),
    (" cause stop-", "COR-15"),
)
# Exports that pass on what their child yields, and yield nothing themselves.
PASSING = frozenset(("relay", "pair", "rescue", "guard", "delegate", "last"))
AWAITABLE_ENDS = {ASEND: "AGN-2", ATHROW: "AGN-3", ACLOSE: "AGN-4"}
RESUMED = {"send": "COR-14", "throw": "COR-6", "close": "COR-8", "drop": "COR-18"}
CLOSED_ALREADY = {"send": "COR-3", "throw": "COR-3", "close": "COR-9"}
CAUSE = re.compile(r" cause [a-z-]+")


def requirement(expected, found, cause, export):
    """The requirement of the first line that differs; a line is None behind the end.

    `cause` is the call in which the line was expected, or None; `export` what made the
    node that is called, or None.
    """
    expected, found = expected or "", found or ""
    for words, blamed in SAYINGS:
        if words in found and words not in expected:
            return blamed
    if cause is None:
        return "OWN-3"
    if CAUSE.sub("", expected) == CAUSE.sub("", found):
        return "ERR-7"
    for words, blamed in WORDS:
        if words in expected or words in found:
            return blamed
    outcome, _, states = expected.partition(" |")
    if states and found.startswith(outcome + " |") and "-> refused" in outcome:
        return "COR-12"
    if cause.op[0] == "drop" and "never awaited" in expected + found:
        return "TYP-11" if "never awaited" in expected else "OWN-7"
    if "-> yield" in outcome and export in PASSING:
        return "WAK-9"
    return of_call(cause, outcome, export)


def of_call(cause, outcome, export):
    word = cause.op[0]
    kind, call, state = cause.cell or ("coroutine", word, None)
    if kind in AWAITABLES:
        return of_awaitable(kind, call, state, outcome)
    if state == RUNNING:
        return "COR-4"
    if state == CLOSED:
        return CLOSED_ALREADY.get(word, "OWN-3")
    if state == CREATED:
        started = {"send none": "COR-14", "send value": "COR-2", "close": "COR-7"}
        return started.get(call, "COR-19" if word == "drop" else "COR-5")
    if word == "close" and "-> return" in outcome:
        return "COR-11"
    if word == "close" and ("-> yield" in outcome or "-> pending" in outcome):
        return "COR-10"
    if call == "throw exit" and export in PASSING:
        return "COR-17"
    return RESUMED[word]


def of_awaitable(kind, call, state, outcome):
    if "refused busy" in outcome:
        return "COR-4"
    if state == CLOSED:
        return "COR-9" if call == "close" else "AGN-1"
    if state == INIT and "runtime '*'" in outcome and call != "send value":
        return "AGN-5"
    return AWAITABLE_ENDS[kind]
