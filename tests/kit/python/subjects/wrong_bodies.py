# SPDX-License-Identifier: MIT
"""The interpreter's coroutines with a body that is wrong."""

import contextvars
import os
import random
import sys
import time

from subjects import good
from subjects.table import bad

KEPT = []


@bad("relay")
async def other_result(awaitable):
    """Returns something else."""
    return [await awaitable]


@bad("relay")
async def unpacks(awaitable):
    """A tuple becomes its first element, an exception is raised: what
    PyErr_SetObject makes of them."""
    result = await awaitable
    if isinstance(result, BaseException):
        raise result
    return result[0] if type(result) is tuple and result else result


@bad("relay")
async def copies(awaitable):
    """Gives a copy of the result."""
    result = await awaitable
    if type(result) in (int, float, str, bytes):
        return type(result)(result + result[:0] if hasattr(result, "find") else result)
    return list(result) if type(result) is list else result


@bad("relay")
async def swallows(awaitable):
    """Errors become None."""
    try:
        return await awaitable
    except Exception:
        return None


@bad("relay")
async def swallows_cancel(awaitable):
    """BaseExceptions become None, and cancellation too."""
    try:
        return await awaitable
    except Exception:
        raise
    except BaseException:
        return None


@bad("relay")
async def other_error(awaitable):
    """Errors become RuntimeErrors."""
    try:
        return await awaitable
    except Exception as error:
        raise RuntimeError("failed") from error


@bad("relay")
async def copied_error(awaitable):
    """Errors are made anew."""
    try:
        return await awaitable
    except Exception as error:
        raise type(error)(*error.args) from None


@bad("relay")
async def bare_error(awaitable):
    """Errors lose cause and context."""
    try:
        return await awaitable
    except BaseException as error:
        error.__cause__ = error.__context__ = None
        raise


@bad("relay")
async def no_traceback(awaitable):
    """Errors lose their traceback."""
    try:
        return await awaitable
    except BaseException as error:
        caught = error
    raise caught.with_traceback(None)


@bad("relay")
async def keeps(awaitable):
    """What it has awaited is never let go of."""
    KEPT.append(awaitable)
    return await awaitable


@bad("relay")
async def keeps_results(awaitable):
    """A result is never let go of."""
    result = await awaitable
    KEPT.append([result])
    return result


@bad("relay")
async def late(awaitable):
    """Yields once more."""
    result = await awaitable
    await pause()
    return result


class pause:
    def __await__(self):
        yield


class Through:
    """An iterator between, of which something is missing."""

    def __init__(self, awaitable):
        made = awaitable.__await__() if hasattr(awaitable, "__await__") else awaitable
        self.inner = iter(made)

    def __await__(self):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.inner)

    def send(self, value):
        return self.inner.send(value)

    def throw(self, *arguments):
        return self.inner.throw(*arguments)

    def close(self):
        if hasattr(self.inner, "close"):
            self.inner.close()


def through(cls):
    """A relay whose body has such an iterator between."""

    async def relay(awaitable):
        return await cls(awaitable)

    relay.__module__, relay.__doc__ = cls.__module__, cls.__doc__
    relay.__name__ = relay.__qualname__ = cls.__name__.lower()
    return bad("relay")(relay)


@through
class no_send(Through):
    """Only None is sent on."""

    def send(self, value):
        return next(self.inner)


@through
class no_throw(Through):
    """What is thrown does not reach what is awaited."""

    def throw(self, error, *_):
        raise error


@through
class no_close(Through):
    """What is awaited is not closed."""

    def close(self):
        pass


@through
class closes_twice(Through):
    """What is awaited is closed twice."""

    def close(self):
        super().close()
        super().close()


@through
class own_context(Through):
    """Runs in a context of its own."""

    def __init__(self, awaitable):
        super().__init__(awaitable)
        self.context = contextvars.copy_context()

    def __next__(self):
        return self.context.run(next, self.inner)

    def send(self, value):
        return self.context.run(self.inner.send, value)

    def throw(self, *arguments):
        return self.context.run(self.inner.throw, *arguments)

    def close(self):
        return self.context.run(super().close)


@through
class always_send(Through):
    """None is sent, too, where it is to be next."""

    def __next__(self):
        return self.inner.send(None)


@bad("relay")
async def no_tracing(awaitable):
    """Turns tracing and profiling off."""
    sys.settrace(None)
    sys.setprofile(None)
    monitoring = getattr(sys, "monitoring", None)
    if monitoring and monitoring.get_tool(monitoring.PROFILER_ID):
        monitoring.set_events(monitoring.PROFILER_ID, 0)
    return await awaitable


async def forks(awaitable):
    """Leaves a process behind."""
    if os.fork() == 0:
        time.sleep(600)
        os._exit(0)
    return await awaitable


def early(awaitable):
    """Begins when it is made."""
    iterator = Through(awaitable)
    try:
        first = next(iterator)
    except StopIteration as stop:
        return done(stop.value)
    return rest(iterator, first)


async def done(result):
    return result


class rest_of:
    def __init__(self, iterator, first):
        self.iterator, self.first = iterator, first

    def __await__(self):
        sent = yield self.first
        while True:
            try:
                sent = yield self.iterator.send(sent)
            except StopIteration as stop:
                return stop.value


async def rest(iterator, first):
    return await rest_of(iterator, first)


bad("relay")(early)


@bad("relay")
async def lets_go(awaitable):
    """Does not keep what it awaits, only what that awaits."""
    inside = getattr(awaitable, "awaitable", awaitable)
    del awaitable
    return await inside


@bad("relay")
async def leaks_memory(awaitable):
    """Leaves some bytes behind."""
    KEPT.append(bytes(600))
    return await awaitable


@bad("relay")
async def catches_recursion(awaitable):
    """Endless depth does not end with an error."""
    try:
        return await awaitable
    except RecursionError:
        return None


@bad("relay")
async def no_tracemalloc(awaitable):
    """Fails while memory is traced."""
    if "tracemalloc" in sys.modules and sys.modules["tracemalloc"].is_tracing():
        raise MemoryError
    return await awaitable


@bad("relay")
async def eager_end(awaitable):
    """Goes through the loop once before it begins."""
    if "asyncio" in sys.modules and sys.modules["asyncio"]._get_running_loop():
        await pause()
    return await awaitable


HOME = os.getpid()


@bad("relay")
async def not_after_fork(awaitable):
    """Fails in another process than the one that has imported it."""
    result = await awaitable
    if os.getpid() != HOME:
        raise OSError("another process")
    return result


def interpreter():
    try:
        import _interpreters as module
    except ImportError:
        import _xxsubinterpreters as module
    current = module.get_current()
    return int(current[0] if isinstance(current, tuple) else current)


def not_elsewhere(awaitable):
    """Gives something else in other interpreters."""
    return good.relay(awaitable) if interpreter() == 0 else other_result(awaitable)


bad("relay")(not_elsewhere)


def generator_result(iterable):
    """Yields its result, too."""
    result = yield from iterable
    yield result
    return result


bad("generator")(generator_result)

random_numbers = random.Random(1)


@bad("opaque")
async def unlike_itself():
    """Another result each time."""
    return random_numbers.random()


class UnlikeItself:
    """Another result each time, and no coroutine."""

    def __await__(self):
        yield
        return random_numbers.random()


bad("opaque")(UnlikeItself)
