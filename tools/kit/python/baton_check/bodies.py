# SPDX-License-Identifier: MIT
"""Awaitables for the innermost place. The functions can be awaited and iterated."""

import functools


class Body:
    """What a body function gives: can be awaited and iterated, as anybody's object.
    Not all that await know the generators that types.coroutine marks.
    """

    def __init__(self, generator):
        self.generator = generator

    def __await__(self):
        return self.generator

    __iter__ = __await__


def body(function):
    @functools.wraps(function)
    def make(*arguments):
        return Body(function(*arguments))

    return make


@body
def suspend(value="waiting"):
    """Gives `value` to the driver and returns what is sent."""
    return (yield value)


@body
def ready(value=None):
    return value
    yield


@body
def fails(error):
    raise error
    yield


@body
def fails_later(error):
    yield "before"
    raise error


@body
def echo(rounds=2):
    got = []
    for number in range(rounds):
        got.append((yield number))
    return tuple(got)


@body
def forever():
    while True:
        yield


@body
def catches(log):
    """Shows what is thrown and goes on; "stop" ends it."""
    while True:
        try:
            sent = yield "ready"
        except Exception as error:
            log("caught", error)
        else:
            log("got", sent)
            if sent == "stop":
                return "stopped"


@body
def cleans(log, name="body"):
    """Cleans up, with a suspension in the cleanup unless it is closed."""
    try:
        yield name
    finally:
        log(f"{name} cleans up")


@body
def cleans_slowly(log):
    try:
        yield "working"
    finally:
        log("cleanup begins")
        log("cleanup got", (yield "cleaning"))


@body
def stubborn(log, times=1):
    """Ignores GeneratorExit so many times."""
    for _ in range(times):
        try:
            yield "first"
        except GeneratorExit as error:
            log("ignores", error)
    yield "again"
    return "stubborn"


@body
def returns_on_close(value):
    try:
        yield "waiting"
    except GeneratorExit:
        return value


@body
def raises_on_close(error):
    try:
        yield "waiting"
    finally:
        raise error


class Awaitable:
    """`__await__` gives, or raises, what this was made with."""

    def __init__(self, iterator):
        self.iterator = iterator

    def __await__(self):
        if isinstance(self.iterator, Exception):
            raise self.iterator
        return self.iterator

    __iter__ = __await__


class Bare:
    """An iterator with nothing but __next__: no send, throw or close."""

    def __init__(self, *items, end=None):
        self.items = list(items)
        self.end = end or StopIteration("end of bare")

    def __iter__(self):
        return self

    __await__ = __iter__

    def __next__(self):
        if not self.items:
            raise self.end
        return self.items.pop(0)


class Recorder:
    """An iterator that shows the calls of its methods."""

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


def finish(awaitable, limit=1000):
    """Drives to the end; returns the result."""
    try:
        for _ in range(limit):
            awaitable.send(None)
    except StopIteration as stop:
        return stop.value
    raise RuntimeError("it does not end")


async def awaits(awaitable):
    """A coroutine of the interpreter's around something."""
    return await awaitable


async def collect(iterable):
    return [item async for item in iterable]
