# SPDX-License-Identifier: MIT
"""What may be awaited, and what else is told."""

import types

from baton_check.bodies import Awaitable, awaits, finish, ready, suspend
from baton_check.registry import Group

check = Group("awaited", "core", "Objects/genobject.c:_PyCoro_GetAwaitableIter")
OTHERS = {"integer": 1, "none": None, "text": "t", "list": [], "iterator": iter(())}


@check.each(OTHERS)
def not_awaitable(make, log, value):
    """Awaiting what cannot be awaited is a TypeError that names the type: {}"""
    made = make(value)
    try:
        made.send(None)
    except TypeError as error:
        log("named", type(value).__name__ in str(error))
    log.do("after", made.send, None)


@check()
def await_gives_no_iterator(make, log):
    """An __await__ that gives no iterator is a TypeError"""
    for value in (1, None, "text", []):
        made = make(Awaitable(value))
        try:
            made.send(None)
        except TypeError as error:
            log(type(value).__name__, "__await__" in str(error))


@check()
def await_gives_a_coroutine(make, log):
    """An __await__ that gives a coroutine is a TypeError"""
    inner = awaits(ready())
    made = make(Awaitable(inner))
    try:
        made.send(None)
    except TypeError as error:
        log("TypeError", "coroutine" in str(error))
    inner.close()


@check()
def await_raises(make, log):
    """An error of __await__ is the body's"""
    for error in (ValueError("v"), StopAsyncIteration(1)):
        log.do(type(error).__name__, make(Awaitable(error)).send, None)


@check()
def plain_generator(make, log):
    """A generator that is not flagged cannot be awaited"""

    def plain():
        yield 1

    try:
        make(plain()).send(None)
    except TypeError as error:
        log("TypeError", "generator" in str(error))


@check()
def busy_coroutine(make, log):
    """Awaiting a coroutine that another one awaits is a RuntimeError"""
    inner = awaits(suspend())
    first = awaits(inner)
    first.send(None)
    log.do("second", make(inner).send, None)
    log.do("first", first.send, 1)


@check()
def used_up_coroutine(make, log):
    """Awaiting a coroutine that has ended is a RuntimeError"""
    inner = awaits(ready())
    finish(inner)
    log.do("send", make(inner).send, None)


@check()
def flagged_generator(make, log):
    """A generator that types.coroutine has marked can be awaited"""

    @types.coroutine
    def flagged():
        return (yield "s")

    made = make(flagged())
    log.do("first", made.send, None)
    log.do("end", made.send, 7)
