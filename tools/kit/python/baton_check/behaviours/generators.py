# SPDX-License-Identifier: MIT
"""The awaitables of asend, athrow and aclose: their lives, and what they do."""

import collections.abc

from baton_check.bodies import (
    Bare,
    Recorder,
    awaits,
    catches,
    cleans,
    ready,
    stubborn,
    suspend,
)
from baton_check.registry import Group

check = Group(
    "steps",
    "async iteration",
    "Objects/genobject.c:async_gen_asend_send",
    shapes="produce",
)
ATHROW = "Objects/genobject.c:async_gen_athrow_send"
THROWN = "Objects/genobject.c:async_gen_asend_throw"
CLOSED = "Objects/genobject.c:async_gen_asend_close"
PEP_479 = "Python/intrinsics.c:stopiteration_error"

# The rules of these awaitables were mended in several releases up to this one.
CHANGED = (3, 13)
WAYS = {
    "asend": lambda made: made.asend(None),
    "anext": lambda made: made.__anext__(),
    "athrow": lambda made: made.athrow(ValueError("v")),
    "aclose": lambda made: made.aclose(),
}


def at_item(make, *more):
    """Suspended at its first item."""
    made = make([ready("item"), *more])
    try:
        made.asend(None).send(None)
    except StopIteration:
        pass
    return made


def at_end(make):
    made = make([])
    try:
        made.asend(None).send(None)
    except StopAsyncIteration:
        pass
    return made


def waiting(make, inner=None):
    """One with a step that is under way, and the step."""
    made = make([inner or suspend("s"), ready(2)])
    step = made.asend(None)
    step.send(None)
    return made, step


@check.each(WAYS, "Objects/genobject.c:async_gen_asend_iternext")
def kind(make, log, way):
    """What {} gives is an awaitable and an iterator"""
    made = make([])
    step = way(made)
    log("iter", iter(step) is step, step.__await__() is step)
    log("methods", *(hasattr(step, name) for name in ("send", "throw", "close")))
    log("awaitable", isinstance(step, collections.abc.Awaitable))
    step.close()


@check.each(WAYS, "Objects/genobject.c:async_gen_asend_send")
def used_up(make, log, way):
    """What {} gives can be used once"""
    step = way(at_item(make, ready(2)))
    log.do("first", step.send, None)
    log.do("send", step.send, None)
    log.do("next", next, step)
    log.do("throw", step.throw, KeyError("k"))
    log.do("close", step.close)


@check.each(WAYS, "Objects/genobject.c:async_gen_asend_send")
def after_the_end(make, log, way):
    """What {} gives after the end"""
    made = at_end(make)
    step = way(made)
    log.do("send", step.send, None)
    log.do("again", step.send, None)
    log.do("await", awaits(way(made)).send, None)


@check.each(WAYS, "Objects/genobject.c:async_gen_asend_send", since=CHANGED)
def concurrent(make, log, way):
    """What {} gives while another step is under way"""
    made, step = waiting(make)
    other = way(made)
    log.do("other", other.send, None)
    log.do("again", other.send, None)
    log.do("first one", step.send, 1)


@check.each(WAYS, CLOSED, since=CHANGED)
def closed_before_use(make, log, way):
    """What {} gives, closed before it was used"""
    made = at_item(make, ready(2))
    step = way(made)
    log.do("close", step.close)
    log.do("send", step.send, None)
    log.do("next item", made.asend(None).send, None)


@check.each(WAYS, THROWN, since=CHANGED)
def thrown_before_use(make, log, way):
    """What {} gives, thrown into before it was used"""
    made = at_item(make, ready(2))
    step = way(made)
    log.do("throw", step.throw, KeyError("k"))
    log.do("send", step.send, None)


@check(CLOSED, since=CHANGED)
def closed_while_waiting(make, log):
    """Closing a step that waits closes what is awaited"""
    made, step = waiting(make, Recorder(log))
    log.do("close", step.close)
    log.do("send", step.send, None)


@check(THROWN)
def thrown_while_waiting(make, log):
    """An error thrown into a step that waits reaches what is awaited"""
    made, step = waiting(make, catches(log))
    log.do("caught", step.throw, ValueError("v"))
    log.do("sent", step.send, "value")
    log.do("item", step.send, "stop")
    made, step = waiting(make)
    log.do("not caught", step.throw, KeyError("k"))
    log.do("after", made.asend(None).send, None)


@check(ATHROW)
def athrow_before_the_start(make, log):
    """athrow before the start raises; nothing is awaited"""
    made = make([Recorder(log)])
    log.do("athrow", made.athrow(ValueError("v")).send, None)
    log.do("after", made.asend(None).send, None)


@check(PEP_479, since=(3, 12))
def athrow_of_stops_before_the_start(make, log):
    """athrow of StopAsyncIteration before the start is not converted"""
    log.do("stop", make([]).athrow(StopAsyncIteration("c")).send, None)


