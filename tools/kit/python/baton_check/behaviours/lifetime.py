# SPDX-License-Identifier: MIT
"""What happens when it is let go of: warnings, cleanup, cycles, references."""

import gc
import sys
import warnings
import weakref

from baton_check.behaviours.throw import started
from baton_check.bodies import (
    Recorder,
    awaits,
    body,
    cleans,
    fails,
    finish,
    raises_on_close,
    ready,
    stubborn,
    suspend,
)
from baton_check.registry import Group

BOTH = "relay generator"
check = Group("lifetime", "core", "Objects/genobject.c:_PyGen_Finalize")
WARN = "Python/_warnings.c:_PyErr_WarnUnawaitedCoroutine"
GC = "Objects/genobject.c:gen_traverse"
CLEAR = "Objects/genobject.c:gen_send_ex2"


class Thing:
    """Something that can be watched going."""

    def __init__(self, awaitable=None):
        self.awaitable = awaitable or suspend()

    def __await__(self):
        return (yield from self.awaitable)

    def __iter__(self):
        return iter(self.awaitable)


@check(WARN, shapes="relay opaque generator")
def never_awaited(make, log):
    """One that was never begun warns, with its qualified name"""
    made = make()
    del made
    log("gone")


@check(WARN)
def never_awaited_name(make, log):
    """The warning has the name that it has been given"""
    made = make()
    made.__qualname__ = "Some.name"
    del made


@check(WARN)
def never_awaited_origin(make, log):
    """With origins tracked the warning tells where it was made"""

    def maker():
        return make()

    sys.set_coroutine_origin_tracking_depth(100)
    made = maker()
    sys.set_coroutine_origin_tracking_depth(0)
    del made


@check(WARN)
def never_awaited_as_an_error(make, log):
    """A warning that is an error becomes unraisable"""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = make()
        del made
    log("gone")


@check(WARN)
def never_awaited_in_a_cycle(make, log):
    """It warns once from the collector too"""
    thing = Thing()
    thing.cycle = make(thing)
    del thing
    gc.collect()
    log("collected")
    gc.collect()


@check(WARN, shapes="relay opaque")
def closed_is_no_warning(make, log):
    """One that was closed before the start does not warn"""
    made = make()
    made.close()
    del made
    log("gone")


@check(WARN)
def thrown_is_no_warning(make, log):
    """One that was thrown into before the start does not warn"""
    made = make()
    log.do("throw", made.throw, ValueError("v"))
    del made


@check(WARN)
def awaited_is_no_warning(make, log):
    """One that has ended or begun does not warn"""
    finish(make(ready()))
    made = started(make, suspend())
    del made
    log("gone")


@check(WARN)
def unused_iterator_warns(make, log):
    """One whose __await__ was called but not driven warns"""
    iterator = make().__await__()
    del iterator
    log("gone")


@check(shapes=BOTH)
def dropped_suspended(make, log):
    """One that is dropped while suspended is closed: cleanup runs"""
    made = started(make, cleans(log))
    del made
    log("gone")


@check(shapes=BOTH)
def dropped_closes_inner(make, log):
    """close of what is awaited is called when it is dropped"""
    made = started(make, Recorder(log))
    del made
    log("gone")


@check(shapes=BOTH)
def dropped_with_an_error(make, log):
    """An error of the cleanup is told as unraisable"""
    made = started(make, raises_on_close(KeyError("k")))
    try:
        del made
    except BaseException as error:
        log("raised", error)


@check(shapes=BOTH)
def dropped_stubborn(make, log):
    """One that ignores its close when dropped is told of as unraisable"""
    made = started(make, stubborn(log))
    del made
    log("gone")


@check(shapes=BOTH)
def dropped_in_a_handler(make, log):
    """Being dropped does not disturb the error that is being handled"""
    made = started(make, cleans(log))
    try:
        raise ValueError("v")
    except ValueError:
        del made
        log("handled", sys.exc_info()[1])


@check(GC, shapes="relay generator produce opaque")
def tracked(make, log):
    """The collector knows it"""
    made = make()
    log("tracked", gc.is_tracked(made))
    if hasattr(made, "close"):
        made.close()


@check(GC)
def cycle_when_created(make, log):
    """A cycle through one that was not begun is collected"""
    thing = Thing()
    reference = weakref.ref(thing)
    thing.cycle = make(thing)
    thing.cycle.close()
    del thing
    gc.collect()
    log("gone", reference() is None)


