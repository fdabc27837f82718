# SPDX-License-Identifier: MIT
"""Relays in Python, to try the harness without the binding.

`native` shows what fails because of the harness alone: its relays are Python's own
objects around Python's own objects. Each class has the functions of the extension
module `relay`.
"""

import inspect

from wrap import warn_once


class Identity:
    """No relay at all."""

    @staticmethod
    def coroutine(awaitable, *, name, qualname, **settings):
        awaitable.__name__, awaitable.__qualname__ = name, qualname
        return awaitable

    generator = async_generator = coroutine


async def _coroutine(awaitable):
    return await awaitable


def _generator(iterator):
    return (yield from iterator)


async def _async_generator(agen):
    """Forwards asend, athrow and aclose."""
    step = agen.asend(None)
    try:
        while True:
            try:
                value = await step
            except StopAsyncIteration:
                return
            try:
                step = agen.asend((yield value))
            except GeneratorExit:
                await agen.aclose()
                raise
            except BaseException as error:
                step = agen.athrow(error)
    finally:
        step = None


class Native:
    """`depth` native objects around the one of the suite."""

    @staticmethod
    def around(make, inner, depth, name, qualname):
        for _ in range(depth):
            outer = make(inner)
            if inspect.iscoroutine(inner):
                warn_once(outer, inner)
            outer.__name__, outer.__qualname__ = name, qualname
            inner = outer
        return inner

    @classmethod
    def coroutine(cls, awaitable, *, depth, native, name, qualname, quiet=True):
        return cls.around(_coroutine, awaitable, depth, name, qualname)

    @classmethod
    def generator(cls, iterator, *, depth, native, name, qualname, quiet=True):
        return cls.around(_generator, iterator, depth, name, qualname)

    @classmethod
    def async_generator(cls, agen, *, depth, native, name, qualname, quiet=True):
        return cls.around(_async_generator, agen, depth, name, qualname)


def _deaf(iterator):
    for value in iterator:
        try:
            yield value
        except Exception:
            pass


class ThrowIsLost(Identity):
    """Wrong: what is thrown into a generator does not arrive."""

    @staticmethod
    def generator(iterator, **settings):
        return Identity.generator(_deaf(iterator), **settings)
