# SPDX-License-Identifier: MIT
"""The bodies, as Python writes them. Cython compiles them too.

The module good_host is made by the library.
"""

import asyncio
import gc

import good_host

CLASSES = {
    0: Exception,
    1: RuntimeError,
    2: TypeError,
    3: ValueError,
    4: StopIteration,
    5: StopAsyncIteration,
    6: TimeoutError,
    7: MemoryError,
    8: OSError,
    9: RecursionError,
    10: KeyError,
    11: IndexError,
    12: ArithmeticError,
    13: AssertionError,
    14: AttributeError,
    15: NotImplementedError,
    16: EOFError,
    17: UnicodeError,
    0x80000000: BaseException,
    0x80000001: GeneratorExit,
    0x80000002: asyncio.CancelledError,
    0x80000003: KeyboardInterrupt,
    0x80000004: SystemExit,
}


class Suspend:
    """Awaits what the outermost driver sends for a value."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


async def give(v):
    return v


async def echo(v):
    return await Suspend(v)


async def fail(kind, message):
    base = BaseException if kind >> 31 else Exception
    raise CLASSES.get(kind, base)(*([] if message is None else [message]))


async def raise_(e):
    raise e


async def relay(x):
    return await x


async def pair(x, y):
    await x
    return await y


async def rescue(x):
    try:
        return await x
    except Exception as e:
        return e


async def guard(x, y):
    try:
        result = await x  # Cython loses what is returned here if y fails
    finally:
        await y
    return result


async def failure_of(x):
    try:
        await x
    except GeneratorExit:
        raise
    except BaseException as e:
        return e


async def alike(x, y):
    first = await failure_of(x)
    second = await failure_of(y)
    return first is not None and first is second


async def last(x):
    latest = None
    async for item in x:
        latest = item
    return latest


async def nil():
    return None


async def true():
    return True


async def one():
    return 1


def count(n):
    for i in range(n):  # noqa: UP028 - a range iterator takes nothing that is sent
        yield i
    return n


def delegate(x):
    return (yield from x)


async def items(*values):
    for v in values:
        yield v


async def mirror(v):
    while v is not None:
        v = yield v


async def tidy(v, y):
    try:
        yield v
        yield v
    finally:
        await y


async def stubborn(v):
    try:
        yield v
    except GeneratorExit:
        yield v


def run(x):
    """Under a loop of its own."""
    return asyncio.run(relay(x))


def new_object():
    return object()


def same(a, b):
    return a is b


def live():
    """How many objects and blocks there are that a leak would leave."""
    good_host.settle()
    gc.collect()
    good_host.settle()
    return good_host.blocks() + sum(map(is_counted, gc.get_objects()))


def is_counted(x):
    """Whether it is of a type that comes and goes with coroutines. A StopIteration
    may be the one that the binding keeps for reuse."""
    if isinstance(x, (BaseException, Suspend)):
        return not isinstance(x, StopIteration)
    return type(x).__module__ == "baton"


EXPORTS = {
    "kit.give": give,
    "kit.echo": echo,
    "kit.fail": fail,
    "kit.raise": raise_,
    "kit.relay": relay,
    "kit.pair": pair,
    "kit.rescue": rescue,
    "kit.guard": guard,
    "kit.alike": alike,
    "kit.last": last,
    "kit.nap": good_host.nap,
    "kit.nil": nil,
    "kit.true": true,
    "kit.one": one,
    "kit.count": count,
    "kit.delegate": delegate,
    "kit.items": items,
    "kit.mirror": mirror,
    "kit.tidy": tidy,
    "kit.stubborn": stubborn,
    "kit.run": run,
    "kit.object": new_object,
    "kit.same": same,
    "kit.live": live,
}
