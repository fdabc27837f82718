# SPDX-License-Identifier: MIT
"""Under the eyes of others: `async for`, and the tasks of asyncio."""

import asyncio
import functools
import time
import types

from case import Case, clock, finish, fresh, module


async def numbers(count):
    for number in range(count):
        yield number


async def consume(items):
    async for _ in items:
        pass


def iterating(generator):
    def open_case():
        make, loop = generator(), fresh(consume)

        def run(count):
            coroutine = loop(make(count))
            began = clock()
            finish(coroutine)
            return clock() - began

        return run

    return open_case


@types.coroutine
def spin(count):
    for _ in range(count):
        yield None


async def steps(count):
    await spin(count)


async def wakes(count):
    for _ in range(count):
        await asyncio.sleep(0)


def tasks(function):
    def open_case():
        make = function()
        loop = asyncio.new_event_loop()

        def run(count):
            coroutine = make(count)
            began = clock()
            loop.run_until_complete(loop.create_task(coroutine))
            return clock() - began

        return run

    return open_case


async def called(count):
    loop = asyncio.get_running_loop()
    ask = module("wakes").ask
    for _ in range(count):
        future = loop.create_future()
        ask(loop, functools.partial(future.set_result, None))
        await future


def from_a_thread(function):
    """From the wake to the next step: time that passes, on two threads."""

    def open_case():
        make = function()
        loop = asyncio.new_event_loop()

        def run(count):
            coroutine = make(count)
            began = time.perf_counter_ns()
            loop.run_until_complete(coroutine)
            return time.perf_counter_ns() - began

        return run

    return open_case


def cases():
    yield Case("async for, python", iterating(lambda: fresh(numbers)))
    yield Case("async for, baton", iterating(lambda: module("bodies").numbers))
    yield Case("task step, python", tasks(lambda: fresh(steps)))
    yield Case("task step, baton", tasks(lambda: module("bodies").steps))
    yield Case("task, asyncio.sleep(0)", tasks(lambda: fresh(wakes)))
    yield Case("task, baton pending + wake", tasks(lambda: module("bodies").wakes))
    yield Case("wake by a thread, call_soon_threadsafe", from_a_thread(lambda: called))
    yield Case("wake by a thread, baton", from_a_thread(lambda: module("wakes").wait))
