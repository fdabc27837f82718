# SPDX-License-Identifier: MIT
"""Errors of the body come out as they went in."""

import sys
import warnings

from baton_check.bodies import Bare, awaits, body, fails, fails_later, suspend
from baton_check.registry import Group

check = Group(
    "errors", "core", "Objects/genobject.c:gen_send_ex2", shapes="relay generator"
)
PEP_479 = "Python/intrinsics.c:stopiteration_error"
CONTEXT = "Python/errors.c:_PyErr_SetObject"


class Custom(Exception):
    pass


KINDS = {
    "value_error": ValueError("v"),
    "key_error": KeyError("k"),
    "custom": Custom("a", 1),
    "keyboard_interrupt": KeyboardInterrupt(),
    "system_exit": SystemExit(3),
    "generator_exit": GeneratorExit("g"),
    "stop_async_iteration": StopAsyncIteration(9),
    "recursion_error": RecursionError("r"),
    "memory_error": MemoryError(),
}


@check.each(KINDS)
def raised(make, log, error):
    """The body's error comes out as the same object: {}"""
    log.name(error, "error")
    made = make(fails(error))
    log.do("at once", made.send, None)
    made = make(fails_later(error))
    made.send(None)
    log.do("later", made.send, None)
    error.__traceback__ = error.__context__ = None


STOPS = {
    "stop": (),
    "stop_with_values": (1, 2),
    "stop_with_tuple": ((1,),),
}


@check.each(STOPS, PEP_479)
def converted(make, log, arguments):
    """StopIteration in the body becomes a RuntimeError with that cause: {}"""

    made = make(Bare(1, 2))
    made.send(None)
    log.do("thrown", made.throw, StopIteration(*arguments))
    log.do("after it", made.close)


@check()
def again(make, log):
    """After an error it has ended, and says so"""
    made = make(fails(ValueError("v")))
    log.do("first", made.send, None)
    log.do("again", made.send, None)
    log.do("close", made.close)


@check(CONTEXT)
def context(make, log):
    """An error raised where the caller handles one has that as its context"""
    made = make(fails_later(KeyError("body")))
    made.send(None)
    try:
        raise ValueError("caller's")
    except ValueError:
        log.do("resumed in a handler", made.send, None)
    made = make(fails(KeyError("body")))
    try:
        raise ValueError("caller's")
    except ValueError:
        log.do("begun in a handler", made.send, None)


@check("Objects/genobject.c:gen_send_ex2")
def handled_inside(make, log):
    """The body sees the error that its caller handles, and its own after a resume"""

    @body
    def handles():
        log("at first", sys.exc_info()[1])
        try:
            raise ValueError("inner")
        except ValueError:
            yield 1
            log("own", sys.exc_info()[1])
        log("after", sys.exc_info()[1])

    made = make(handles())
    try:
        raise TypeError("outer")
    except TypeError:
        made.send(None)
        log("the caller's", sys.exc_info()[1])
    log("outside", sys.exc_info()[1])
    try:
        raise OSError("other")
    except OSError:
        log.do("end", made.send, None)
        log("the caller's again", sys.exc_info()[1])


@check()
def traceback(make, log):
    """The traceback has the body's frames, innermost last"""
    error = ValueError("v")
    log.trace("at once", make(fails(error)).send, None)
    made = make(make(fails_later(ValueError("deep"))))
    made.send(None)
    log.trace("through two", made.send, None)
    made = make(suspend())
    made.send(None)
    log.trace("thrown", made.throw, KeyError("k"))


@check()
def cause_and_notes(make, log):
    """Cause, suppression and notes of an error stay"""
    error = ValueError("v")
    error.__cause__ = KeyError("cause")
    if hasattr(error, "add_note"):
        error.add_note("a note")
    log.do("raised", make(fails(error)).send, None)


@check(since=(3, 11))
def group(make, log):
    """An exception group comes through whole"""
    parts = [ValueError(1), ExceptionGroup("in", [KeyError(2)])]  # noqa: F821
    log.do("raised", make(fails(ExceptionGroup("out", parts))).send, None)  # noqa: F821


@check(shapes="relay")
def through_await(make, log):
    """A coroutine of the interpreter's catches what its awaitable raises"""

    async def outer():
        try:
            await make(fails_later(ValueError("v")))
        except ValueError as error:
            return "caught", error.args

    made = outer()
    log.do("first", made.send, None)
    log.do("end", made.send, None)


@check(shapes="relay")
def catching_and_going_on(make, log):
    """After an error is caught the next one is awaited as if there was none"""

    async def tries():
        for number in range(3):
            try:
                await make(fails(ValueError(number)))
            except ValueError as error:
                log("caught", error, sys.exc_info()[0])
        return sys.exc_info()

    log.do("end", make(tries()).send, None)


@check("Python/ceval.c:_Py_CheckRecursiveCall", shapes="relay")
def endless_depth(make, log):
    """Endless recursion through it is a RecursionError, not a crash"""

    async def deeper():
        await make(deeper())

    made = deeper()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the last one was never awaited
        try:
            made.send(None)
        except RecursionError as error:
            log("raised", type(error))
        del made


@check(shapes="relay")
def deep_chain(make, log):
    """A chain of 100 hands values, results and errors on"""
    made = suspend()
    for _ in range(100):
        made = make(made)
    log.do("first", made.send, None)
    log.do("end", made.send, "result")
    made = suspend()
    for _ in range(100):
        made = make(made)
    made.send(None)
    log.do("thrown", made.throw, ValueError("v"))
    made = awaits(fails(KeyError("deep")))
    for _ in range(100):
        made = make(made)
    log.do("raised", made.send, None)
