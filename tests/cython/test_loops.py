# SPDX-License-Identifier: MIT
"""Under asyncio, uvloop and trio."""

import asyncio
import importlib
import unittest

import modules

forms = modules.load("forms")
chain = modules.load("chain_here")
answer = modules.load("answer")
countdown = modules.load("countdown")


def find(name):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest(f"{name} cannot be imported: {error}") from None


class Asyncio(unittest.TestCase):
    def run_(self, main):
        return asyncio.run(main)

    def test_sleeping(self):
        for function in (chain.relay, chain.flat):
            made = function(function(asyncio.sleep(0.001, "slept")))
            self.assertEqual(self.run_(made), "slept")

    def test_as_tasks(self):
        async def main():
            made = (forms.held(n, asyncio.sleep(0)) for n in range(20))
            return await asyncio.gather(*made)

        self.assertEqual(self.run_(main()), list(range(20)))

    def test_cancelling(self):
        async def main(log):
            waiting = asyncio.Event()

            async def forever():
                waiting.set()
                await asyncio.Event().wait()

            task = asyncio.ensure_future(forms.cleaned(forever(), log))
            await waiting.wait()
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task
            return task.cancelled()

        log = []
        self.assertTrue(self.run_(main(log)))
        self.assertEqual(log, ["CancelledError", "cleanup"])

    def test_a_timeout(self):
        async def main(log):
            made = forms.cleaned(asyncio.Event().wait(), log)
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(made, 0.001)

        log = []
        self.run_(main(log))
        self.assertEqual(log, ["CancelledError", "cleanup"])

    def test_async_generators(self):
        async def main(log):
            made = forms.numbers(5, log)
            got = [await made.asend(None), await made.asend("sent")]
            with self.assertRaises(KeyError) as caught:
                await made.athrow(KeyError("k"))
            self.assertEqual(caught.exception.args, ("k",))
            with self.assertRaises(StopAsyncIteration):
                await made.asend(None)
            closed = forms.numbers(5, log)
            await closed.__anext__()
            await closed.aclose()
            return got, [item async for item in forms.numbers(3, log)]

        log = []
        self.assertEqual(self.run_(main(log)), ([0, 1], [0, 1, 2]))
        self.assertEqual(log, ["sent", "cleanup", "cleanup", "cleanup"])

    def test_an_async_generator_that_is_left(self):
        async def main(log):
            async for number in forms.numbers(5, log):
                if number == 2:
                    break
            del number
            await asyncio.sleep(0)
            await asyncio.sleep(0)

        log = []
        self.run_(main(log))
        self.assertEqual(log, ["cleanup"])

    def test_extension_types(self):
        async def main():
            return await countdown.Countdown(3), await countdown.Doubled(4)

        self.assertEqual(self.run_(main()), (3, 8))

    def test_an_error_of_an_extension_type(self):
        async def main():
            await countdown.Countdown(13)

        with self.assertRaises(ValueError) as caught:
            self.run_(main())
        self.assertEqual(caught.exception.args, ("13 is too many",))

    def test_the_examples(self):
        async def main():
            log = []
            sleeping = asyncio.sleep(0, 21)
            return await answer.doubled(answer.logged(sleeping, log.append)), log

        self.assertEqual(self.run_(answer.answer()), 42)
        self.assertEqual(self.run_(main()), (42, [21]))


class Uvloop(Asyncio):
    def setUp(self):
        self.uvloop = find("uvloop")

    def run_(self, main):
        loop = self.uvloop.new_event_loop()
        try:
            return loop.run_until_complete(main)
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()


class Trio(unittest.TestCase):
    def setUp(self):
        self.trio = find("trio")

    def test_sleeping(self):
        async def main():
            await chain.relay(chain.flat(self.trio.sleep(0.001)))
            return await forms.held("end", self.trio.lowlevel.checkpoint())

        self.assertEqual(self.trio.run(main), "end")

    def test_cancelling(self):
        async def main(log):
            with self.trio.CancelScope() as scope:
                scope.cancel()
                await forms.cleaned(self.trio.sleep_forever(), log)
            return scope.cancelled_caught

        log = []
        self.assertTrue(self.trio.run(main, log))
        self.assertEqual(log, ["Cancelled", "cleanup"])

    def test_async_generators(self):
        async def main(log):
            return [item async for item in forms.numbers(3, log)]

        log = []
        self.assertEqual(self.trio.run(main, log), [0, 1, 2])
        self.assertEqual(log, ["cleanup"])
