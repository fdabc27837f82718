# SPDX-License-Identifier: MIT
"""Modules made by two versions of Cython share the types, and chains go through."""

import asyncio
import itertools
import unittest

import modules

here, there = modules.load("chain_here"), modules.load("chain_there")


async def asynchronous(count):
    for number in range(count):
        await asyncio.sleep(0)
        yield number


class Versions(unittest.TestCase):
    def test_they_are_two(self):
        folder = modules.pathlib.Path(modules.folder())
        versions = {
            (folder / f"{name}.version").read_text()
            for name in ("chain_here", "chain_there")
        }
        self.assertEqual(len(versions), 2)

    def test_one_type(self):
        ours, theirs = here.relay(None), there.relay(None)
        self.assertIs(type(ours), type(theirs))
        self.assertIs(type(here.items(())), type(there.items(())))
        ours.close()
        theirs.close()

    def chains(self):
        functions = [here.relay, there.relay, here.flat, there.flat]
        return itertools.product(functions, repeat=3)

    def test_results_go_through_both(self):
        for functions in self.chains():
            made = asyncio.sleep(0, "result")
            for function in functions:
                made = function(made)
            self.assertEqual(asyncio.run(made), "result")

    def test_errors_go_through_both(self):
        async def fails():
            await asyncio.sleep(0)
            raise KeyError("k")

        for functions in self.chains():
            made = fails()
            for function in functions:
                made = function(made)
            with self.assertRaises(KeyError) as caught:
                asyncio.run(made)
            self.assertEqual(caught.exception.args, ("k",))

    def test_cancellation_goes_through_both(self):
        async def run(made):
            task = asyncio.ensure_future(made)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            task.cancel("why")
            with self.assertRaises(asyncio.CancelledError):
                await task
            return log

        async def innermost():
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError as error:
                log.append(error.args)
                raise

        for functions in self.chains():
            log = []
            made = innermost()
            for function in functions:
                made = function(made)
            self.assertEqual(asyncio.run(run(made)), [("why",)])

    def test_items_go_through_both(self):
        async def collect():
            return [item async for item in here.items(there.items(asynchronous(4)))]

        self.assertEqual(asyncio.run(collect()), [0, 1, 2, 3])
