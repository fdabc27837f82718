# SPDX-License-Identifier: MIT
"""Functions of every form, decorated, and what a test needs to look inside."""
from baton cimport baton_counters, baton_read_counters, delegate, shared


def decorate(function):
    return shared(function)


@shared
async def documented(first, /, second=2, *rest, key: int = 3, **more):
    """What it says."""
    return first, second, rest, key, more


@shared
async def held(value, awaitable):
    await awaitable
    return value


@shared
async def cleaned(awaitable, log):
    try:
        return await awaitable
    except BaseException as error:
        log.append(type(error).__name__)
        raise
    finally:
        log.append("cleanup")


@shared
async def stubborn(make):
    while True:
        try:
            await make()
        except BaseException:
            pass


@shared
async def from_handler(awaitable):
    try:
        raise KeyError("handled")
    except KeyError:
        return await delegate(awaitable)


@shared
async def numbers(count, log):
    try:
        for number in range(count):
            sent = yield number
            if sent is not None:
                log.append(sent)
    finally:
        log.append("cleanup")


@shared
def counting(count):
    total = 0
    for number in range(count):
        sent = yield number
        total += sent or 0
    return total


def closure(value):
    @shared
    async def inner():
        return value
    return inner


class Thing:
    @shared
    async def method(self, value=None):
        return self, value

    @classmethod
    @shared
    async def of_class(cls):
        return cls

    @staticmethod
    @shared
    async def alone(value):
        return value


cdef class Extension:
    @shared
    async def method(self, value=None):
        return self, value


def blocks():
    """How many blocks of memory libbaton holds."""
    cdef baton_counters counters
    baton_read_counters(&counters)
    return counters.blocks
