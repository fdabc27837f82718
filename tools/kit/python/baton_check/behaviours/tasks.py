# SPDX-License-Identifier: MIT
"""Under asyncio: tasks, groups, eager tasks, its debug mode, the call graph, uvloop."""

import asyncio
import io

from baton_check.bodies import Awaitable, fails, ready, suspend
from baton_check.registry import Group, Skip

check = Group("tasks", "core", "Modules/_asynciomodule.c:task_step_impl")


def run(main, debug=False, prepare=None, loop=None):
    """Runs main(loop) on a loop of its own; what the loop would print is an error."""
    loop = loop or asyncio.new_event_loop()
    told = []
    loop.set_exception_handler(lambda _, context: told.append(context["message"]))
    try:
        loop.set_debug(debug)
        loop.slow_callback_duration = 60
        if prepare:
            prepare(loop)
        result = loop.run_until_complete(main(loop))
        loop.run_until_complete(loop.shutdown_asyncgens())
        return (result, told) if told else result
    finally:
        loop.close()


async def pause(count=1):
    for _ in range(count):
        await asyncio.sleep(0)


def resolved(loop, value):
    """A future that gets its value in the next round of the loop."""
    future = loop.create_future()
    loop.call_soon(future.set_result, value)
    return future


@check()
def result(make, log):
    """A task of it has its result"""

    async def main(loop):
        task = loop.create_task(make(resolved(loop, (1, 2))))
        return await task

    log.do("run", run, main)


@check()
def error(make, log):
    """A task of it has its error"""

    async def main(loop):
        task = loop.create_task(make(fails(ValueError("v"))))
        await asyncio.wait([task])
        return task.exception()

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:__step_run_and_handle_result")
def python_task(make, log):
    """asyncio's task that is written in Python drives it as well"""
    from asyncio.tasks import _PyTask

    async def main(loop):
        await pause()
        return await _PyTask(make(resolved(loop, 5)), loop=loop)

    log.do("run", run, main)


@check()
def bare_yield(make, log):
    """Yielding None lets the loop go on"""

    async def main(loop):
        task = loop.create_task(make(suspend(None)))
        await pause()
        log("after one", task.done())
        await pause()
        return task.done()

    log.do("run", run, main)


@check()
def bad_yield(make, log):
    """A task tells it when it has yielded what is no future"""

    async def main(loop):
        for value in (42, "text"):
            try:
                await loop.create_task(make(suspend(value)))
            except RuntimeError as error:
                log("told", "bad yield" in str(error))

    log.do("run", run, main)


@check()
def sleeps(make, log):
    """It may sleep"""

    async def main(loop):
        return await make(asyncio.sleep(0.001, "slept"))

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:gather")
def gathered(make, log):
    """gather runs several and has their results in order"""

    async def main(loop):
        parts = [make(resolved(loop, number)) for number in range(3)]
        return await asyncio.gather(*parts)

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:gather")
def gathered_errors(make, log):
    """gather has the errors as results if it is asked to"""

    async def main(loop):
        parts = [make(ready(1)), make(fails(KeyError("k")))]
        return await asyncio.gather(*parts, return_exceptions=True)

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:as_completed")
def as_completed(make, log):
    """as_completed has them as they end"""

    async def main(loop):
        parts = [make(asyncio.sleep(0, 1)), make(asyncio.sleep(0.002, 2))]
        return [await part for part in asyncio.as_completed(parts)]

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:wait_for")
def waited_for(make, log):
    """wait_for has its result in time"""

    async def main(loop):
        return await asyncio.wait_for(make(resolved(loop, 3)), 60)

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:ensure_future")
def ensured(make, log):
    """ensure_future makes a task of it, and of an object that gives it"""

    async def main(loop):
        first = asyncio.ensure_future(make(ready(1)))
        log("task", isinstance(first, asyncio.Task))
        inner = make(ready(2))
        second = asyncio.ensure_future(Awaitable(inner.__await__()))
        return await first, await second

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:ensure_future", shapes="opaque awaitable")
def run_to_the_end(make, log):
    """asyncio runs an unknown one to its end"""

    async def main(loop):
        made = make()
        try:
            return await made
        except Exception as error:
            return error

    log.do("run", run, main)


@check("Lib/asyncio/tasks.py:run_coroutine_threadsafe")
def from_another_thread(make, log):
    """run_coroutine_threadsafe takes it"""
    import threading

    async def main(loop):
        found = []

        def other():
            made = make(asyncio.sleep(0, 4))
            found.append(asyncio.run_coroutine_threadsafe(made, loop).result())
            loop.call_soon_threadsafe(done.set_result, None)

        done = loop.create_future()
        thread = threading.Thread(target=other)
        thread.start()
        await done
        thread.join()
        return found

    log.do("run", run, main)


@check("Lib/asyncio/runners.py:run")
def as_main(make, log):
    """asyncio.run runs it"""
    log.do("run", asyncio.run, make(asyncio.sleep(0, "done")))


