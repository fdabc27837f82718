# SPDX-License-Identifier: MIT
"""What the group `python` reports of one interpreter, and its budgets.

Names are those that the cases in python/ have.
"""

import python_peers
from native import Row

PEERS = list(python_peers.PEERS)
DEPTHS = [1, 10, 100, 1000]
PAIRS = 100

# A ready await, as a ratio to Python's own: what a result costs differs much
# between versions of the interpreter. A version that is not here has no budget.
WITH_NONE = {(3, 11): 0.7, (3, 12): 0.95, (3, 13): 0.95, (3, 14): 1.2, (3, 15): 1.1}
WITH_VALUE = {(3, 11): 0.7, (3, 12): 1.1, (3, 13): 1.1, (3, 14): 1.3, (3, 15): 1.1}
READY = {"None": WITH_NONE, "int": WITH_VALUE, "heap object": WITH_VALUE}


def shared(number):
    """Where the interpreter resumes foreign awaitables by tp_iternext, the shared
    type is to be the faster one."""
    return 1.0 if (3, 12) <= number <= (3, 14) else 1.1


def ready(number):
    for kind, budgets in READY.items():
        await_of = f"ready await, {kind}, {{}}".format
        native = await_of("native")
        yield Row(native)
        yield Row(await_of("baton"), native, budgets.get(number))
        for who in ["baton, authoring header", "least", *PEERS]:
            yield Row(await_of(who), native)
        yield Row(await_of("cython, shared"), await_of("cython"), shared(number))


def closes():
    yield Row("create + close, native")
    for who in ["baton", "cython", "mypyc", "nuitka"]:
        yield Row(f"create + close, {who}", "create + close, native")


def resumes(number):
    yield Row("resume, C iterator")
    yield Row("resume, baton", "resume, C iterator")
    under = "resume, async def over C iterator"
    yield Row(under)
    yield Row("resume, async def over baton", under, 1.1)
    yield Row("resume, one more, native", under)
    for who in ["baton", *PEERS]:
        yield Row(f"resume, one more, {who}", "resume, one more, native")
    for who in ["cython, shared", "cython, delegate"]:
        yield Row(
            f"resume, one more, {who}", "resume, one more, cython", shared(number)
        )


def chains():
    for who in "chain", "chain with faces":
        yield Row(f"{who} of 1")
        for depth in DEPTHS[1:]:
            yield Row(f"{who} of {depth}", "chain of 1", 1.25)
    for depth in DEPTHS:
        yield Row(f"chain of {depth}", f"python chain of {depth}")
    levels = f"two of {2 * PAIRS} levels, python"
    yield Row(levels)
    yield Row(f"one of {PAIRS} pairs, baton", levels, 1.5)
    yield Row(f"one of {PAIRS} pairs, least", levels)


def handles():
    for kind, budget in (
        ("async def", 1.1),
        ("C iterator", None),
        ("object with __await__", None),
    ):
        yield Row(f"PyIter_Send, {kind}")
        yield Row(f"handle, {kind}", f"PyIter_Send, {kind}", budget)


def ends():
    for what in "throw, {}", "throw, async def over {}", "throw, chain of 10, {}":
        yield Row(what.format("python"))
        yield Row(what.format("baton"), what.format("python"))
    for what in "create + throw to the end, {}", "create + throw to the end, 10, {}":
        yield Row(what.format("python"))
        yield Row(what.format("baton"), what.format("python"))


def loops():
    yield Row("async for, python")
    yield Row("async for, baton", "async for, python")
    yield Row("task step, python")
    yield Row("task step, baton", "task step, python")
    yield Row("task, asyncio.sleep(0)")
    yield Row("task, baton pending + wake", "task, asyncio.sleep(0)")
    called = "wake by a thread, call_soon_threadsafe"
    yield Row(called)
    yield Row("wake by a thread, baton", called, 1.0)


def memory():
    for what in "resident", "traced", "sizeof":
        name = f"memory, {what}, {{}}".format
        budget = 0.9 if what == "resident" else None
        yield Row(name("native"), None, None, "bytes")
        for who in ["baton", "baton, yielding"]:
            yield Row(name(who), name("native"), budget, "bytes")
        for who in PEERS if what == "resident" else []:
            yield Row(name(who), name("native"), None, "bytes")


def rows(number):
    """@param number the version of the interpreter: (3, 13)."""
    yield from ready(number)
    yield from closes()
    yield from resumes(number)
    for part in chains, handles, ends, loops, memory:
        yield from part()
