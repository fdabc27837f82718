# SPDX-License-Identifier: MIT
"""What the exports `kit.*` do, as bodies for the model.

A body yields its stops, gets back what a send or an await gives, and sees an error as
`Raised`. `host` is the model.
"""

from model.asyncgen import Awaitable
from model.body import catches
from model.words import (
    ASEND,
    ASYNC_GENERATOR,
    AWAIT,
    COROUTINE,
    ERROR,
    GENERATOR,
    ITEM,
    RETURN,
    STOP_ASYNC_ITERATION,
    THROW,
    YIELD,
    Error,
)


class Raised(BaseException):
    """An error of the model, on its way through a body. Bodies catch it, and have no
    `finally` that yields: Python would run that when it destroys one.
    """

    def __init__(self, error):
        self.error = error


def give(host, value):
    return value
    yield


def echo(host, value):
    return (yield YIELD, value)


def fail(host, kind, message):
    raise Raised(Error(kind, message))
    yield


def relay(host, child):
    return (yield AWAIT, child)


def pair(host, first, second):
    yield AWAIT, first
    return (yield AWAIT, second)


def rescue(host, child):
    try:
        return (yield AWAIT, child)
    except Raised as raised:
        if not catches("ordinary", raised.error):
            raise
        return raised.error


def guard(host, child, cleanup):
    try:
        result = yield AWAIT, child
    except Raised:
        yield AWAIT, cleanup
        raise
    yield AWAIT, cleanup
    return result


def count(host, limit):
    for number in range(limit):
        yield YIELD, number
    return limit


def delegate(host, child):
    return (yield AWAIT, child)


def items(host, *values):
    for value in values:
        yield ITEM, value


def mirror(host, value):
    while value is not None:
        value = yield ITEM, value


def tidy(host, value, cleanup):
    try:
        yield ITEM, value
        yield ITEM, value
    except Raised:
        yield AWAIT, cleanup
        raise
    yield AWAIT, cleanup


def last(host, generator):
    item = None
    while True:
        anext = Awaitable(generator.index, ASEND, generator, None)
        try:
            item = yield AWAIT, anext
        except Raised as raised:
            if raised.error.kind != STOP_ASYNC_ITERATION:
                raise
            return item
        finally:
            host.release(anext)


# What each makes, and its arguments: v a value, n a number, k a kind of error, t the
# text of its message, c a coroutine, g a generator, a an async generator, `*` more.
EXPORTS = {
    "give": (COROUTINE, "v", give),
    "echo": (COROUTINE, "v", echo),
    "fail": (COROUTINE, "kt", fail),
    "relay": (COROUTINE, "c", relay),
    "pair": (COROUTINE, "cc", pair),
    "rescue": (COROUTINE, "c", rescue),
    "guard": (COROUTINE, "cc", guard),
    "last": (COROUTINE, "a", last),
    "count": (GENERATOR, "n", count),
    "delegate": (GENERATOR, "g", delegate),
    "items": (ASYNC_GENERATOR, "v*", items),
    "mirror": (ASYNC_GENERATOR, "v", mirror),
    "tidy": (ASYNC_GENERATOR, "vc", tidy),
}


def made_by(node):
    """The name of the export that makes a node, or None if it is the kit's own."""
    if node.code and node.code[0][0] == "as":
        return node.code[0][1]
    return None


class ExportBody:
    """Stands where a Body stands."""

    def __init__(self, code, nodes, host):
        _, name, *arguments = code
        arguments = [self.argument(each, nodes) for each in arguments]
        self.held = [each for each in arguments if hasattr(each, "references")]
        for link in self.held:
            link.references += 1
        self.host = host
        self.steps = EXPORTS[name][2](host, *arguments)
        self.started = False

    def argument(self, text, nodes):
        if not isinstance(text, str):
            return text
        if text.startswith("@"):
            return nodes[int(text[1:])]
        return text.removeprefix("'")

    def step(self, op, value):
        try:
            if op is THROW:
                return self.steps.throw(Raised(value))
            first, self.started = not self.started, True
            return self.steps.send(None if first else value)
        except StopIteration as end:
            return RETURN, end.value
        except Raised as raised:
            return ERROR, raised.error

    def let_go(self):
        while self.held:
            self.host.release(self.held.pop())
