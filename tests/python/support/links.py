# SPDX-License-Identifier: MIT
"""The two sides: chains of native links, and chains of relays across the ABI.

A kit makes the objects of one side. Both make the same chain: `depth` links,
each of which awaits the next, the last the object that is given.
"""

import functools
import types

from support import extensions

INNER = "relay"  # the name of all links but the outermost, as in relay.c


async def link(awaitable):
    return await awaitable


def generator_link(iterator):
    return (yield from iterator)


async def async_generator_link(agen):
    step = agen.asend(None)
    while True:
        try:
            item = await step
        except StopAsyncIteration:
            return
        del step
        try:
            sent = yield item
        except BaseException as error:
            step = agen.athrow(error)
        else:
            step = agen.asend(sent)


class Native:
    """Python's own coroutines, generators and async generators."""

    name = "native"

    def __init__(self, depth):
        self.depth = depth

    def _chain(self, function, innermost):
        made = function(innermost)
        for _ in range(self.depth - 1):
            made.__qualname__ = made.__name__ = INNER
            made = function(made)
        return made

    def coroutine(self, awaitable):
        return self._chain(link, awaitable)

    def generator(self, iterator):
        return self._chain(generator_link, iterator)

    def async_generator(self, agen):
        return self._chain(async_generator_link, agen)

    coroutine_type = types.CoroutineType
    generator_type = types.GeneratorType
    async_generator_type = types.AsyncGeneratorType


class Relays:
    """Their twins: objects of the shared types."""

    def __init__(self, depth, native):
        self.depth = depth
        self.native = native
        self.name = f"relays: {depth}, {'native' if native else 'faces'} between"
        self.module = extensions.load("relay")

    def _chain(self, make, innermost, function):
        name = function.__name__
        return make(innermost, self.depth, self.native, name, name)

    def coroutine(self, awaitable):
        return self._chain(self.module.coroutine, awaitable, link)

    def generator(self, iterator):
        return self._chain(self.module.generator, iterator, generator_link)

    def async_generator(self, agen):
        return self._chain(self.module.async_generator, agen, async_generator_link)

    @functools.cached_property
    def coroutine_type(self):
        made = self.coroutine(None)
        made.close()
        return type(made)

    @functools.cached_property
    def generator_type(self):
        return type(self.generator(()))

    @functools.cached_property
    def async_generator_type(self):
        return type(self.async_generator(None))


def pairs():
    """The native side and its twin, for each kind of chain."""
    for depth in (1, 4):
        for native in (False, True):
            if not extensions.STAND_IN:
                yield Native(depth), Relays(depth, native)
            elif not native:
                yield Native(depth), Native(depth)
