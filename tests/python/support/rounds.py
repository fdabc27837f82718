# SPDX-License-Identifier: MIT
"""Counts what stays behind after many rounds of something."""

import gc
import sys
import tracemalloc

ROUNDS = 10_000
WARM_UP = 300
# Lists grow in steps and caches fill: a leak of one object per round is more.
SLACK = 4096  # bytes, or a reference every 20 rounds


def settle():
    for _ in range(3):
        gc.collect()


def total_references():
    return sys.gettotalrefcount()


def growth(function, rounds=ROUNDS):
    """What `rounds` calls leave: (bytes or references, in which unit).

    A table that happens to grow is no leak: a leak is there each time.
    """
    for _ in range(3):
        left, unit = growth_once(function, rounds)
        if left == 0:
            break
    return left, unit


def growth_once(function, rounds):
    """The growth of the second half; what is made once and kept is no leak."""
    for _ in range(WARM_UP):
        function()
    if hasattr(sys, "gettotalrefcount"):
        settle()
        before = total_references()
        for _ in range(rounds):
            function()
        settle()
        return max(total_references() - before - rounds // 20, 0), "references"
    tracemalloc.start(1)
    try:
        for _ in range(rounds // 2):
            function()
        settle()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(rounds // 2):
            function()
        settle()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    return max(grown - SLACK, 0), "bytes"


def blocks_of(*modules):
    """libbaton's own memory: blocks and leaked objects of each copy."""
    settle()
    return [module.counters() for module in modules]
