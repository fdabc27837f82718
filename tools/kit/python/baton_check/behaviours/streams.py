# SPDX-License-Identifier: MIT
"""Async generators under asyncio."""

import asyncio
import contextlib
import contextvars

from baton_check.behaviours.cancel import ended, told
from baton_check.behaviours.tasks import pause, resolved, run
from baton_check.bodies import ready
from baton_check.registry import Group

check = Group(
    "streams",
    "async iteration",
    "Lib/asyncio/base_events.py:_asyncgen_firstiter_hook",
    shapes="produce",
)


@check("Modules/_asynciomodule.c:task_step_impl")
def in_a_task(make, log):
    """A task iterates over it, with futures between the items"""

    async def main(loop):
        made = make(resolved(loop, number) for number in range(3))
        return [item async for item in made]

    log.do("run", run, main)


@check("Modules/_asynciomodule.c:_asyncio_Task_cancel_impl")
def cancelled(make, log):
    """Cancellation reaches what is awaited inside"""

    async def consume(made):
        async for _ in made:
            pass

    async def main(loop):
        made = make([told(log, "inner")])
        task = loop.create_task(consume(made))
        await pause()
        task.cancel()
        log("cancelled", await ended(task))
        return await anext(made, "ended")

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:wait_for")
def timed_out(make, log):
    """wait_for of a step cancels it"""

    async def main(loop):
        made = make([told(log, "inner")])
        try:
            await asyncio.wait_for(made.__anext__(), 0.001)
        except asyncio.TimeoutError as error:
            return type(error)

    log.do("run", run, main)


@check("Lib/asyncio/base_events.py:shutdown_asyncgens")
def shut_down(make, log):
    """The loop closes those that are left when it is shut down"""

    def awaitables():
        try:
            yield ready(1)
            yield ready(2)
        finally:
            log("cleaned")

    async def main(loop):
        made = make(awaitables())
        kept.append(made)
        return await anext(made)

    kept = []
    log.do("run", run, main)


@check("Lib/asyncio/base_events.py:_asyncgen_finalizer_hook")
def dropped(make, log):
    """The loop closes one that is let go of"""

    def awaitables():
        try:
            yield ready(1)
            yield ready(2)
        finally:
            log("cleaned")

    async def main(loop):
        made = make(awaitables())
        await anext(made)
        del made
        await pause(3)
        log("after")

    log.do("run", run, main)


@check("Lib/contextlib.py:aclosing")
def closing(make, log):
    """contextlib.aclosing closes it"""

    async def main(loop):
        made = make([ready(1), ready(2)])
        async with contextlib.aclosing(made):
            async for item in made:
                log("item", item)
                break
        return await anext(made, "ended")

    log.do("run", run, main)


@check("Python/context.c:PyContext_CopyCurrent")
def contexts(make, log):
    """What is awaited inside runs in the context of who takes the step"""
    variable = contextvars.ContextVar("variable", default="default")

    async def reads():
        return variable.get()

    made = make(reads() for _ in range(3))
    for value in ("a", "b"):
        context = contextvars.Context()
        context.run(variable.set, value)
        log.do(value, context.run, made.asend(None).send, None)


@check("Lib/asyncio/tasks.py:gather")
def two_consumers(make, log):
    """A second consumer at the same time is refused"""

    async def main(loop):
        made = make(resolved(loop, number) for number in range(2))
        steps = [made.__anext__(), made.__anext__()]
        return await asyncio.gather(*steps, return_exceptions=True)

    log.do("run", run, main)
