# SPDX-License-Identifier: MIT
"""Cancellation by asyncio reaches the innermost, and may be refused there."""

import asyncio

from baton_check.behaviours.tasks import pause, run
from baton_check.bodies import ready
from baton_check.registry import Group

check = Group("cancel", "cancel", "Modules/_asynciomodule.c:_asyncio_Task_cancel_impl")


async def told(log, name, seconds=60):
    """Waits; shows that it was cancelled."""
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError as error:
        log(f"{name} is cancelled", error.args)
        raise


async def ended(task):
    await asyncio.wait([task])
    return task.cancelled()


@check()
def while_it_waits(make, log):
    """The innermost await gets the error, and the task is cancelled"""

    async def main(loop):
        task = loop.create_task(make(told(log, "inner")))
        await pause()
        log("cancel", task.cancel())
        return await ended(task)

    log.do("run", run, main)


@check()
def before_the_start(make, log):
    """A task that has not begun is cancelled; the body never runs"""

    async def main(loop):
        future = loop.create_future()
        task = loop.create_task(make(future))
        log("cancel", task.cancel())
        log("ended", await ended(task))
        return future.cancelled()

    log.do("run", run, main)


@check()
def awaited_future(make, log):
    """The future that is awaited is cancelled"""

    async def main(loop):
        future = loop.create_future()
        task = loop.create_task(make(future))
        await pause()
        task.cancel()
        return await ended(task), future.cancelled()

    log.do("run", run, main)


@check()
def message(make, log):
    """The message of cancel arrives"""

    async def main(loop):
        task = loop.create_task(make(told(log, "inner")))
        await pause()
        task.cancel("the reason")
        return await ended(task)

    log.do("run", run, main)


@check()
def swallowed(make, log):
    """A body that swallows it goes on to its result"""

    async def stubborn():
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(0)
        return "went on"

    async def main(loop):
        task = loop.create_task(make(stubborn()))
        await pause()
        task.cancel()
        log("cancelled", await ended(task))
        return task.result()

    log.do("run", run, main)


@check()
def replaced(make, log):
    """A body that raises another error instead has that error"""

    async def other():
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            raise ValueError("instead") from None

    async def main(loop):
        task = loop.create_task(make(other()))
        await pause()
        task.cancel()
        log("cancelled", await ended(task))
        return task.exception()

    log.do("run", run, main)


@check()
def cleanup_awaits(make, log):
    """Cleanup may await, and ends before the task does"""

    async def careful():
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            log("cleaned")

    async def main(loop):
        task = loop.create_task(make(careful()))
        await pause()
        task.cancel()
        return await ended(task)

    log.do("run", run, main)


@check()
def twice(make, log):
    """A second cancel reaches the cleanup"""

    async def careful():
        try:
            await told(log, "body")
        finally:
            await told(log, "cleanup")

    async def main(loop):
        task = loop.create_task(make(careful()))
        await pause()
        task.cancel()
        await pause(2)
        task.cancel()
        return await ended(task)

    log.do("run", run, main)


@check("Modules/_asynciomodule.c:_asyncio_Task_uncancel_impl", since=(3, 11))
def uncancelled(make, log):
    """uncancel takes a request back"""

    async def forgives():
        task = asyncio.current_task()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            log("requests", task.cancelling(), task.uncancel())
        return task.cancelling()

    async def main(loop):
        task = loop.create_task(make(forgives()))
        await pause()
        task.cancel()
        return await task

    log.do("run", run, main)


@check()
def by_the_body(make, log):
    """A body that cancels its own task is cancelled at the next await"""

    async def suicide():
        asyncio.current_task().cancel()
        log("goes on")
        await asyncio.sleep(0)
        log("not here")

    async def main(loop):
        return await ended(loop.create_task(make(suicide())))

    log.do("run", run, main)


@check()
def through_a_chain(make, log):
    """It goes through many to the innermost"""

    async def main(loop):
        made = told(log, "inner")
        for _ in range(20):
            made = make(made)
        task = loop.create_task(made)
        await pause()
        task.cancel()
        return await ended(task)

    log.do("run", run, main)


@check()
def raised_by_the_body(make, log):
    """CancelledError raised by the body cancels the task"""

    async def gives_up():
        raise asyncio.CancelledError("enough")

    async def main(loop):
        return await ended(loop.create_task(make(gives_up())))

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:wait_for")
def timed_out(make, log):
    """wait_for cancels it when the time is over"""

    async def main(loop):
        try:
            await asyncio.wait_for(make(told(log, "inner")), 0.001)
        except asyncio.TimeoutError as error:
            return type(error)

    log.do("run", run, main)


@check("Lib/asyncio/timeouts.py:Timeout", since=(3, 11))
def timeout_scope(make, log):
    """asyncio.timeout cancels it, and turns that into a TimeoutError"""

    async def main(loop):
        try:
            async with asyncio.timeout(0.001) as scope:
                await make(told(log, "inner"))
        except TimeoutError as error:
            return type(error), scope.expired()

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:shield")
def shielded(make, log):
    """A shield keeps the inner one running"""

    async def main(loop):
        future = loop.create_future()
        inner = loop.create_task(make(future))
        outer = loop.create_task(make(asyncio.shield(inner)))
        await pause(2)
        outer.cancel()
        log("outer", await ended(outer))
        future.set_result("alive")
        return await inner

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:gather")
def gathered(make, log):
    """Cancelling a gather cancels each"""

    async def main(loop):
        parts = [make(told(log, f"part {number}")) for number in range(2)]
        task = asyncio.ensure_future(asyncio.gather(*parts))
        await pause(2)
        task.cancel()
        return await ended(task)

    log.do("run", run, main)


@check("Lib/asyncio/taskgroups.py:TaskGroup", since=(3, 11))
def group(make, log):
    """A task group that is cancelled cancels its tasks"""

    async def grouped():
        async with asyncio.TaskGroup() as tasks:  # it keeps them in a set
            tasks.create_task(make(told(log, "one")))
            tasks.create_task(make(told(log, "one")))

    async def main(loop):
        task = loop.create_task(make(grouped()))
        await pause(3)
        task.cancel()
        return await ended(task)

    log.do("run", run, main)


@check("Lib/asyncio/runners.py:_cancel_all_tasks")
def at_the_end_of_run(make, log):
    """asyncio.run cancels those that are left"""

    async def main():
        task = asyncio.ensure_future(make(told(log, "left")))
        await pause()
        log("waiting", not task.done())

    log.do("run", asyncio.run, main())


@check("Modules/_asynciomodule.c:task_step_impl")
def after_the_end(make, log):
    """Cancelling a task that has ended does nothing"""

    async def main(loop):
        task = loop.create_task(make(ready(1)))
        await task
        return task.cancel(), task.result()

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:__step_run_and_handle_result")
def python_task(make, log):
    """asyncio's task that is written in Python cancels it as well"""
    from asyncio.tasks import _PyTask

    async def main(loop):
        task = _PyTask(make(told(log, "inner")), loop=loop)
        await pause()
        task.cancel("the reason")
        return await ended(task)

    log.do("run", run, main)
