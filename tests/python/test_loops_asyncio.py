# SPDX-License-Identifier: MIT
"""Native bodies that wait, under asyncio with each kind of task, and uvloop."""

import asyncio
import contextvars
import gc
import sys
import threading
import time
import unittest
import unittest.mock
import warnings

from support import bodies, extensions

scripted = relay = None
VARIABLE = contextvars.ContextVar("variable", default="none")


def setUpModule():
    global scripted, relay
    scripted, relay = extensions.load("scripted"), extensions.load("relay")


def waits(ms=20, again=None, **more):
    pending = ("pending", ms) if again is None else ("pending", ms, again)
    return scripted.coroutine([pending, ("return", "woken")], **more)


class Waiting:
    """What holds under every loop that is asyncio's or like it."""

    def run_loop(self, main):
        """Runs `main()`, a coroutine function, to its end."""
        loop = self.make_loop()
        try:
            asyncio.set_event_loop(loop)
            self.prepare(loop)
            return loop.run_until_complete(asyncio.wait_for(main(), 30))
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            asyncio.set_event_loop(None)
            loop.close()

    def make_loop(self):
        return asyncio.new_event_loop()

    def prepare(self, loop):
        pass

    def setUp(self):
        self.old_warnings = warnings.catch_warnings()
        self.old_warnings.__enter__()
        warnings.simplefilter("error")
        warnings.simplefilter("default", DeprecationWarning)
        self.addCleanup(self.old_warnings.__exit__, None, None, None)
        self.reports = []
        hook, sys.unraisablehook = sys.unraisablehook, self.reports.append
        self.addCleanup(setattr, sys, "unraisablehook", hook)

    def tearDown(self):
        gc.collect()
        self.assertEqual([str(report.exc_value) for report in self.reports], [])

    def test_woken_by_another_thread(self):
        async def main():
            start = time.monotonic()
            self.assertEqual(await waits(30), "woken")
            return time.monotonic() - start

        self.assertGreater(self.run_loop(main), 0.025)

    def test_as_the_coroutine_of_a_task(self):
        async def main():
            return await asyncio.create_task(waits())

        self.assertEqual(self.run_loop(main), "woken")

    def test_woken_at_once(self):
        async def main():
            return await waits(0)

        for _ in range(20):
            self.assertEqual(self.run_loop(main), "woken")

    def test_woken_before_it_waits(self):
        async def main():
            ops = [("early",)] * 50 + [("return", "early")]
            return await scripted.coroutine(ops)

        self.assertEqual(self.run_loop(main), "early")

    def test_woken_twice(self):
        async def main():
            self.assertEqual(await waits(5, 0), "woken")
            ops = [("pending", 1, 10), ("pending", 30), ("return", "both")]
            self.assertEqual(await scripted.coroutine(ops), "both")

        self.run_loop(main)

    def test_woken_after_the_end(self):
        async def main():
            self.assertEqual(await waits(1, 30), "woken")
            await asyncio.sleep(0.06)

        self.run_loop(main)

    def test_woken_after_the_loop_is_closed(self):
        async def main():
            self.assertEqual(await waits(1, 60), "woken")

        self.run_loop(main)
        time.sleep(0.1)

    def test_others_run_meanwhile(self):
        async def main():
            task = asyncio.create_task(waits(60))
            turns = 0
            while not task.done():
                await asyncio.sleep(0.005)
                turns += 1
            return turns

        self.assertGreater(self.run_loop(main), 3)

    def test_many_at_once(self):
        async def main():
            made = [waits(number % 7) for number in range(60)]
            return await asyncio.gather(*made)

        self.assertEqual(self.run_loop(main), ["woken"] * 60)

    def test_many_in_a_row(self):
        async def main():
            ops = [("pending", 0)] * 100 + [("return", "end")]
            return await scripted.coroutine(ops)

        self.assertEqual(self.run_loop(main), "end")

    def test_below_relays(self):
        async def main():
            for depth in (1, 4):
                for native in (False, True):
                    made = relay.coroutine(waits(2), depth, native)
                    self.assertEqual(await made, "woken")

        self.run_loop(main)

    def test_a_native_body_awaits_what_python_has(self):
        log = []

        async def main():
            future = asyncio.get_running_loop().create_future()
            asyncio.get_running_loop().call_later(0.01, future.set_result, "future")
            task = asyncio.create_task(bodies.ready("task"))
            ops = [
                ("await", asyncio.sleep(0.001, "slept")),
                ("await", future),
                ("await", task),
                ("await", asyncio.sleep(0, "yielded")),
                ("await", asyncio.gather(bodies.ready(1), bodies.ready(2))),
                ("pending", 1),
            ]
            await scripted.coroutine(ops, log=log)

        self.run_loop(main)
        self.assertEqual(log, ["slept", "future", "task", "yielded", [1, 2], None])

    def test_a_queue_and_a_lock(self):
        async def main():
            queue, lock, log = asyncio.Queue(), asyncio.Lock(), []
            ops = [
                ("await", lock.acquire()),
                ("await", queue.get()),
                ("call", lock.release),
                ("await", queue.get()),
            ]
            task = asyncio.create_task(scripted.coroutine(ops, log=log))
            await asyncio.sleep(0.01)
            self.assertTrue(lock.locked())
            await queue.put("one")
            await asyncio.sleep(0.01)
            self.assertFalse(lock.locked())
            await queue.put("two")
            await task
            self.assertEqual(log, [True, "one", None, "two"])

        self.run_loop(main)

    def test_async_generators_that_wait(self):
        async def main():
            ops = [("item", 1), ("pending", 5), ("item", 2), ("early",), ("item", 3)]
            made = scripted.async_generator(ops)
            return [item async for item in made]

        self.assertEqual(self.run_loop(main), [1, 2, 3])

    def test_an_async_generator_left_open_is_closed_by_the_loop(self):
        log = []

        async def main():
            made = scripted.async_generator(
                [("item", 1), ("item", 2)], [("await", asyncio.sleep(0, "slept"))], log
            )
            async for item in made:
                self.assertEqual(item, 1)
                break
            return made

        made = self.run_loop(main)
        self.assertEqual(log[-1], "slept")
        del made

    def cancelled(self, cancel, *, ops=None, outer=None):
        """What the log of a body shows that is cancelled by `cancel(task)`."""
        log = []

        async def main():
            body = ops or [("never",)]
            cleanup = [("await", asyncio.sleep(0.005, "cleaned")), ("pending", 2)]
            made = scripted.coroutine(body, cleanup, log)
            for depth in (1, 3):
                made = relay.coroutine(made, depth, depth == 3)
            task = asyncio.create_task((outer or bodies.awaits)(made))
            await asyncio.sleep(0.02)
            await cancel(task)

        self.run_loop(main)
        return log

    def test_a_cancelled_task_cleans_up(self):
        async def cancel(task):
            task.cancel("the reason")
            with self.assertRaises(asyncio.CancelledError) as caught:
                await task
            self.assertTrue(task.cancelled())
            if sys.version_info >= (3, 11):
                self.assertEqual(caught.exception.args, ("the reason",))

        self.assertEqual(self.cancelled(cancel), ["cleaned", None])

    def test_a_cancel_can_be_caught(self):
        async def cancel(task):
            task.cancel()
            self.assertEqual(await task, "went on")

        ops = [("never",), ("catch",), ("return", "went on")]
        log = self.cancelled(cancel, ops=ops)
        self.assertIsInstance(log[0], asyncio.CancelledError)
        self.assertEqual(log[1:], ["cleaned", None])

    def test_a_cancel_reaches_what_it_awaits(self):
        reached = []

        async def sleeper():
            try:
                await asyncio.sleep(30)
            except asyncio.CancelledError:
                reached.append("sleeper")
                raise

        async def main():
            task = asyncio.create_task(scripted.coroutine([("await", sleeper())]))
            await asyncio.sleep(0.01)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task

        self.run_loop(main)
        self.assertEqual(reached, ["sleeper"])

    def test_cancelled_before_it_began(self):
        log = []

        async def main():
            ops = [("call", lambda: "ran"), ("never",)]
            task = asyncio.create_task(scripted.coroutine(ops, log=log))
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task

        self.run_loop(main)
        self.assertIn(log, ([], ["ran"]))  # an eager task has run it

    def test_wait_for(self):
        log = []

        async def main():
            made = scripted.coroutine(
                [("never",)], [("await", asyncio.sleep(0, "cleaned"))], log
            )
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(made, 0.02)
            return await asyncio.wait_for(waits(5), 20)

        self.assertEqual(self.run_loop(main), "woken")
        self.assertEqual(log, ["cleaned"])

    @unittest.skipIf(sys.version_info < (3, 11), "asyncio.timeout came with 3.11")
    def test_timeout(self):
        log = []

        async def main():
            cleanup = [("await", asyncio.sleep(0, "cleaned"))]
            with self.assertRaises(TimeoutError):
                async with asyncio.timeout(0.02):
                    await scripted.coroutine([("never",)], cleanup, log)
            async with asyncio.timeout(20):
                return await waits(5)

        self.assertEqual(self.run_loop(main), "woken")
        self.assertEqual(log, ["cleaned"])

    @unittest.skipIf(sys.version_info < (3, 11), "TaskGroup came with 3.11")
    def test_task_group(self):
        log = []

        async def main():
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(waits(n)) for n in range(3)]
            self.assertEqual([task.result() for task in tasks], ["woken"] * 3)
            with self.assertRaises(BaseExceptionGroup) as caught:  # noqa: F821
                async with asyncio.TaskGroup() as group:
                    cleanup = [("await", asyncio.sleep(0, "cleaned"))]
                    group.create_task(scripted.coroutine([("never",)], cleanup, log))
                    ops = [("pending", 5), ("error", 3, "fails")]
                    group.create_task(scripted.coroutine(ops))
            (error,) = caught.exception.exceptions
            self.assertEqual((type(error), str(error)), (ValueError, "fails"))

        self.run_loop(main)
        self.assertEqual(log, ["cleaned"])

    def test_gather_and_shield_and_wait(self):
        async def main():
            results = await asyncio.gather(
                waits(1),
                scripted.coroutine([("error", 3, "m")]),
                return_exceptions=True,
            )
            self.assertEqual(results[0], "woken")
            self.assertEqual(repr(results[1]), "ValueError('m')")
            self.assertEqual(await asyncio.shield(waits(1)), "woken")
            tasks = [asyncio.create_task(waits(n)) for n in (1, 2)]
            done, pending = await asyncio.wait(tasks)
            self.assertEqual((len(done), len(pending)), (2, 0))
            for made in asyncio.as_completed([waits(1), waits(3)]):
                self.assertEqual(await made, "woken")

        self.run_loop(main)

    def test_from_another_thread(self):
        async def main():
            loop = asyncio.get_running_loop()
            future = asyncio.run_coroutine_threadsafe
            return await loop.run_in_executor(
                None, lambda: future(waits(2), loop).result(20)
            )

        self.assertEqual(self.run_loop(main), "woken")

    def test_context_variables_follow_the_task(self):
        log = []

        async def child(name):
            VARIABLE.set(name)
            ops = [
                ("call", VARIABLE.get),
                ("pending", 2),
                ("call", VARIABLE.get),
                ("await", asyncio.sleep(0)),
                ("call", VARIABLE.get),
            ]
            await scripted.coroutine(ops, log=(own := []))
            log.append([entry for entry in own if entry is not None])

        async def main():
            await asyncio.gather(*(child(name) for name in "abc"))

        self.run_loop(main)
        self.assertEqual(sorted(log), [["a"] * 3, ["b"] * 3, ["c"] * 3])

    def test_two_loops_in_two_threads(self):
        results = []

        def thread():
            async def main():
                return await asyncio.gather(*(waits(n) for n in range(10)))

            results.append(self.run_loop(main))

        threads = [threading.Thread(target=thread) for _ in range(2)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(30)
        self.assertEqual(results, [["woken"] * 10] * 2)

    def test_a_task_that_is_dropped(self):
        async def main():
            asyncio.create_task(waits(10))
            await asyncio.sleep(0.03)

        self.run_loop(main)

    def test_unfinished_when_the_loop_ends(self):
        log = []

        async def main():
            made = scripted.coroutine([("never",)], [("call", lambda: "end")], log)
            self.left = asyncio.ensure_future(made)
            await asyncio.sleep(0.01)

        self.run_loop(main)
        self.left._log_destroy_pending = False
        del self.left
        gc.collect()
        self.assertEqual(log, ["end"])

    def test_the_current_task_and_loop_are_known(self):
        async def main():
            task = asyncio.current_task()
            ops = [
                ("call", asyncio.current_task),
                ("pending", 1),
                ("call", asyncio.current_task),
                ("call", asyncio.get_running_loop),
            ]
            await scripted.coroutine(ops, log=(log := []))
            self.assertEqual(log[0], task)
            self.assertEqual(log[2:], [task, asyncio.get_running_loop()])

        self.run_loop(main)

    def test_a_loop_that_is_slow_is_not_flooded(self):
        async def main():
            made = [waits(0) for _ in range(20)]
            tasks = [asyncio.ensure_future(one) for one in made]
            await asyncio.sleep(0)
            time.sleep(0.05)  # all wake while the loop cannot run
            return await asyncio.gather(*tasks)

        self.assertEqual(self.run_loop(main), ["woken"] * 20)


class Tasks(Waiting, unittest.TestCase):
    """asyncio's tasks in C."""


class PurePythonTasks(Waiting, unittest.TestCase):
    """asyncio's tasks in Python."""

    def prepare(self, loop):
        task = asyncio.tasks._PyTask
        if sys.version_info >= (3, 14):  # from then on C's knows only C's tasks
            known = asyncio.tasks._py_current_task
            for module in (asyncio, asyncio.tasks):
                patch = unittest.mock.patch.object(module, "current_task", known)
                self.addCleanup(patch.stop)
                patch.start()
        loop.set_task_factory(lambda loop, coro, **more: task(coro, loop=loop, **more))


class DebugMode(Waiting, unittest.TestCase):
    """asyncio's debug mode."""

    def prepare(self, loop):
        loop.set_debug(True)
        loop.slow_callback_duration = 10


@unittest.skipIf(sys.version_info < (3, 12), "eager tasks came with 3.12")
class EagerTasks(Waiting, unittest.TestCase):
    """Tasks that begin when they are made."""

    def prepare(self, loop):
        loop.set_task_factory(asyncio.eager_task_factory)

    def test_ends_within_its_creation(self):
        async def main():
            made = scripted.coroutine([("return", "at once")])
            task = asyncio.create_task(made)
            self.assertTrue(task.done())
            return task.result()

        self.assertEqual(self.run_loop(main), "at once")


class Uvloop(Waiting, unittest.TestCase):
    """uvloop, which must be installed."""

    def setUp(self):
        self.uvloop = extensions.find("uvloop")
        super().setUp()

    def make_loop(self):
        return self.uvloop.new_event_loop()


class WithoutALoop(unittest.TestCase):
    def test_it_cannot_wait(self):
        made = scripted.coroutine([("early",), ("return", 1)])
        with self.assertRaises(RuntimeError) as caught:
            made.send(None)
        self.assertTrue(str(caught.exception))

    def test_a_body_that_waits_in_spite_of_it(self):
        made = scripted.coroutine([("status", 3)])
        with self.assertRaises(RuntimeError) as caught:
            made.send(None)
        self.assertTrue(str(caught.exception))


if __name__ == "__main__":
    unittest.main()
