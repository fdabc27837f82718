# SPDX-License-Identifier: MIT
"""The text of every error that the contract makes."""

from .words import (
    ACLOSE,
    ASEND,
    ATHROW,
    GENERATOR_EXIT,
    RUNTIME,
    STOP_ASYNC_ITERATION,
    TYPE,
    VALUE,
)

REUSED = {
    ASEND: "cannot reuse already awaited __anext__()/asend()",
    ATHROW: "cannot reuse already awaited aclose()/athrow()",
    ACLOSE: "cannot reuse already awaited aclose()/athrow()",
}
CALLED_AS = {ASEND: "anext()", ATHROW: "athrow()", ACLOSE: "aclose()"}


def executing(kind):
    return VALUE, f"{kind} already executing"


def not_started(kind):
    return TYPE, f"can't send non-None value to a just-started {kind}"


def awaitable_not_started():
    return RUNTIME, "can't send non-None value to a just-started coroutine"


def reuse():
    return RUNTIME, "cannot reuse already awaited coroutine"


def awaitable_reuse(kind):
    return RUNTIME, REUSED[kind]


def generator_running(kind):
    return RUNTIME, f"{CALLED_AS[kind]}: asynchronous generator is already running"


def awaited_already():
    return RUNTIME, "coroutine is being awaited already"


def ignored_exit(kind):
    return RUNTIME, f"{kind} ignored GeneratorExit"


def raised_stop(kind, error_kind):
    name = (
        "StopAsyncIteration" if error_kind == STOP_ASYNC_ITERATION else "StopIteration"
    )
    return RUNTIME, f"{kind} raised {name}"


def not_awaitable(type_name):
    return TYPE, f"'{type_name}' object can't be awaited"


def not_iterable(type_name):
    return TYPE, f"'{type_name}' object is not iterable"


def yield_from_coroutine():
    return TYPE, "cannot 'yield from' a coroutine object in a non-coroutine generator"


def generator_exit():
    return GENERATOR_EXIT, ""


def stop_async():
    return STOP_ASYNC_ITERATION, ""
