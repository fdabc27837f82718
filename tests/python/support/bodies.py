# SPDX-License-Identifier: MIT
"""Awaitables and iterators for the innermost place of a chain."""

import types


@types.coroutine
def suspend(value=None):
    """Gives `value` to the driver and returns what is sent."""
    return (yield value)


class Awaitable:
    """Something with `__await__` that returns what it was given."""

    def __init__(self, iterator):
        self.iterator = iterator

    def __await__(self):
        return self.iterator


class Bare:
    """An iterator with nothing but __next__: no send, throw or close."""

    def __init__(self, *items):
        self.items = list(items)

    def __iter__(self):
        return self

    __await__ = __iter__

    def __next__(self):
        if not self.items:
            raise StopIteration("end of bare")
        return self.items.pop(0)


class Recorder:
    """An iterator that shows the calls of its methods, as they come."""

    def __init__(self, log, name="recorder"):
        self.log = log
        self.name = name

    def __iter__(self):
        return self

    __await__ = __iter__

    def __next__(self):
        self.log(f"{self.name}.__next__")
        return "next"

    def send(self, value):
        self.log(f"{self.name}.send", value)
        return "sent"

    def throw(self, *args):
        self.log(f"{self.name}.throw", len(args), *args[:2])
        return "thrown"

    def close(self):
        self.log(f"{self.name}.close")
        return "closed"


async def echo(log, rounds=2):
    """Shows what it is sent; returns a tuple."""
    got = []
    for number in range(rounds):
        got.append(await suspend(number))
    return tuple(got)


async def stubborn(log, times=1):
    """Ignores GeneratorExit."""
    for _ in range(times):
        try:
            await suspend("first")
        except GeneratorExit as error:
            log("stubborn ignores", error)
    await suspend("again")
    return "stubborn"


async def returns_on_close(value):
    try:
        await suspend("waiting")
    except GeneratorExit:
        return value


async def raises_on_close(error):
    try:
        await suspend("waiting")
    finally:
        raise error


async def catches(log):
    """Catches what is thrown, shows it, and goes on."""
    while True:
        try:
            sent = await suspend("ready")
        except Exception as error:
            log("caught", error)
        else:
            log("got", sent)
            if sent == "stop":
                return "stopped"


async def finishes(log):
    """Cleans up, with an await in the cleanup."""
    try:
        await suspend("working")
    finally:
        log("cleanup begins")
        log("cleanup got", await suspend("cleaning"))


async def ready(value=None):
    return value


async def fails(error):
    raise error


async def suspends_then_fails(error):
    await suspend("before")
    raise error


def generator_echo(rounds=2):
    got = []
    for number in range(rounds):
        got.append((yield number))
    return tuple(got)


def generator_stubborn(log):
    try:
        yield "first"
    except GeneratorExit as error:
        log("stubborn ignores", error)
    yield "again"


def generator_returns_on_close(value):
    try:
        yield "waiting"
    except GeneratorExit:
        return value


def generator_catches(log):
    while True:
        try:
            sent = yield "ready"
        except Exception as error:
            log("caught", error)
        else:
            log("got", sent)
            if sent == "stop":
                return "stopped"


def generator_fails(error):
    yield "before"
    raise error


def generator_raises_on_close(error):
    try:
        yield "waiting"
    finally:
        raise error


async def numbers(log, count=3):
    """An async generator that awaits between its items."""
    try:
        for number in range(count):
            log("awaited", await suspend(f"wait {number}"))
            log("sent", (yield number))
    finally:
        log("numbers end")


async def plain_numbers(count=3):
    for number in range(count):
        yield number


async def stubborn_numbers(log):
    try:
        yield 1
    except GeneratorExit as error:
        log("stubborn ignores", error)
    yield 2


async def failing_numbers(error):
    yield 1
    raise error


async def catching_numbers(log):
    while True:
        try:
            sent = yield "item"
        except Exception as error:
            log("caught", error)
        else:
            log("got", sent)
            if sent == "stop":
                return


async def cleaning_numbers(log):
    try:
        yield 1
        yield 2
    finally:
        log("cleanup begins")
        log("cleanup got", await suspend("cleaning"))


async def awaits(awaitable):
    return await awaitable
