# SPDX-License-Identifier: MIT
"""The interpreter's own: what a subject is compared with. Frames of this file are
not compared, since a subject may have none."""

import sys
import types


async def relay(awaitable):
    return await awaitable


async def produce(awaitables):
    for awaitable in awaitables:
        yield await awaitable


def generator(iterable):
    return (yield from iterable)


@types.coroutine
def give(value):
    return (yield value)


async def replay(trace):
    """Yields, and ends, as an unknown body did."""
    for value in trace.yielded:
        await give(value)
    if trace.error is not None:
        raise trace.error
    return trace.result


BODIES = {"relay": relay, "produce": produce, "generator": generator, "opaque": replay}


def named(shape, name, qualname):
    """The function of a shape under another name."""
    body = BODIES[shape]
    names = {"co_name": name}
    if sys.version_info >= (3, 11):
        names["co_qualname"] = qualname
    code = body.__code__.replace(**names)
    made = types.FunctionType(code, body.__globals__, name)
    made.__qualname__ = qualname
    made.__module__ = body.__module__
    return made
