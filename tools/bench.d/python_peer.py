# SPDX-License-Identifier: MIT
"""The same work as CPython's own coroutines. Loops run at the speed of C."""

import collections
import itertools
import sys
import threading
import time
import types

DEPTHS = [1, 10, 100, 1000]
CHAIN = "python chain of {}"
ITEM = "python async generator, item"


@types.coroutine
def tick():
    while True:
        yield None


async def relay(child):
    await child


def chain(depth):
    """A suspended chain of coroutines, whose innermost one yields."""
    made = tick()
    for _ in range(depth - 1):
        made = relay(made)
    made.send(None)
    return made


def resume(iterator, count):
    """Resumes as `await` does, with no call of Python's between."""
    collections.deque(itertools.islice(iterator, count), maxlen=0)


async def numbers(count):
    for number in range(count):
        yield number


async def consume(count):
    async for _ in numbers(count):
        pass


def timed(function, *arguments):
    began = time.perf_counter_ns()
    function(*arguments)
    return time.perf_counter_ns() - began


def finish(coroutine):
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise AssertionError("it should not have waited")


def sample():
    """@return {name: nanoseconds}, one sample of each."""
    took = {}
    for depth in DEPTHS:
        made = chain(depth)
        iterator = made if depth == 1 else made.__await__()
        count = max(20, 20000 // depth)
        took[CHAIN.format(depth)] = timed(resume, iterator, count) / count
        made.close()
    took[ITEM] = timed(finish, consume(20000)) / 20000
    return took


def samples(count):
    """@return {name: [nanoseconds, ...]}, taken by turns."""
    taken = {}

    def take():
        for _ in range(count):
            for name, value in sample().items():
                taken.setdefault(name, []).append(value)

    # Each await of Python's may take some of the C stack.
    sys.setrecursionlimit(100000)
    threading.stack_size(256 << 20)
    thread = threading.Thread(target=take)
    thread.start()
    thread.join()
    return taken
