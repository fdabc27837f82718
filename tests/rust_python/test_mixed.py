# SPDX-License-Identifier: MIT
"""Random trees of coroutines of both languages, in several loops at once, some of
them cancelled: every one ends, and nothing stays behind."""

import asyncio
import gc
import random
import threading
import unittest
import warnings

import support

TASKS = 60
THREADS = 3
ROUNDS = 4


async def python_leaf(chance, depth):
    try:
        for _ in range(chance.randrange(3)):
            await asyncio.sleep(0)
        if chance.random() < 0.1:
            raise KeyError(depth)
        return depth
    finally:
        if chance.random() < 0.3:
            await asyncio.sleep(0)


class Trees:
    def __init__(self, seed):
        self.one, self.two = support.load("rust_one"), support.load("rust_two")
        self.chance = random.Random(seed)

    def leaf(self, depth):
        made = self.chance.randrange(4)
        if made == 0:
            return python_leaf(self.chance, depth)
        if made == 1:
            return self.one.slept(self.chance.randrange(3))
        if made == 2:
            return self.one.tokio_slept(self.chance.randrange(3))
        return self.one.answer()

    async def catching(self, depth):
        try:
            return await self.tree(depth)
        except KeyError:
            return None

    def some(self, depth):
        return [self.tree(depth) for _ in range(self.chance.randrange(1, 4))]

    def tree(self, depth):
        if depth == 0:
            return self.leaf(depth)
        makers = [
            lambda: self.leaf(depth),
            lambda: self.one.relay(self.tree(depth - 1)),
            lambda: self.two.relay(self.tree(depth - 1)),
            lambda: self.one.relay_detached(self.tree(depth - 1)),
            lambda: self.one.join(self.some(depth - 1)),
            lambda: self.one.join_all(self.some(depth - 1)),
            lambda: self.one.select(self.tree(depth - 1), self.chance.randrange(4)),
            lambda: self.catching(depth - 1),
        ]
        return self.chance.choice(makers)()

    async def run(self):
        loop, tasks = asyncio.get_running_loop(), []
        for _ in range(TASKS):
            task = asyncio.ensure_future(self.tree(self.chance.randrange(6)))
            tasks.append(task)
            if self.chance.random() < 0.3:
                loop.call_later(self.chance.random() * 0.004, task.cancel)
            if self.chance.random() < 0.3:
                await asyncio.sleep(0)
        all_of_them = asyncio.gather(*tasks, return_exceptions=True)
        return await asyncio.wait_for(all_of_them, 60)


class Mixed(support.Case):
    def setUp(self):
        super().setUp()
        # What a tree never comes to is not awaited.
        warnings.simplefilter("ignore", RuntimeWarning)

    def drive(self, seed, results):
        for turn in range(ROUNDS):
            results += asyncio.run(Trees(seed * 1000 + turn).run())

    def test_every_one_ends(self):
        blocks = self.one.blocks()
        lists = [[] for _ in range(THREADS)]
        threads = [
            threading.Thread(target=self.drive, args=(seed, results))
            for seed, results in enumerate(lists)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for results in lists:
            self.assertEqual(len(results), TASKS * ROUNDS)
            failed = {type(r) for r in results if isinstance(r, BaseException)}
            self.assertLessEqual(failed, {KeyError, asyncio.CancelledError})
        del results, lists
        gc.collect()
        self.assertEqual(self.one.blocks(), blocks)
        # Whoever is dropped in the middle is closed, and may not wait.
        allowed = "RuntimeError: coroutine ignored GeneratorExit"
        for report in self.take_reports():
            if not report.startswith(("KeyError: ", "CancelledError: ")):
                self.assertEqual(report, allowed)


if __name__ == "__main__":
    unittest.main()
