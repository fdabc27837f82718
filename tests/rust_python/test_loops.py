# SPDX-License-Identifier: MIT
"""Rust futures that wait, under asyncio with each kind of task, uvloop and trio."""

import asyncio
import asyncio.tasks
import pathlib
import sys
import tempfile
import threading
import unittest
import unittest.mock

import support


class Waiting:
    """What holds under every loop. `run_loop(main)`, `gather` and `pause` are its."""

    def test_woken_by_a_thread(self):
        async def main():
            return await self.one.slept(5)

        self.assertEqual(self.run_loop(main), "woken")

    def test_woken_at_once(self):
        async def main():
            return [await self.one.slept(0) for _ in range(30)]

        self.assertEqual(self.run_loop(main), ["woken"] * 30)

    def test_woken_often(self):
        async def main():
            return await self.one.wakes_often(50)

        self.assertEqual(self.run_loop(main), 50)

    def test_items_that_a_thread_wakes_for(self):
        async def main():
            return [item async for item in self.one.woken_items(3000)]

        self.assertEqual(self.run_loop(main), list(range(3000)))

    def test_many_at_once(self):
        async def main():
            return await self.gather([self.one.slept(n % 7) for n in range(60)])

        self.assertEqual(self.run_loop(main), ["woken"] * 60)

    def test_below_others(self):
        async def main():
            made = self.one.slept(2)
            for _ in range(5):
                made = self.one.relay(made)
            return await made

        self.assertEqual(self.run_loop(main), "woken")

    def test_the_runtime_is_entered_below_too(self):
        async def main():
            return await self.one.tokio_below()

        self.assertIs(self.run_loop(main), True)

    def test_timers_of_tokio(self):
        async def main():
            return await self.gather([self.one.tokio_slept(n) for n in range(10)])

        self.assertEqual(self.run_loop(main), ["slept"] * 10)

    def test_files_of_tokio(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "read")
            path.write_text("read by tokio")

            async def main():
                text = await self.one.tokio_read(str(path))
                try:
                    await self.one.tokio_read(str(path) + ".not")
                except FileNotFoundError as error:
                    return text, str(error)

            missing = "No such file or directory (os error 2)"
            self.assertEqual(self.run_loop(main), ("read by tokio", missing))

    def test_tasks_of_tokio(self):
        async def main():
            return await self.one.tokio_spawned(21)

        self.assertEqual(self.run_loop(main), 42)

    def test_timers_of_smol(self):
        async def main():
            return await self.gather([self.one.smol_slept(n) for n in range(5)])

        self.assertEqual(self.run_loop(main), ["slept"] * 5)

    def test_a_python_coroutine_in_a_task_of_tokio(self):
        async def inner():
            return await self.one.slept(1), threading.get_ident()

        async def main():
            return await self.one.in_tokio(inner())

        result, thread = self.run_loop(main)
        self.assertEqual(result, "woken")
        self.assertNotEqual(thread, threading.get_ident())

    def test_a_poll_without_the_lock_lets_others_run(self):
        gate = self.one.Gate()
        thread = threading.Thread(target=gate.open)

        async def main():
            thread.start()
            return await self.one.passes_gate_detached(gate)

        self.assertEqual(self.run_loop(main), "passed")
        thread.join()

    def test_others_run_meanwhile(self):
        async def main():
            turns = 0

            async def count():
                nonlocal turns
                for _ in range(10):
                    await self.pause()
                    turns += 1
                return turns

            await self.gather([self.one.slept(20), count()])
            return turns

        self.assertEqual(self.run_loop(main), 10)

    def test_python_that_waits_in_rust_that_waits(self):
        async def main():
            async def inner():
                await self.pause()
                return await self.one.slept(1)

            joined = self.one.join([inner(), self.one.relay(inner())])
            return await joined

        self.assertEqual(self.run_loop(main), ["woken", "woken"])


class Asyncio(Waiting):
    def run_loop(self, main):
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

    async def gather(self, made):
        return await asyncio.gather(*made)

    async def pause(self):
        await asyncio.sleep(0)

    def test_a_future_of_the_loop_in_a_task_of_tokio(self):
        async def main():
            future = asyncio.get_running_loop().create_future()
            asyncio.get_running_loop().call_later(0.01, future.set_result, "set")
            return await self.one.in_tokio(future)

        self.assertEqual(self.run_loop(main), "set")

    def test_a_task_of_tokio_that_is_aborted_closes_what_it_awaits(self):
        log = []

        async def inner(loop, begun, never):
            try:
                loop.call_soon_threadsafe(begun.set_result, None)
                await never
            finally:
                log.append("closed")

        async def main():
            loop = asyncio.get_running_loop()
            begun, never = loop.create_future(), loop.create_future()
            made = inner(loop, begun, never)
            return await self.one.aborted_in_tokio(made, begun)

        self.assertTrue(self.run_loop(main))
        self.assertEqual(log, ["closed"])

    def test_woken_after_its_loop_has_closed(self):
        async def main():
            task = asyncio.ensure_future(self.one.keeps_waker())
            await asyncio.sleep(0)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task

        self.run_loop(main)
        self.assertTrue(self.one.wake_kept(3))

    def test_woken_while_its_loop_is_closed(self):
        loop = self.make_loop()
        made = self.one.keeps_waker()

        async def main():
            return made.send(None)

        future = loop.run_until_complete(main())
        self.assertFalse(future.done())
        loop.close()
        self.assertTrue(self.one.wake_kept(3))
        made.close()
        self.one.answer().close()