@check(ATHROW)
def athrow_at_an_item(make, log):
    """athrow at an item raises there, and it has ended"""
    made = at_item(make, ready(2))
    log.do("athrow", made.athrow(ValueError("v")).send, None)
    log.do("after", made.asend(None).send, None)
    log.do("after", made.athrow(ValueError("v")).send, None)


@check(PEP_479)
def athrow_of_stops(make, log):
    """athrow of StopIteration and StopAsyncIteration becomes a RuntimeError"""
    for error in (StopIteration(1), StopAsyncIteration(2)):
        made = at_item(make)
        log.do(type(error).__name__, made.athrow(error).send, None)


@check(ATHROW)
def athrow_of_generator_exit(make, log):
    """athrow of GeneratorExit comes out"""
    made = at_item(make, ready(2))
    log.do("athrow", made.athrow(GeneratorExit).send, None)
    log.do("after", made.asend(None).send, None)


@check("Objects/genobject.c:gen_throw")
def athrow_forms(make, log):
    """athrow takes a class, an instance, and the old forms"""
    for label, arguments in {
        "class": (ValueError,),
        "type and value": (ValueError, "v"),
        "three": (ValueError, ValueError("w"), None),
        "bad": (42,),
    }.items():
        made = at_item(make, ready(2))
        log.do(label, lambda made=made, a=arguments: made.athrow(*a).send(None))


@check(ATHROW)
def athrow_value_before_start(make, log):
    """A value for the first step of athrow or aclose is refused"""
    for way in ("athrow", "aclose"):
        step = WAYS[way](make([]))
        log.do(way, step.send, 5)
        step.close()


@check("Objects/genobject.c:_PyGen_Finalize", since=(3, 13))
def never_awaited_after_a_refusal(make, log):
    """A step that has refused a value counts as never awaited"""
    for way in ("athrow", "aclose"):
        step = WAYS[way](make([]))
        log.do(way, step.send, 5)
        del step


@check(ATHROW)
def aclose_before_the_start(make, log):
    """aclose before the start ends it; nothing is awaited"""
    made = make([Recorder(log)])
    log.do("aclose", made.aclose().send, None)
    log.do("after", made.asend(None).send, None)


@check(ATHROW)
def aclose_at_an_item(make, log):
    """aclose at an item ends it"""
    made = at_item(make, ready(2))
    log.do("aclose", made.aclose().send, None)
    log.do("after", made.asend(None).send, None)
    log.do("again", made.aclose().send, None)


@check(ATHROW)
def aclose_lets_go(make, log):
    """aclose lets go of the iterable: a generator cleans up"""

    def awaitables():
        try:
            yield ready(1)
            yield ready(2)
        finally:
            log("cleaned")

    made = make(awaitables())
    log.do("item", made.asend(None).send, None)
    log.do("aclose", made.aclose().send, None)


@check(CLOSED, since=CHANGED)
def stubborn_inside(make, log):
    """An await that ignores GeneratorExit: the step's close is a RuntimeError"""
    made, step = waiting(make, stubborn(log))
    log.do("close", step.close)
    log.do("close again", step.close)


@check(THROWN)
def generator_exit_while_waiting(make, log):
    """GeneratorExit thrown into a step that waits cleans up, and it has ended"""
    made, step = waiting(make, cleans(log))
    log.do("throw", step.throw, GeneratorExit)
    log.do("after", made.asend(None).send, None)


@check(THROWN)
def throw_without_inner_throw(make, log):
    """An error for an iterator without throw is raised at the await"""
    made, step = waiting(make, Bare("s", "t"))
    log.do("throw", step.throw, ValueError("v"))
    log.do("after", made.asend(None).send, None)


@check("Objects/genobject.c:async_gen_asend_send", since=CHANGED)
def stepped_from_inside(make, log):
    """A step from inside its own step is refused"""

    class Inside(Recorder):
        def __next__(self):
            log.do("asend", self.outer.asend(None).send, None)
            log.do("aclose", self.outer.aclose().send, None)
            return "on"

    inner = Inside(log)
    inner.outer = made = make([inner])
    step = made.asend(None)
    log.do("step", step.send, None)
    log.do("close", step.close)
    del inner.outer


@check("Objects/genobject.c:_PyGen_Finalize", since=(3, 12))
def never_awaited(make, log):
    """A step that was never awaited warns"""
    for way in WAYS.values():
        made = at_item(make, ready(2))
        step = way(made)
        del step
        log("gone")


@check("Objects/genobject.c:async_gen_asend_new")
def awaited_natively(make, log):
    """A coroutine of the interpreter's awaits each kind of step"""

    async def body(made):
        got = [await made.asend(None), await made.__anext__()]
        try:
            await made.athrow(ValueError("v"))
        except ValueError as error:
            got.append(error)
        await made.aclose()
        return got

    log.do("end", body(make([ready(1), ready(2), ready(3)])).send, None)
