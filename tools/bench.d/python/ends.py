# SPDX-License-Identifier: MIT
"""Throwing: into what catches and goes on, and up to the end."""

import case
from case import Case, begun, clock, fresh, module

DEPTH = 10


def throw_many(throw, count):
    for _ in range(count):
        throw(ValueError())


def unwind_many(make, count):
    for _ in range(count):
        made = make()
        made.send(None)
        try:
            made.throw(ValueError())
        except ValueError:
            pass


def catching(open_object):
    def open_case():
        throw = begun(open_object()).throw
        loop = fresh(throw_many)

        def run(count):
            began = clock()
            loop(throw, count)
            return clock() - began

        return run

    return open_case


def unwinding(make):
    def open_case():
        begun(make()).close()
        loop = fresh(unwind_many)

        def run(count):
            began = clock()
            loop(make, count)
            return clock() - began

        return run

    return open_case


def python_unwound():
    return case.hold(None, case.tick())


def baton_unwound():
    return module("bodies").ticker(None)


def python_chain():
    """Of functions that are made once, unlike case.chain."""
    made = case.tick()
    for _ in range(DEPTH - 1):
        made = case.hold(None, made)
    return made


def baton_chain():
    return module("bodies").chain(DEPTH, False)


def over(open_object):
    return lambda: fresh(case.hold)(None, open_object())


def cases():
    catchers = {
        "python": lambda depth: case.chain(depth, case.catch),
        "baton": lambda depth: module("bodies").chain(depth, True),
    }
    for who, maker in catchers.items():
        # Python's innermost is a generator, which has no `async def` itself.
        least = 2 if who == "python" else 1
        yield Case(f"throw, {who}", catching(lambda m=maker, d=least: m(d)))
        yield Case(f"throw, async def over {who}", catching(over(lambda m=maker: m(1))))
        yield Case(
            f"throw, chain of {DEPTH}, {who}", catching(lambda m=maker: m(DEPTH))
        )
    ended = {
        "python": (python_unwound, python_chain),
        "baton": (baton_unwound, baton_chain),
    }
    for who, (one, many) in ended.items():
        yield Case(f"create + throw to the end, {who}", unwinding(one))
        yield Case(f"create + throw to the end, {DEPTH}, {who}", unwinding(many))