class Tasks(Asyncio, support.Case):
    pass


class PurePythonTasks(Asyncio, support.Case):
    """asyncio's tasks and futures in Python."""

    def prepare(self, loop):
        task = asyncio.tasks._PyTask
        if hasattr(asyncio.tasks, "_py_current_task"):
            known = asyncio.tasks._py_current_task
            for module in (asyncio, asyncio.tasks):
                patch = unittest.mock.patch.object(module, "current_task", known)
                self.addCleanup(patch.stop)
                patch.start()
        loop.set_task_factory(lambda loop, coro, **more: task(coro, loop=loop, **more))


class DebugMode(Asyncio, support.Case):
    def prepare(self, loop):
        loop.set_debug(True)
        loop.slow_callback_duration = 10


@unittest.skipIf(sys.version_info < (3, 12), "eager tasks came with 3.12")
class EagerTasks(Asyncio, support.Case):
    def prepare(self, loop):
        loop.set_task_factory(asyncio.eager_task_factory)


class Uvloop(Asyncio, support.Case):
    """uvloop, which must be installed."""

    def setUp(self):
        self.uvloop = support.find("uvloop")
        super().setUp()

    def make_loop(self):
        return self.uvloop.new_event_loop()


class Trio(Waiting, support.Case):
    """trio, which must be installed."""

    def setUp(self):
        self.trio = support.find("trio")
        super().setUp()

    def run_loop(self, main):
        async def bounded():
            with self.trio.fail_after(30):
                return await main()

        return self.trio.run(bounded)

    async def gather(self, made):
        results = [None] * len(made)

        async def keep(place, one):
            results[place] = await one

        async with self.trio.open_nursery() as nursery:
            for place, one in enumerate(made):
                nursery.start_soon(keep, place, one)
        return results

    async def pause(self):
        await self.trio.sleep(0)

    def test_cancelled_by_a_scope(self):
        async def main():
            log = []
            with self.trio.move_on_after(0.01) as scope:
                await self.one.guarded(log)
            return log, scope.cancelled_caught

        self.assertEqual(self.run_loop(main), (["dropped"], True))

    def test_a_sleep_of_trio_in_rust(self):
        async def main():
            for relay in (self.one.relay, self.one.relay_detached):
                await relay(self.trio.sleep(0.001))
            return "slept"

        self.assertEqual(self.run_loop(main), "slept")

    @unittest.skip("two of trio's waits at once need a task for each")
    def test_python_that_waits_in_rust_that_waits(self):
        pass

    @unittest.skip("trio runs in one thread only")
    def test_a_python_coroutine_in_a_task_of_tokio(self):
        pass


class WithoutALoop(support.Case):
    def test_it_cannot_wait(self):
        made = self.one.slept(1)
        with self.assertRaises(RuntimeError) as caught:
            made.send(None)
        self.assertIn("no event loop runs in this thread", str(caught.exception))

    def test_what_does_not_wait_runs(self):
        gate = self.one.Gate()
        gate.open()
        for function in (self.one.passes_gate, self.one.passes_gate_detached):
            self.assertEqual(support.finish(function(gate)), "passed")


class Moving(support.Case):
    """One coroutine in the hands of several loops and threads."""

    def test_begun_in_one_thread_and_ended_in_another(self):
        made = self.one.relay(support.Suspends("first"))
        self.assertEqual(made.send(None), "first")
        results = []
        thread = threading.Thread(
            target=lambda: results.append(support.finish_with(made, "second"))
        )
        thread.start()
        thread.join()
        self.assertEqual(results, ["second"])

    def test_a_local_one_stays_in_its_thread(self):
        made = self.one.local(1)
        errors = []

        def drive():
            try:
                made.send(None)
            except RuntimeError as error:
                errors.append(str(error))

        thread = threading.Thread(target=drive)
        thread.start()
        thread.join()
        self.assertEqual(len(errors), 1)
        self.assertIn("thread", errors[0])

        async def main():
            return await made

        self.assertEqual(self.run_async(main), 1)

    def test_two_threads_drive_many(self):
        def drive(results):
            async def main():
                made = [self.one.slept(n % 3) for n in range(50)]
                return await asyncio.gather(*made)

            results.append(asyncio.run(main()))

        results = []
        threads = [threading.Thread(target=drive, args=(results,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [["woken"] * 50] * 2)


if __name__ == "__main__":
    unittest.main()
