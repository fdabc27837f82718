# SPDX-License-Identifier: MIT
"""Native bodies that wait, under trio, and under anyio on both of its loops."""

import contextvars
import threading
import time
import unittest

from support import bodies, extensions

scripted = relay = None
VARIABLE = contextvars.ContextVar("variable", default="none")


def setUpModule():
    global scripted, relay
    scripted, relay = extensions.load("scripted"), extensions.load("relay")


def waits(ms=20, again=None, **more):
    pending = ("pending", ms) if again is None else ("pending", ms, again)
    return scripted.coroutine([pending, ("return", "woken")], **more)


class Trio(unittest.TestCase):
    def setUp(self):
        self.trio = extensions.find("trio")

    def run_loop(self, main):
        async def bounded():
            with self.trio.fail_after(30):
                return await main()

        return self.trio.run(bounded)

    def test_woken_by_another_thread(self):
        async def main():
            start = time.monotonic()
            self.assertEqual(await waits(30), "woken")
            return time.monotonic() - start

        self.assertGreater(self.run_loop(main), 0.025)

    def test_as_the_main_coroutine(self):
        self.assertEqual(self.trio.run(waits), "woken")

    def test_woken_early_twice_and_late(self):
        async def main():
            ops = [("early",)] * 20 + [("pending", 0)] * 20 + [("return", "end")]
            self.assertEqual(await scripted.coroutine(ops), "end")
            self.assertEqual(await waits(2, 0), "woken")
            self.assertEqual(await waits(1, 20), "woken")
            await self.trio.sleep(0.04)
            self.assertEqual(await waits(1, 60), "woken")

        self.run_loop(main)
        time.sleep(0.1)

    def test_many_at_once(self):
        results = []

        async def child(number):
            results.append(await waits(number % 5))

        async def main():
            async with self.trio.open_nursery() as nursery:
                for number in range(40):
                    nursery.start_soon(child, number)

        self.run_loop(main)
        self.assertEqual(results, ["woken"] * 40)

    def test_a_native_body_awaits_what_trio_has(self):
        log = []

        async def main():
            event = self.trio.Event()
            send, receive = self.trio.open_memory_channel(1)
            ops = [
                ("await", self.trio.sleep(0.005)),
                ("await", receive.receive()),
                ("await", event.wait()),
                ("pending", 2),
                ("await", self.trio.lowlevel.checkpoint()),
            ]
            async with self.trio.open_nursery() as nursery:
                nursery.start_soon(bodies.awaits, scripted.coroutine(ops, log=log))
                await send.send("sent")
                await self.trio.sleep(0.01)
                event.set()

        self.run_loop(main)
        self.assertEqual(log, [None, "sent", None, None, None])

    def test_a_cancel_scope_reaches_the_innermost_body(self):
        async def main():
            for depth in (1, 3):
                log = []
                cleanup = [("call", lambda: "cleanup"), ("pending", 1)]
                made = scripted.coroutine([("never",)], cleanup, log)
                made = relay.coroutine(made, depth, depth == 3)
                with self.trio.move_on_after(0.02) as scope:
                    await made
                self.assertTrue(scope.cancelled_caught)
                self.assertIn("cleanup", log)

        self.run_loop(main)

    def test_a_cleanup_that_awaits_in_a_shield(self):
        log = []

        async def shielded():
            with self.trio.CancelScope(shield=True):
                await self.trio.sleep(0.01)
                return "cleaned"

        async def main():
            cleanup = [("await", shielded())]
            with self.trio.move_on_after(0.01):
                await scripted.coroutine([("never",)], cleanup, log)

        self.run_loop(main)
        self.assertEqual(log, ["cleaned"])

    def test_fail_after(self):
        async def main():
            with self.assertRaises(self.trio.TooSlowError):
                with self.trio.fail_after(0.01):
                    await scripted.coroutine([("never",)])

        self.run_loop(main)

    def test_a_nursery_that_fails(self):
        log = []

        async def main():
            async with self.trio.open_nursery() as nursery:
                cleanup = [("call", lambda: "cleanup")]
                made = scripted.coroutine([("never",)], cleanup, log)
                nursery.start_soon(bodies.awaits, made)
                ops = [("pending", 5), ("error", 3, "fails")]
                nursery.start_soon(bodies.awaits, scripted.coroutine(ops))

        with self.assertRaises(BaseException) as caught:
            self.run_loop(main)
        self.assertIn("cleanup", log)
        error = caught.exception
        while getattr(error, "exceptions", None):
            error = error.exceptions[0]
        self.assertEqual((type(error), str(error)), (ValueError, "fails"))

    def test_async_generators_that_wait(self):
        async def main():
            ops = [("item", 1), ("pending", 5), ("item", 2), ("early",), ("item", 3)]
            made = scripted.async_generator(ops)
            return [item async for item in made]

        self.assertEqual(self.run_loop(main), [1, 2, 3])

    def test_context_variables_follow_the_task(self):
        seen = []

        async def child(name):
            VARIABLE.set(name)
            ops = [("pending", 2), ("call", VARIABLE.get)]
            await scripted.coroutine(ops, log=(log := []))
            seen.append(log[-1])

        async def main():
            async with self.trio.open_nursery() as nursery:
                for name in "ab":
                    nursery.start_soon(child, name)

        self.run_loop(main)
        self.assertEqual(sorted(seen), ["a", "b"])

    def test_two_loops_in_two_threads(self):
        results = []

        def thread():
            results.append(self.run_loop(waits))

        threads = [threading.Thread(target=thread) for _ in range(2)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(30)
        self.assertEqual(results, ["woken"] * 2)


class Anyio:
    def setUp(self):
        self.anyio = extensions.find("anyio")
        extensions.find(self.backend)

    def run_loop(self, main, **options):
        return self.anyio.run(main, backend=self.backend, **options)

    def test_woken_by_another_thread(self):
        self.assertEqual(self.run_loop(lambda: bodies.awaits(waits(10))), "woken")

    def test_a_cancel_scope_reaches_the_innermost_body(self):
        log = []

        async def shielded():
            with self.anyio.CancelScope(shield=True):
                await self.anyio.sleep(0.005)
                return "cleaned"

        async def main():
            made = scripted.coroutine([("never",)], [("await", shielded())], log)
            with self.anyio.move_on_after(0.02) as scope:
                await relay.coroutine(made, 2, True)
            self.assertTrue(scope.cancel_called)
            with self.assertRaises(TimeoutError):
                with self.anyio.fail_after(0.01):
                    await scripted.coroutine([("never",)])

        self.run_loop(main)
        self.assertEqual(log, ["cleaned"])

    def test_a_task_group(self):
        results = []

        async def child(number):
            results.append(await waits(number))

        async def main():
            async with self.anyio.create_task_group() as group:
                for number in range(5):
                    group.start_soon(child, number)

        self.run_loop(main)
        self.assertEqual(results, ["woken"] * 5)

    def test_a_native_body_awaits_what_anyio_has(self):
        async def main():
            log = []
            ops = [
                ("await", self.anyio.sleep(0.001)),
                ("await", self.anyio.to_thread.run_sync(lambda: "from a thread")),
                ("pending", 1),
            ]
            await scripted.coroutine(ops, log=log)
            return log

        self.assertEqual(self.run_loop(main), [None, "from a thread", None])


class AnyioOnAsyncio(Anyio, unittest.TestCase):
    backend = "asyncio"


class AnyioOnTrio(Anyio, unittest.TestCase):
    backend = "trio"


class AnyioOnUvloop(Anyio, unittest.TestCase):
    backend = "asyncio"

    def setUp(self):
        extensions.find("uvloop")
        super().setUp()

    def run_loop(self, main):
        return super().run_loop(main, backend_options={"use_uvloop": True})


if __name__ == "__main__":
    unittest.main()
