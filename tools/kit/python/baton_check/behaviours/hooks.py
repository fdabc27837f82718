# SPDX-License-Identifier: MIT
"""The hooks of async generators, and what happens when one is let go of."""

import gc
import sys
import weakref

from baton_check.behaviours.generators import at_end, at_item, waiting
from baton_check.bodies import cleans, raises_on_close, ready, suspend
from baton_check.registry import Group

check = Group(
    "hooks",
    "async iteration",
    "Objects/genobject.c:async_gen_init_hooks",
    shapes="produce",
)
FINALIZE = "Objects/genobject.c:_PyGen_Finalize"


def install(log, finalizer=True):
    def first(made):
        log("first", type(made).__name__)

    def last(made):
        log("finalizer", type(made).__name__)

    sys.set_asyncgen_hooks(first, last if finalizer else None)


@check(since=(3, 13))
def first_step(make, log):
    """The first call of asend, anext, athrow or aclose calls the hook, once"""
    install(log)
    for name in ("asend", "__anext__", "athrow", "aclose"):
        made = make([])
        log("made")
        arguments = {"asend": (None,), "athrow": (ValueError("v"),)}.get(name, ())
        getattr(made, name)(*arguments).close()
        log(name)
        made.asend(None).close()
    sys.set_asyncgen_hooks(None, None)


@check()
def failing_hook(make, log):
    """An error of the hook comes out of the call"""

    def first(made):
        raise ValueError("hook")

    sys.set_asyncgen_hooks(first, None)
    made = make([ready(1)])
    log.do("asend", made.asend, None)
    sys.set_asyncgen_hooks(None, None)
    log.do("then", made.asend(None).send, None)


@check(FINALIZE)
def finalizer(make, log):
    """The finalizer is called with one that is let go of while suspended"""
    install(log)
    made = at_item(make, ready(2))
    del made
    log("gone")
    sys.set_asyncgen_hooks(None, None)


@check(FINALIZE)
def finalizer_of_its_first_step(make, log):
    """The finalizer is the one of the time of its first step"""
    install(log)
    made = at_item(make, ready(2))
    sys.set_asyncgen_hooks(None, None)
    del made
    log("gone")


@check(FINALIZE)
def no_finalizer_at_the_end(make, log):
    """The finalizer is not called for one that has ended or never begun"""
    install(log)
    made = at_end(make)
    del made
    made = make([])
    del made
    log("gone")
    sys.set_asyncgen_hooks(None, None)


@check(FINALIZE)
def closed_by_the_finalizer(make, log):
    """The finalizer may keep it and close it later"""
    kept = []
    sys.set_asyncgen_hooks(None, kept.append)
    made = at_item(make, ready(2))
    del made
    sys.set_asyncgen_hooks(None, None)
    log("kept", len(kept))
    for made in kept:
        log.do("aclose", made.aclose().send, None)


@check(FINALIZE)
def dropped_without_hooks(make, log):
    """Without hooks one that is let go of lets go of what it has"""

    def awaitables():
        try:
            yield ready(1)
            yield ready(2)
        finally:
            log("cleaned")

    made = make(awaitables())
    log.do("item", made.asend(None).send, None)
    del made
    log("gone")


@check(FINALIZE)
def dropped_while_waiting(make, log):
    """One that is let go of while a step waits cleans up"""
    made, step = waiting(make, cleans(log))
    del made
    log("the step is there")
    del step
    log("gone")


@check(FINALIZE)
def dropped_with_an_error(make, log):
    """An error of the cleanup is told as unraisable"""
    made, step = waiting(make, raises_on_close(KeyError("k")))
    del made, step
    log("gone")


@check("Objects/genobject.c:gen_traverse")
def cycle(make, log):
    """A cycle through a suspended one is collected"""

    class Thing:
        pass

    def awaitables(thing):
        yield ready(1)
        yield ready(thing)

    thing = Thing()
    reference = weakref.ref(thing)
    thing.cycle = made = make(awaitables(thing))
    log.do("item", made.asend(None).send, None)
    del thing, made
    gc.collect()
    log("gone", reference() is None)


@check("Objects/genobject.c:async_gen_asend_traverse")
def cycle_through_a_step(make, log):
    """A cycle through a step that waits is collected"""

    class Thing:
        def __await__(self):
            return (yield from suspend("s"))

    thing = Thing()
    reference = weakref.ref(thing)
    made = make([thing])
    thing.cycle = step = made.asend(None)
    step.send(None)
    del thing, made, step
    gc.collect()
    log("gone", reference() is None)


@check("Objects/genobject.c:async_gen_asend_send")
def items_are_released(make, log):
    """An item is not kept after it was handed out"""

    class Thing:
        pass

    thing = Thing()
    reference = weakref.ref(thing)
    made = make(ready(one) for one in [thing])
    try:
        made.asend(None).send(None)
    except StopIteration as stop:
        log("it", stop.value is thing)
    try:
        made.asend(None).send(None)
    except StopAsyncIteration:
        pass
    del thing
    log("released", reference() is None)
