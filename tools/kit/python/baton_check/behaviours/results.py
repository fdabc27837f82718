# SPDX-License-Identifier: MIT
"""Values go through unchanged, whatever they are and however it is driven."""

import types

from baton_check.bodies import Awaitable, awaits, echo, finish, ready, suspend
from baton_check.registry import Group
from baton_check.steps import next_step, send_step

check = Group("results", "values", "Objects/genobject.c:gen_send_ex2")

VALUES = {
    "none": None,
    "integer": 1 << 80,
    "tuple": (1, 2),
    "empty_tuple": (),
    "exception": ValueError("v"),
    "stop_iteration": StopIteration(5),
    "stop_async_iteration": StopAsyncIteration(6),
    "exception_class": StopIteration,
    "awaitable": Awaitable(iter(())),
}


def stopped(call, *arguments):
    try:
        return "went on", call(*arguments)
    except StopIteration as stop:
        return "result", stop.value
    except BaseException as error:
        return "raised", error


@types.coroutine
def flagged(awaitable):
    return (yield from awaitable.__await__())


@check.each(VALUES, source="Objects/genobject.c:_PyGen_SetStopIterationValue")
def returned(make, log, value):
    """A result is handed on as it is: {}"""

    def show(label, how, came):
        log(label, how, came, came is value)

    show("send", *stopped(make(ready(value)).send, None))
    show("__await__", *stopped(next, make(ready(value)).__await__()))
    show("await", *stopped(awaits(make(ready(value))).send, None))
    show("yield from", *stopped(flagged(make(ready(value))).send, None))
    later = make(suspend())
    later.send(None)
    show("later", *stopped(later.send, value))
    nested = awaits(make(suspend()))
    nested.send(None)
    show("later, await", *stopped(nested.send, value))
    nested = make(make(make(ready(value))))
    show("through three", *stopped(nested.send, None))


@check("Objects/abstract.c:PyIter_Send")
def by_the_c_api(make, log):
    """PyIter_Send gives every result, and tells it from an item"""
    for name, value in VALUES.items():
        made = make(suspend(value))
        log(f"{name} yielded", *send_step(made, None))
        log(f"{name} returned", *send_step(made, value))
        log(f"{name} at once", *send_step(make(ready(value)), None))


@check("Objects/abstract.c:PyIter_Send")
def by_the_c_api_through_await(make, log):
    """PyIter_Send on what __await__ gives yields the same"""
    for name, value in VALUES.items():
        made = make(suspend(value)).__await__()
        log(f"{name} yielded", *send_step(made, None))
        log(f"{name} returned", *send_step(made, value))


@check("Objects/genobject.c:coro_wrapper_iternext")
def by_iteration(make, log):
    """tp_iternext of what __await__ gives ends with every result"""
    for name, value in VALUES.items():
        log(name, *next_step(make(ready(value)).__await__()))


@check()
def yielded(make, log):
    """What is yielded reaches the driver as the same object"""
    for name, value in VALUES.items():
        made = make(suspend(value))
        came = made.send(None)
        log(f"{name} by send", came, came is value)
        outer = awaits(make(suspend(value)))
        came = outer.send(None)
        log(f"{name} by await", came, came is value)


@check(shapes="relay generator")
def sent(make, log):
    """What is sent reaches the body as the same object"""
    for name, value in VALUES.items():
        made = make(suspend())
        made.send(None)
        how, came = stopped(made.send, value)
        log(f"{name} by send", how, came, came is value)


@check(shapes="relay generator")
def sent_in_turn(make, log):
    """Values go in and out in turn, until the end"""
    made = make(echo(3))
    for number in range(4):
        log.do(f"step {number}", made.send, number or None)


@check()
def floats_and_text(make, log):
    """Numbers, text and bytes keep their identity and their type"""
    for value in (1.5, float("nan"), True, 7, "text" * 3, b"bytes", [1], {"a": 1}):
        label = type(value).__name__
        log(f"{label} yielded", make(suspend(value)).send(None) is value)
        log(f"{label} returned", finish(make(ready(value))) is value)


@check(shapes="opaque")
def of_an_unknown_body(make, log):
    """Each step of an unknown body comes as its first run has shown"""
    made = make()
    for number in range(1000):
        try:
            log(f"step {number}", made.send(None))
        except BaseException as error:
            log("end", error)
            break


@check(source="Python/ceval.c:_PyEval_GetAwaitable", shapes="opaque awaitable")
def awaited_unknown_body(make, log):
    """A coroutine of the interpreter's that awaits it gets the same"""
    outer = awaits(make())
    for number in range(1000):
        try:
            log(f"step {number}", outer.send(None))
        except BaseException as error:
            log("end", error)
            break
