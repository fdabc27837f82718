# SPDX-License-Identifier: MIT
"""Resuming chains: Baton's, Python's, and of both by turns."""

import case
from case import Case, module, resuming

DEPTHS = [1, 10, 100, 1000]
PAIRS = 100


def baton(depth):
    """Python sees the outermost link only."""
    return module("bodies").chain(depth, False)


def faces(depth):
    """Every link is an object of Python's."""
    bodies = module("bodies")
    made = bodies.ticker(None)
    for _ in range(depth - 1):
        made = bodies.hold(None, made)
    return made


def pairs(between):
    """Of one of Python's over what `between` makes of the next one."""

    def open_chain():
        made = case.fresh(case.hold)(None, case.tick())
        for _ in range(PAIRS):
            made = case.fresh(case.hold)(None, between(made))
        return made

    return open_chain


def by_baton(made):
    return module("bodies").hold(None, made)


def at_least(made):
    return module("bare").forward(made)


def cases():
    for depth in DEPTHS:
        for who, maker in (
            ("chain", baton),
            ("chain with faces", faces),
            ("python chain", case.chain),
        ):
            opened = resuming(lambda maker=maker, depth=depth: maker(depth))
            yield Case(f"{who} of {depth}", opened)
    levels = resuming(lambda: case.chain(2 * PAIRS + 2))
    yield Case(f"two of {2 * PAIRS} levels, python", levels, PAIRS)
    for who, between in ("baton", by_baton), ("least", at_least):
        yield Case(f"one of {PAIRS} pairs, {who}", resuming(pairs(between)), PAIRS)
