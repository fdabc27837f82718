# SPDX-License-Identifier: MIT
"""Context variables: a coroutine has none of its own, it runs in its driver's."""

import asyncio
import contextvars

from baton_check.behaviours.tasks import pause, run
from baton_check.bodies import body, finish
from baton_check.registry import Group

check = Group("contexts", "core", "Python/context.c:PyContext_CopyCurrent")
VARIABLE = contextvars.ContextVar("variable", default="default")


@body
def reads(log, times=2):
    for _ in range(times):
        log("sees", VARIABLE.get())
        yield


@body
def sets(value):
    yield
    VARIABLE.set(value)
    yield


def fresh(function, *arguments):
    return contextvars.Context().run(function, *arguments)


@check(shapes="relay generator")
def of_the_driver(make, log):
    """The body sees what its driver has set, at each step"""

    def drive():
        made = make(reads(log, 3))
        for value in ("first", "second", "third"):
            VARIABLE.set(value)
            made.send(None)
        made.close()

    fresh(drive)


@check(shapes="relay generator")
def set_by_the_body(make, log):
    """What the body sets, its driver sees"""

    def drive():
        made = make(sets("from inside"))
        made.send(None)
        log("before", VARIABLE.get())
        made.send(None)
        log("after", VARIABLE.get())
        made.close()

    fresh(drive)


@check(shapes="relay generator")
def another_each_step(make, log):
    """Each step may run in another context"""
    made = make(reads(log, 3))
    for value in ("a", "b", "c"):
        context = contextvars.Context()
        context.run(VARIABLE.set, value)
        context.run(made.send, None)
    made.close()


@check(shapes="relay generator")
def when_it_was_made(make, log):
    """The context in which it was made does not matter"""

    def birth():
        VARIABLE.set("at birth")
        return make(reads(log))

    made = fresh(birth)
    made.send(None)
    made.close()


@check(shapes="relay generator")
def in_cleanup(make, log):
    """Cleanup sees the context of who closes it"""

    @body
    def cleans():
        try:
            yield
        finally:
            log("cleanup sees", VARIABLE.get())

    made = make(cleans())
    made.send(None)
    context = contextvars.Context()
    context.run(VARIABLE.set, "closer's")
    context.run(made.close)


@check()
def reset_token(make, log):
    """A token of one step can be used in a later one of the same context"""

    async def resets():
        token = VARIABLE.set("inner")
        await pause_once()
        VARIABLE.reset(token)
        return VARIABLE.get()

    def drive():
        return finish(make(resets()))

    log.do("end", fresh, drive)


@body
def pause_once():
    yield


@check("Modules/_asynciomodule.c:_asyncio_Task___init___impl")
def of_tasks(make, log):
    """Each task has a copy: what one sets, the others do not see"""

    async def worker(value):
        before = VARIABLE.get()
        VARIABLE.set(value)
        await pause(2)
        return before, VARIABLE.get()

    async def main(loop):
        VARIABLE.set("main")
        tasks = [loop.create_task(make(worker(value))) for value in "ab"]
        return await asyncio.gather(*tasks), VARIABLE.get()

    log.do("run", fresh, run, main)


@check()
def awaited_directly(make, log):
    """Awaited directly, what it sets stays"""

    async def worker():
        VARIABLE.set("worker's")

    async def main(loop):
        await make(worker())
        return VARIABLE.get()

    log.do("run", fresh, run, main)


@check(shapes="relay", since=(3, 11))
def of_a_task_that_is_given_one(make, log):
    """A task runs it in the context that it is given"""
    context = contextvars.Context()
    context.run(VARIABLE.set, "given")

    async def main(loop):
        await loop.create_task(make(reads(log, 1)), context=context)

    log.do("run", run, main)
