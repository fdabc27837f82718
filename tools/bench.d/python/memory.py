# SPDX-License-Identifier: MIT
"""What a suspended coroutine takes, in bytes."""

import gc
import os
import sys
import tracemalloc

import case

COUNT = 200_000


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def hold(value, awaitable):
    await awaitable
    return value


def makers():
    """All hold a value. `baton, yielding` awaits nothing, the others await one
    and the same iterator."""
    iterator = case.module("bare").iterator()
    value = object()

    def holder(name):
        return lambda: case.module(name).hold(value, iterator)

    return {
        "native": lambda: hold(value, iterator),
        "baton": holder("bodies"),
        "baton, yielding": lambda: case.module("bodies").ticker(value),
        "cython": holder("peer_cython"),
        "mypyc": holder("peer_mypyc"),
        "nuitka": holder("peer_nuitka"),
        "pyawaitable": holder("peer_pyawaitable"),
    }


def many(make, count, used):
    """@return the growth of `used` for each of so many suspended objects."""
    warm = [case.begun(make()) for _ in range(100)]
    made = [None] * count
    before = used()
    for at in range(count):
        made[at] = case.begun(make())
    grown = used() - before
    del warm, made
    return grown / count


def measure(who):
    make = makers()[who]
    gc.disable()
    got = {"resident": many(make, COUNT, resident)}
    tracemalloc.start()
    traced = many(make, 1000, lambda: tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    got["traced"] = traced
    if who != "nuitka":  # whose __sizeof__ crashes
        got["sizeof"] = sys.getsizeof(case.begun(make()))
    return got