@check("Lib/asyncio/coroutines.py:_format_coroutine")
def task_representation(make, log):
    """The task's repr names it"""

    async def main(loop):
        task = loop.create_task(make(ready()))
        text = repr(task)
        await task
        return "coro=" in text, task.get_coro().__qualname__ in text

    log.do("run", run, main)


@check("Lib/asyncio/base_tasks.py:_task_get_stack")
def task_stack(make, log):
    """The task's stack has a frame for it, and can be printed"""

    async def main(loop):
        task = loop.create_task(make(asyncio.sleep(60)))
        await pause()
        log("frames", len(task.get_stack()))
        out = io.StringIO()
        task.print_stack(file=out)
        log("printed", bool(out.getvalue()))
        task.cancel()
        await asyncio.wait([task])

    log.do("run", run, main)


@check("Lib/asyncio/coroutines.py:_is_debug_mode")
def debug_mode(make, log):
    """The loop's debug mode changes nothing"""

    async def main(loop):
        first = loop.create_task(make(resolved(loop, 1)))
        second = loop.create_task(make(fails(ValueError("v"))))
        return await asyncio.gather(first, second, return_exceptions=True)

    log.do("run", run, main, debug=True)


@check("Lib/asyncio/taskgroups.py:TaskGroup", since=(3, 11))
def group(make, log):
    """A task group runs it, and cancels the others when it fails"""

    async def main(loop):
        async with asyncio.TaskGroup() as tasks:
            good = tasks.create_task(make(resolved(loop, 1)))
        log("good", good.result())
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(make(fails(ValueError("v"))))
                other = tasks.create_task(make(asyncio.sleep(60)))
        except BaseException as error:
            log("failed", type(error), [type(one) for one in error.exceptions])
        return other.cancelled()

    log.do("run", run, main)


def eager(loop):
    loop.set_task_factory(asyncio.eager_task_factory)


@check("Modules/_asynciomodule.c:task_eager_start", since=(3, 12))
def eager_and_ready(make, log):
    """An eager task that does not wait has ended at once"""

    async def main(loop):
        task = loop.create_task(make(ready((1, 2))))
        return task.done(), await task

    log.do("run", run, main, prepare=eager)


@check("Modules/_asynciomodule.c:task_eager_start", since=(3, 12))
def eager_and_waiting(make, log):
    """An eager task that waits goes on later"""

    async def main(loop):
        task = loop.create_task(make(resolved(loop, 3)))
        failing = loop.create_task(make(fails(ValueError("v"))))
        return task.done(), failing.done(), failing.exception(), await task

    log.do("run", run, main, prepare=eager)


@check("Modules/_asynciomodule.c:future_await")
def future_of_another_loop(make, log):
    """A future of another loop is refused"""

    async def main(loop):
        other = asyncio.new_event_loop()
        try:
            await make(other.create_future())
        except RuntimeError as error:
            return "different loop" in str(error)
        finally:
            other.close()

    log.do("run", run, main)


@check("Lib/asyncio/locks.py:Lock", shapes="relay")
def locks(make, log):
    """Locks, events and queues can be awaited through it"""

    async def main(loop):
        lock, event, queue = asyncio.Lock(), asyncio.Event(), asyncio.Queue(1)
        order = []

        async def worker(number):
            await make(lock.acquire())
            order.append(number)
            await make(asyncio.sleep(0))
            lock.release()

        loop.call_soon(event.set)
        await make(event.wait())
        await make(queue.put(1))
        await asyncio.gather(*(worker(number) for number in range(3)))
        return order, await make(queue.get())

    log.do("run", run, main)


@check("Modules/_asynciomodule.c:enter_task")
def current_task(make, log):
    """The current task is its own"""

    async def main(loop):
        async def tell():
            return asyncio.current_task()

        task = loop.create_task(make(tell()))
        return await task is task

    log.do("run", run, main)


@check("Modules/_asynciomodule.c:task_step_impl")
def awaiting_itself(make, log):
    """A task that awaits itself is told so"""

    async def main(loop):
        async def itself():
            await asyncio.current_task()

        task = loop.create_task(make(itself()))
        try:
            await task
        except RuntimeError as error:
            return "cannot await on itself" in str(error)

    log.do("run", run, main)


@check("the loop uvloop")
def under_uvloop(make, log):
    """uvloop runs it as asyncio's own loop does"""
    try:
        import uvloop
    except ImportError:
        raise Skip("uvloop is not installed") from None

    async def main(loop):
        first = make(resolved(loop, 1))
        second = make(asyncio.sleep(0.001, 2))
        return await asyncio.gather(first, second)

    log.do("run", run, main, loop=uvloop.new_event_loop())


@check("the library trio")
def under_trio(make, log):
    """trio runs it"""
    try:
        import trio
    except ImportError:
        raise Skip("trio is not installed") from None

    async def main():
        with trio.move_on_after(0.001) as scope:
            await make(trio.sleep_forever())
        return await make(trio.sleep(0)), scope.cancelled_caught

    log.do("run", trio.run, main)
