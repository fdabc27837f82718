# SPDX-License-Identifier: MIT
"""Awaiting what is ready, and making what nobody awaits."""

from case import Case, clock, finish, fresh, module

VALUES = {"None": None, "int": 1, "heap object": object()}
WHO = {
    "baton": ("bodies", "ready"),
    "baton, authoring header": ("bodies", "written"),
    "least": ("bare", "ready"),
    "cython": ("peer_cython", "ready"),
    "cython, shared": ("cython_shared", "ready"),
    "mypyc": ("peer_mypyc", "ready"),
    "nuitka": ("peer_nuitka", "ready"),
    "pyawaitable": ("peer_pyawaitable", "ready"),
}


async def ready(value):
    return value


async def await_one(function, value):
    return await function(value)


async def await_many(function, value, count):
    for _ in range(count):
        await function(value)


def close_many(function, value, count):
    for _ in range(count):
        function(value).close()


def function_of(who):
    if who == "native":
        return fresh(ready)
    return getattr(module(WHO[who][0]), WHO[who][1])


def awaiting(who, value, function_of=function_of):
    def open_case():
        function = function_of(who)
        got = finish(await_one(function, value))
        assert got is value, (who, value, got)
        loop = fresh(await_many)

        def run(count):
            coroutine = loop(function, value, count)
            began = clock()
            finish(coroutine)
            return clock() - began

        return run

    return open_case


def closing(who):
    def open_case():
        function = function_of(who)
        loop = fresh(close_many)

        def run(count):
            began = clock()
            loop(function, 1, count)
            return clock() - began

        return run

    return open_case


def cases():
    for kind, value in VALUES.items():
        for who in ["native", *WHO]:
            yield Case(f"ready await, {kind}, {who}", awaiting(who, value))
    for who in ["native", *WHO]:
        # What is ready for ever has no close, PyAwaitable's needs a start.
        if who not in ("least", "pyawaitable"):
            yield Case(f"create + close, {who}", closing(who))
