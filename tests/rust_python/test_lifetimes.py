# SPDX-License-Identifier: MIT
"""Nothing stays behind after many rounds; what is held lives as long as it must."""

import asyncio
import contextlib
import gc
import sys
import threading
import unittest
import weakref

import support

ROUNDS = 2000


class Payload:
    """Something that a leak would keep."""


class Leaks(support.Case):
    def counts(self):
        gc.collect()
        payloads = sum(type(one) is Payload for one in gc.get_objects())
        return self.one.alive(), self.one.blocks(), payloads

    def check(self, function):
        for _ in range(50):
            function()
        before, references = self.counts(), sys.getrefcount(None)
        objects = len(gc.get_objects())
        for _ in range(ROUNDS):
            function()
        self.assertEqual(self.counts(), before)
        self.assertLess(len(gc.get_objects()) - objects, 20)
        if sys.version_info < (3, 12):  # None is immortal from there on
            self.assertLess(abs(sys.getrefcount(None) - references), 20)

    def test_a_life(self):
        self.check(lambda: support.finish(self.one.echo(Payload())))

    def test_a_suspension(self):
        def live():
            made = self.one.relay(support.Suspends(Payload()))
            made.send(None)
            support.finish_with(made, Payload())

        self.check(live)

    def test_one_that_never_runs(self):
        self.check(lambda: self.one.echo(Payload()).close())

    def test_close_and_release(self):
        def live():
            for end in ("close", "release"):
                made = self.one.relay(support.Suspends(Payload()))
                made.send(None)
                if end == "close":
                    made.close()

        self.check(live)

    def test_exceptions(self):
        def live():
            error = KeyError(Payload())
            with contextlib.suppress(KeyError):
                self.one.relay(self.one.fail(error)).send(None)
            made = self.one.relay(support.Suspends())
            made.send(None)
            with contextlib.suppress(KeyError):
                made.throw(error)
            error.__traceback__ = None

        self.check(live)

    def test_native_errors(self):
        def live():
            with contextlib.suppress(ValueError):
                self.one.fail_native("text").send(None)

        self.check(live)

    def test_panics(self):
        def live():
            with contextlib.suppress(BaseException):
                self.one.panics("text").send(None)

        self.check(live)

    def test_waiting(self):
        async def main():
            for _ in range(ROUNDS // 10):
                await self.one.join(
                    [self.one.relay(asyncio.sleep(0)) for _ in range(3)]
                )
                await self.one.relay_detached(asyncio.sleep(0))
                await self.one.slept(0)

        self.run_async(main)
        before = self.counts()
        self.run_async(main)
        self.assertEqual(self.counts(), before)

    def test_cancelling(self):
        async def main():
            for _ in range(ROUNDS // 10):
                never = asyncio.get_running_loop().create_future()
                task = asyncio.ensure_future(
                    self.one.join([never, self.one.keeps_waker()])
                )
                await asyncio.sleep(0)
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

        self.run_async(main)
        self.one.wake_kept(1)
        before = self.counts()
        self.run_async(main)
        self.one.wake_kept(1)
        self.assertEqual(self.counts(), before)

    def test_streams(self):
        async def numbers():
            for _ in range(3):
                yield Payload()

        async def main():
            for _ in range(ROUNDS // 10):
                await self.one.collect(numbers())
                await self.one.take(numbers(), 1)
                await self.one.collect(self.one.count_to(2))

        self.run_async(main)
        before = self.counts()
        self.run_async(main)
        self.assertEqual(self.counts(), before)


class Holding(support.Case):
    def test_arguments_live_as_long_as_the_future(self):
        payload = Payload()
        known = weakref.ref(payload)
        made = self.one.echo(payload)
        del payload
        self.assertIsNotNone(known())
        made.close()
        self.assertIsNone(known())

    def test_the_result_ends_with_whoever_has_it(self):
        payload = Payload()
        known = weakref.ref(payload)
        self.assertIs(support.finish(self.one.echo(payload)), payload)
        del payload
        self.assertIsNone(known())

    def test_the_object_of_a_method_lives_as_long(self):
        alive = self.one.alive()
        client = self.one.Client("ann")
        made = client.me()
        del client
        self.assertEqual(self.one.alive(), alive + 1)
        made.close()
        self.assertEqual(self.one.alive(), alive)

    def test_released_by_another_thread(self):
        log = []
        made = [self.one.guarded(log, support.Suspends())]
        made[0].send(None)
        thread = threading.Thread(target=made.clear)
        thread.start()
        thread.join()
        self.assertEqual(log, ["dropped"])

    def test_a_local_one_is_dropped_by_its_own_thread(self):
        made = [self.one.local(60_000)]

        async def main():
            made[0].send(None)

        self.run_async(main)
        alive = self.one.alive()
        thread = threading.Thread(target=made.clear)
        thread.start()
        thread.join()
        text = "RuntimeError: 'coroutine' belongs to another thread"
        self.assertEqual(self.take_reports(), [text])  # that cannot close it
        self.assertEqual(self.one.alive(), alive)
        self.one.local(1).close()
        self.assertEqual(self.one.alive(), alive - 1)

    def test_dropped_in_the_middle_of_a_join(self):
        log = []

        async def inner(name):
            try:
                await support.Suspends(name)
            finally:
                log.append(name)

        made = self.one.join([inner("a")])
        self.assertEqual(made.send(None), "a")
        made.close()
        self.assertEqual(log, ["a"])


class Interpreters(unittest.TestCase):
    """A process may end whatever still lives."""

    def test_exit_with_suspended_ones(self):
        out = support.run_code(
            """
            import rust_one
            class Suspends:
                def __await__(self):
                    yield
            kept = [rust_one.relay(Suspends()), rust_one.guarded([], Suspends())]
            for one in kept:
                one.send(None)
            globals()["more"] = rust_one.relay_detached(Suspends())
            more.send(None)
            print("end")
            """
        )
        self.assertEqual(out, "end\n")

    def test_exit_while_threads_wake(self):
        out = support.run_code(
            """
            import asyncio, rust_one
            async def main():
                for n in (1, 50):
                    task = asyncio.ensure_future(rust_one.slept(n))
                    await asyncio.sleep(0)
                    task.cancel()
                return await rust_one.slept(0)
            print(asyncio.run(main()))
            """
        )
        self.assertEqual(out, "woken\n")


if __name__ == "__main__":
    unittest.main()
