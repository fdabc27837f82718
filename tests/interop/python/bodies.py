# SPDX-License-Identifier: MIT
"""The bodies that every language has, in Python: see ../README.md.

Cython compiles them too.
"""

import words


class Suspend:
    """Awaits what the outermost driver sends for a value."""

    def __init__(self, value=None):
        self.value = value

    def __await__(self):
        return (yield self.value)


async def give(v):
    return v


async def echo(v):
    return await Suspend(v)


async def turns(n):
    for i in range(n):
        await Suspend(i)
    return n


async def fail(kind, message):
    raise words.make_error(kind, message)


async def fail_os(number, message):
    raise OSError(number, message)


async def fail_because():
    raise ValueError("outer") from RuntimeError("inner")


async def panic(message):
    raise words.make_error(0x80000005, message)


async def hold(witness, v):
    try:
        return await Suspend()
    finally:
        witness.say("cleanup")


async def guard(witness, x):
    try:
        return await x
    finally:
        witness.say("cleanup")


async def relay(x):
    return await x


async def rescue(witness, x):
    try:
        return await x
    except BaseException as e:
        witness.say(f"caught {words.error(e)}")
        return "rescued"


async def catch(witness):
    try:
        return await Suspend()
    except BaseException as e:
        witness.say(f"caught {words.error(e)}")
        return "caught"


async def answer(witness):
    try:
        return await Suspend()
    except BaseException as e:
        witness.say(f"caught {words.error(e)}")
        witness.say(f"cleaned {words.value(witness, await Suspend('cleaning'))}")
        raise


async def ignore():
    try:
        await Suspend()
    except BaseException:
        pass
    return await Suspend("ignored")


async def replace():
    try:
        await Suspend()
    except BaseException:
        raise ValueError("instead") from None


async def act(witness, name):
    witness.act(name)


async def items(witness, n):
    try:
        for i in range(n):
            yield i
    finally:
        witness.say("cleanup")


async def items_fail():
    yield 0
    raise ValueError("no more")


async def items_echo():
    x = yield
    while x is not None:
        x = yield x


async def items_catch(witness):
    try:
        yield 0
    except BaseException as e:
        witness.say(f"caught {words.error(e)}")
        yield 1


async def items_await(x, y):
    yield await x
    yield await y


async def collect(witness, items, n):
    count = 0
    async for x in items:
        witness.say(f"item {words.value(witness, x)}")
        count += 1
        if count == n:
            await items.aclose()
            break
    return count
