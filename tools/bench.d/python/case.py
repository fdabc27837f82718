# SPDX-License-Identifier: MIT
"""What a case is: a name, and a function that opens it.

Opening gives `run`, where `run(count)` does it about `count` times and returns
the nanoseconds of all of them. It raises Missing where it cannot be measured.
"""

import importlib
import time
import types
import typing

clock = time.thread_time_ns
NOT_BUILT = "was not built"


class Missing(Exception):
    pass


class Case(typing.NamedTuple):
    name: str
    open: typing.Callable
    per: int = 1  # how many of what is reported are in one of `count`


def module(name):
    """A compiled module, which may not have been built."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise Missing(f"{name} {NOT_BUILT}") from None
    except Exception as error:
        raise Missing(f"{name}: {type(error).__name__}: {error}") from None


def fresh(function):
    """The function with a code object that nobody has run yet."""
    code = function.__code__.replace(co_name=function.__name__)
    return types.FunctionType(code, function.__globals__, function.__name__)


def finish(coroutine):
    """Sends to a coroutine that ends at once; gives its result."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    raise AssertionError("it has waited")


def begun(coroutine):
    """Sends to a coroutine for the first time, until it is suspended."""
    coroutine.send(None)
    return coroutine


@types.coroutine
def tick():
    while True:
        yield None


@types.coroutine
def catch():
    while True:
        try:
            yield None
        except ValueError:
            pass


async def hold(value, awaitable):
    await awaitable
    return value


def chain(depth, innermost=tick):
    """Python's own, of which the innermost does not end."""
    made = innermost()
    for _ in range(depth - 1):
        made = fresh(hold)(None, made)
    return made


def resuming(open_object, driver="bare"):
    """How a driver in C resumes what is opened."""

    def open_case():
        resume = module(driver).resume
        made = open_object()
        return lambda count: resume(made, count)

    return open_case
