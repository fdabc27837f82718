# SPDX-License-Identifier: MIT
"""The interpreter's own, in each shape."""

import types


async def relay(awaitable):
    return await awaitable


async def produce(awaitables):
    for awaitable in awaitables:
        yield await awaitable


def generator(iterable):
    return (yield from iterable)


@types.coroutine
def steps():
    yield 1
    yield None
    return 7


async def opaque():
    return await steps()


class Awaitable:
    def __await__(self):
        yield
        return 3
