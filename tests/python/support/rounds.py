# SPDX-License-Identifier: MIT
"""Counts what stays behind after many rounds of something."""

import gc
import sys
import time
import tracemalloc

ROUNDS = 10_000
WARM_UP = 300
# Lists grow in steps and caches fill: a leak of one object per round is more.
SLACK = 4096  # bytes, or a reference every 20 rounds
PATIENCE = 2.0  # seconds, for what another thread has yet to release


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


def left_over(measure):
    """What `measure` gives once nothing goes any more."""
    end = time.monotonic() + PATIENCE
    settle()
    while (left := max(measure(), 0)) and time.monotonic() < end:
        time.sleep(0.05)
        settle()
    return left


def growth_once(function, rounds):
    """The growth of the second half; what is made once and kept is no leak."""
    for _ in range(WARM_UP):
        function()
    if hasattr(sys, "gettotalrefcount"):
        settle()
        before = total_references()
        for _ in range(rounds):
            function()
        slack = before + rounds // 20
        return left_over(lambda: total_references() - slack), "references"
    tracemalloc.start(1)
    try:
        for _ in range(rounds // 2):
            function()
        settle()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(rounds // 2):
            function()
        slack = before + SLACK
        left = left_over(lambda: tracemalloc.get_traced_memory()[0] - slack)
    finally:
        tracemalloc.stop()
    return left, "bytes"


def blocks_of(*modules):
    """libbaton's own memory: blocks and leaked objects of each copy."""
    settle()
    return [module.counters() for module in modules]
