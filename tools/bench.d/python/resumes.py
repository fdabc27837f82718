# SPDX-License-Identifier: MIT
"""Resuming one coroutine: from C, under one of Python's, through a handle."""

import inspect

import case
from case import Case, fresh, module, resuming

PEERS = ["cython", "mypyc", "nuitka", "pyawaitable"]


def iterator():
    return module("bare").iterator()


def ticker():
    return module("bodies").ticker(None)


def native():
    return fresh(case.hold)(None, iterator())


def baton():
    return module("bodies").hold(None, iterator())


def peer(who):
    return lambda: module(f"peer_{who}").hold(None, iterator())


def shared(name):
    return lambda: getattr(module("cython_shared"), name)(None, iterator())


def awaited(open_object):
    """Python's coroutine that awaits the object."""
    return lambda: fresh(case.hold)(None, open_object())


class Awaitable:
    """An object of a class, whose `__await__` is a generator."""

    def __await__(self):
        while True:
            yield None


def directly():
    yield Case("resume, C iterator", resuming(iterator))
    yield Case("resume, baton", resuming(ticker))
    yield Case("resume, async def over C iterator", resuming(awaited(iterator)))
    yield Case("resume, async def over baton", resuming(awaited(ticker)))


def one_more():
    """One coroutine more, between Python's and the bare iterator."""
    makers = {"native": native, "baton": baton}
    makers |= {who: peer(who) for who in PEERS}
    makers |= {"cython, shared": shared("hold"), "cython, delegate": shared("flat")}
    for who, maker in makers.items():
        yield Case(f"resume, one more, {who}", resuming(awaited(maker)))


def awaiting(open_object):
    """What `await` drives: a coroutine itself, or what __await__ gives."""

    def open_driven():
        made = open_object()
        return made if inspect.iscoroutine(made) else made.__await__()

    return open_driven


def handle(open_object):
    return lambda: module("bodies").handle(open_object())


def handles():
    """A Python awaitable that C drives: what it awaits, and as a handle."""
    kinds = {
        "async def": lambda: fresh(case.hold)(None, case.tick()),
        "C iterator": iterator,
        "object with __await__": Awaitable,
    }
    for kind, maker in kinds.items():
        yield Case(f"PyIter_Send, {kind}", resuming(awaiting(maker)))
        yield Case(f"handle, {kind}", resuming(handle(maker), "bodies"))


def cases():
    yield from directly()
    yield from one_more()
    yield from handles()
