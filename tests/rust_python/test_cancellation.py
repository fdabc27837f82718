# SPDX-License-Identifier: MIT
"""Cancelling: destructors run, or the future is told and may delay or refuse."""

import asyncio
import unittest

import support


class Cancelling(support.Case):
    def cancelled(self, made, *, message=None):
        """Cancels a task of `made` while it waits. @return its exception."""

        async def main():
            task = asyncio.ensure_future(made)
            await asyncio.sleep(0)
            task.cancel(message)
            try:
                return await task
            except asyncio.CancelledError as error:
                return error

        return self.run_async(main)

    def test_the_future_is_dropped(self):
        log = []
        error = self.cancelled(self.one.guarded(log), message="enough")
        self.assertIs(type(error), asyncio.CancelledError)
        self.assertEqual(log, ["dropped"])

    def test_what_it_awaits_is_cancelled_first(self):
        log = []

        async def inner():
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError:
                log.append("inner")
                raise

        error = self.cancelled(self.one.guarded(log, inner()))
        self.assertIs(type(error), asyncio.CancelledError)
        self.assertEqual(log, ["inner", "dropped"])

    def test_what_it_awaits_may_clean_up_first(self):
        log = []

        async def inner():
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                log.append("cleaned")

        for relay in (self.one.relay, self.one.relay_detached):
            error = self.cancelled(relay(inner()))
            self.assertIs(type(error), asyncio.CancelledError)
        self.assertEqual(log, ["cleaned"] * 2)

    def test_all_that_it_awaits_are_cancelled(self):
        log = []

        async def inner(name):
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                await asyncio.sleep(0)
                log.append(name)

        error = self.cancelled(self.one.join_all([inner("a"), inner("b")]))
        self.assertIs(type(error), asyncio.CancelledError)
        self.assertEqual(sorted(log), ["a", "b"])

    def test_a_future_that_it_awaits_is_cancelled(self):
        async def main():
            future = asyncio.get_running_loop().create_future()
            task = asyncio.ensure_future(self.one.relay(future))
            await asyncio.sleep(0)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task
            return future.cancelled()

        self.assertTrue(self.run_async(main))

    def test_it_is_told(self):
        self.assertEqual(self.cancelled(self.one.told()), "told: CancelledError")

    def test_it_refuses(self):
        async def main():
            done = asyncio.get_running_loop().create_future()
            task = asyncio.ensure_future(self.one.refuses(done))
            for _ in range(2):
                await asyncio.sleep(0)
                task.cancel()
            await asyncio.sleep(0)
            self.assertFalse(task.done() or done.done())
            done.set_result(None)
            return await task

        self.assertEqual(self.run_async(main), "refused")

    def test_it_cleans_up_first(self):
        log = []

        async def cleanup():
            await asyncio.sleep(0)
            log.append("clean")

        error = self.cancelled(self.one.cleans_up(cleanup()))
        self.assertIs(type(error), asyncio.CancelledError)
        self.assertEqual(log, ["clean"])

    def test_a_timeout(self):
        log = []

        async def main():
            try:
                await asyncio.wait_for(self.one.guarded(log), 0.01)
            except asyncio.TimeoutError:
                return "timeout"

        self.assertEqual(self.run_async(main), "timeout")
        self.assertEqual(log, ["dropped"])

    def test_a_tokio_timer_is_dropped(self):
        error = self.cancelled(self.one.tokio_slept(60_000))
        self.assertIs(type(error), asyncio.CancelledError)

    def test_close_drops_it(self):
        log = []
        made = self.one.guarded(log, support.Suspends())
        made.send(None)
        made.close()
        self.assertEqual(log, ["dropped"])

    def test_release_drops_it(self):
        log = []
        made = self.one.guarded(log, support.Suspends())
        made.send(None)
        del made
        self.assertEqual(log, ["dropped"])

    def test_thrown_before_it_began(self):
        log = []
        made = self.one.guarded(log)
        error = KeyError("thrown")
        with self.assertRaises(KeyError) as caught:
            made.throw(error)
        self.assertIs(caught.exception, error)
        self.assertEqual(log, [])

    def test_the_same_exception_comes_out(self):
        made = self.one.relay(support.Suspends())
        made.send(None)
        error = KeyError("thrown")
        with self.assertRaises(KeyError) as caught:
            made.throw(error)
        self.assertIs(caught.exception, error)


if __name__ == "__main__":
    unittest.main()
