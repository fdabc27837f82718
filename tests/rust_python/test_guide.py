# SPDX-License-Identifier: MIT
"""The module that bindings/rust/guide.md shows."""

import asyncio
import inspect
import unittest

import support


class Guide(support.Case):
    def test_the_module_does_what_the_guide_says(self):
        module = support.load("answer")

        async def some():
            for number in (1, 2, 3):
                await asyncio.sleep(0)
                yield number

        async def main():
            numbers = module.count(3)
            self.assertEqual(numbers.__name__, "count")
            await module.rest(0.001)
            return [
                await module.answer(),
                await module.doubled(module.answer()),
                await module.total(some()),
                await module.total(numbers),
            ]

        self.assertTrue(inspect.iscoroutinefunction(module.answer))
        self.assertEqual(self.run_async(main), [42, 84, 6, 3])

    def test_what_fails_raises(self):
        module = support.load("answer")

        async def wrong():
            return "text"

        async def main():
            await module.doubled(wrong())

        text = "'str' object cannot be interpreted as an integer"
        self.raises(TypeError, text, self.run_async, main)


if __name__ == "__main__":
    unittest.main()