@check(GC, shapes=BOTH)
def cycle_when_suspended(make, log):
    """A cycle through a suspended one is collected, with cleanup"""
    thing = Thing(cleans(log))
    reference = weakref.ref(thing)
    thing.cycle = made = make(thing)
    made.send(None)
    del thing, made
    gc.collect()
    log("gone", reference() is None)


@check(GC)
def cycle_through_await(make, log):
    """A cycle through a coroutine of the interpreter's that awaits it is collected"""
    thing = Thing(cleans(log))
    reference = weakref.ref(thing)
    thing.cycle = outer = awaits(make(thing))
    outer.send(None)
    del thing, outer
    gc.collect()
    log("gone", reference() is None)


@check(GC)
def cycle_of_the_iterator(make, log):
    """A cycle through what __await__ gives is collected"""
    thing = Thing(cleans(log))
    reference = weakref.ref(thing)
    thing.cycle = iterator = make(thing).__await__()
    next(iterator)
    del thing, iterator
    gc.collect()
    log("gone", reference() is None)


@check(GC, shapes=BOTH)
def referents(make, log):
    """What it holds is found from it"""
    thing = Thing()
    made = make(thing)
    found, waiting = False, [made]
    for _ in range(4):
        waiting = gc.get_referents(*waiting)
        found = found or any(one is thing for one in waiting)
    log("found", found)
    if hasattr(made, "close"):
        made.close()


@check(CLEAR, shapes=BOTH)
def released_at_the_end(make, log):
    """What was awaited is released when it ends, not when it goes"""
    thing = Thing(ready())
    reference = weakref.ref(thing)
    made = make(thing)
    del thing
    log.do("end", made.send, None)
    log("released", reference() is None)


@check(CLEAR, shapes=BOTH)
def released_at_an_error(make, log):
    """What was awaited is released when it fails"""
    thing = Thing(fails(ValueError("v")))
    reference = weakref.ref(thing)
    made = make(thing)
    del thing
    try:
        made.send(None)
    except ValueError:
        pass
    log("released", reference() is None)


@check(CLEAR, shapes=BOTH)
def released_at_close(make, log):
    """What was awaited is released when it is closed while suspended"""
    thing = Thing()
    reference = weakref.ref(thing)
    made = make(thing)
    del thing
    made.send(None)
    made.close()
    log("released", reference() is None)


@check(shapes=BOTH)
def kept_while_suspended(make, log):
    """What is awaited is kept while it is suspended"""
    thing = Thing()
    reference = weakref.ref(thing)
    made = started(make, thing)
    del thing
    log("kept", reference() is not None)
    made.close()


@check(shapes=BOTH)
def result_is_released(make, log):
    """A result is not kept after it was handed out"""
    thing = Thing()
    reference = weakref.ref(thing)
    made = make(ready(thing))
    finish(made)
    del thing
    log("released", reference() is None)


@check(shapes=BOTH)
def sent_is_released(make, log):
    """What was sent is not kept"""
    thing = Thing()
    reference = weakref.ref(thing)

    @body
    def forgets():
        while True:
            yield

    made = started(make, forgets())
    made.send(thing)
    del thing
    log("released", reference() is None)
    made.close()


@check(shapes=BOTH)
def thrown_is_released(make, log):
    """What was thrown and caught is not kept"""

    class Gone(Exception):
        pass

    @body
    def forgets():
        while True:
            try:
                yield
            except Gone:
                pass

    error = Gone()
    reference = weakref.ref(error)
    made = started(make, forgets())
    made.throw(error)
    del error
    log("released", reference() is None)
    made.close()


@check("Objects/genobject.c:gen_dealloc")
def resurrected(make, log):
    """Cleanup may keep what was awaited alive"""
    kept = []

    @body
    def owns():
        thing = Thing()
        try:
            yield
        finally:
            kept.append(thing)

    made = started(make, owns())
    del made
    log("kept", len(kept))
    gc.collect()
    log("alive", type(kept[0]) is Thing)


@check("Objects/genobject.c:coro_wrapper_dealloc")
def iterator_keeps_it(make, log):
    """What __await__ gives keeps the coroutine alive"""
    made = make(cleans(log))
    iterator = made.__await__()
    del made
    log.do("next", next, iterator)
    del iterator
    log("gone")
