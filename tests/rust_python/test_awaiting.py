# SPDX-License-Identifier: MIT
"""Python's awaitables, awaited in Rust in the same task."""

import asyncio
import contextvars
import inspect
import sys
import unittest

import support

VARIABLE = contextvars.ContextVar("variable", default="none")


async def value_of(value, turns=1):
    for _ in range(turns):
        await asyncio.sleep(0)
    return value


async def counting(last, log):
    try:
        for number in range(last):
            await asyncio.sleep(0)
            yield number
    finally:
        log.append("closed")


class Driving(support.Case):
    """By hand: what goes in and out."""

    def test_values_pass_in_both_directions(self):
        for relay in (self.one.relay, self.one.relay_detached):
            with self.subTest(relay.__name__):
                token, result = object(), object()
                made = relay(support.Suspends(token))
                self.assertIs(made.send(None), token)
                self.assertIs(support.finish_with(made, result), result)

    def test_through_many_at_once(self):
        token = object()
        made = support.Suspends(token)
        for _ in range(100):
            made = self.one.relay(made)
        self.assertIs(made.send(None), token)
        self.assertEqual(support.finish_with(made, 5), 5)

    def test_what_it_awaits_is_seen(self):
        inner = self.one.relay(support.Suspends())
        outer = self.one.relay(inner)
        outer.send(None)
        self.assertIs(outer.cr_await, inner)
        self.assertEqual(inspect.getcoroutinestate(outer), "CORO_SUSPENDED")
        outer.close()

    def test_what_cannot_be_awaited(self):
        for value in (3, "text", []):
            made = self.one.relay(value)
            with self.assertRaises(TypeError) as caught:
                made.send(None)
            name = type(value).__name__
            self.assertRegex(str(caught.exception), f"{name}.* can't be .*await")

    def test_what_is_a_scalar_elsewhere_cannot_be_awaited(self):
        for value in (None, True):
            made = self.one.relay(value)
            text = f"'{type(value).__name__}' object can't be awaited"
            self.raises(TypeError, text, made.send, None)

    def test_an_await_that_fails_at_once(self):
        class Broken:
            def __await__(self):
                raise KeyError("broken")

        self.raises(KeyError, "'broken'", self.one.relay(Broken()).send, None)

    def test_what_is_awaited_already(self):
        inner = self.one.relay(support.Suspends())
        outer = self.one.relay(inner)
        outer.send(None)
        other = self.one.relay(inner)
        text = "coroutine is being awaited already"
        self.raises(RuntimeError, text, other.send, None)
        outer.close()

    def throw_into(self, relay):
        log = []

        async def inner():
            try:
                await support.Suspends("first")
            except KeyError as error:
                log.append(error)
                return await support.Suspends("second")

        made = relay(relay(inner()))
        self.assertEqual(made.send(None), "first")
        error = KeyError("thrown")
        self.assertEqual(made.throw(error), "second")
        self.assertIs(log[0], error)
        self.assertEqual(support.finish_with(made, "end"), "end")

    def test_throw_reaches_the_innermost(self):
        self.throw_into(self.one.relay)
        self.throw_into(self.one.relay_detached)

    def close_of(self, relay):
        log = []

        async def inner():
            try:
                await support.Suspends()
            finally:
                log.append("closed")

        made = relay(inner())
        made.send(None)
        made.close()
        self.assertEqual(log, ["closed"])

    def test_close_reaches_the_innermost(self):
        self.close_of(self.one.relay)
        self.close_of(self.one.relay_detached)

    def test_close_of_one_that_has_not_begun(self):
        log = []

        async def inner():
            log.append("ran")

        awaited = inner()
        made = self.one.relay(awaited)
        made.close()
        self.assertEqual(log, [])
        awaited.close()

    def test_an_exception_may_be_caught(self):
        error = LookupError("caught")

        async def inner():
            raise error

        self.assertIs(support.finish(self.one.catching(inner())), error)
        self.assertIsNone(support.finish(self.one.catching(self.one.answer())))


class InATask(support.Case):
    def test_coroutines_futures_and_tasks(self):
        async def main():
            loop = asyncio.get_running_loop()
            future = loop.create_future()
            loop.call_soon(future.set_result, 2)
            task = asyncio.create_task(value_of(3))
            done = loop.create_future()
            done.set_result(4)
            return await self.one.sum([value_of(1), future, task, done])

        self.assertEqual(self.run_async(main), 10)

    def test_it_is_the_same_task_and_context(self):
        seen = []

        async def inner():
            seen.append(asyncio.current_task())
            await asyncio.sleep(0)
            seen.append(asyncio.current_task())
            VARIABLE.set("changed")
            return VARIABLE.get()

        async def main():
            VARIABLE.set("outer")
            for relay in (self.one.relay, self.one.relay_detached):
                result = await relay(inner())
                self.assertEqual((result, VARIABLE.get()), ("changed", "changed"))
            self.assertEqual(set(seen), {asyncio.current_task()})

        self.run_async(main)

    def test_a_python_coroutine_awaits_rust_awaits_python(self):
        async def down(depth):
            if depth == 0:
                await asyncio.sleep(0)
                return "bottom"
            return await self.one.relay(down(depth - 1))

        async def main():
            return await down(50)

        self.assertEqual(self.run_async(main), "bottom")

    def test_a_coroutine_is_the_body_of_a_task(self):
        async def main():
            task = asyncio.create_task(self.one.relay(value_of("given")))
            return await task

        self.assertEqual(self.run_async(main), "given")

    def test_joined(self):
        async def main():
            loop = asyncio.get_running_loop()
            futures = [loop.create_future() for _ in range(3)]
            for number, future in enumerate(reversed(futures)):
                loop.call_soon(future.set_result, number)
            made = [*futures, value_of("a", 3), self.one.slept(1), self.one.answer()]
            return await self.one.join(made)

        expected = [2, 1, 0, "a", "woken", 42]
        self.assertEqual(self.run_async(main), expected)

    def test_a_sibling_that_wakes_leaves_a_future_in_python_alone(self):
        async def main():
            loop = asyncio.get_running_loop()
            future = asyncio.futures._PyFuture(loop=loop)
            loop.call_later(0.05, future.set_result, "set")

            async def waits():
                return await future

            return await self.one.join(
                [waits(), value_of("sibling", 5), self.one.slept(1)]
            )

        self.assertEqual(asyncio.run(main()), ["set", "sibling", "woken"])

    def test_many_joined(self):
        async def main():
            made = [value_of(n, n % 5) for n in range(100)]
            made += [self.one.slept(n % 3) for n in range(20)]
            return await self.one.join(made)

        expected = [*range(100), *["woken"] * 20]
        self.assertEqual(self.run_async(main), expected)

    def test_the_first_that_fails_ends_a_join(self):
        log = []

        async def long():
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                log.append("closed")

        async def failing():
            await asyncio.sleep(0)
            raise KeyError("failed")

        async def main():
            await self.one.join([long(), failing(), long()])

        self.raises(KeyError, "'failed'", self.run_async, main)
        self.assertEqual(log, ["closed", "closed"])

    def test_selected(self):
        async def main():
            loop = asyncio.get_running_loop()
            future = loop.create_future()
            loop.call_soon(future.set_result, "future")
            first = await self.one.select(future, 10_000)
            never = loop.create_future()
            second = await self.one.select(never, 1)
            self.assertFalse(never.cancelled())
            return first, second

        self.assertEqual(self.run_async(main), ("future", None))

    def test_what_has_not_begun_is_released_and_not_closed(self):
        log = []

        class Iterator:
            def __iter__(self):
                return self

            def __next__(self):
                log.append("next")

            def close(self):
                log.append("iterator closed")

        class Awaitable:
            def __await__(self):
                log.append("awaited")
                return Iterator()

            def close(self):
                log.append("closed")

        awaitable = Awaitable()
        self.assertIsNone(support.finish(self.one.loses(awaitable)))
        self.assertEqual(log, [])
        self.assertEqual(sys.getrefcount(awaitable), 2)
        begun = self.one.relay(awaitable)
        begun.send(None)
        begun.close()
        self.assertEqual(log, ["awaited", "next", "iterator closed"])

    def test_a_coroutine_that_has_not_begun_was_never_awaited(self):
        async def inner():
            pass

        with self.assertWarnsRegex(RuntimeWarning, "'.*inner' was never awaited"):
            support.finish(self.one.loses(inner()))

    def test_many_in_a_row(self):
        async def main():
            return await self.one.sum([value_of(1, 3) for _ in range(300)])

        self.assertEqual(self.run_async(main), 300)


class AsyncGenerators(support.Case):
    def test_all_items(self):
        log = []

        async def main():
            return await self.one.collect(counting(4, log))

        self.assertEqual(self.run_async(main), [0, 1, 2, 3])
        self.assertEqual(log, ["closed"])

    def test_the_rest_is_closed(self):
        log = []

        async def main():
            items = await self.one.take(counting(100, log), 2)
            await asyncio.sleep(0)
            return items

        self.assertEqual(self.run_async(main), [0, 1])
        self.assertEqual(log, ["closed"])

    def test_one_of_a_class(self):
        async def main():
            return await self.one.collect(self.one.Countdown(3))

        self.assertEqual(self.run_async(main), [2, 1, 0])

    def test_an_item_that_fails(self):
        async def failing():
            yield 1
            raise KeyError("item")

        async def main():
            await self.one.collect(failing())

        self.raises(KeyError, "'item'", self.run_async, main)

    def test_what_cannot_be_iterated(self):
        made = self.one.collect(3)
        with self.assertRaises(TypeError) as caught:
            made.send(None)
        self.assertRegex(str(caught.exception), "int")

    def test_a_stream_of_rust(self):
        async def main():
            seen = []
            async for number in self.one.count_to(2):
                seen.append(number)
            try:
                async for number in self.one.count_to(9):
                    seen.append(number)
            except ValueError as error:
                seen.append(str(error))
            return seen

        self.assertEqual(self.run_async(main), [0, 1, 2, 0, 1, 2, "three"])

    def test_a_stream_has_the_name_that_it_was_given(self):
        named, unnamed = self.one.woken_items(1), self.one.count_to(1)
        self.assertEqual(named.__name__, "woken_items")
        self.assertTrue(named.__qualname__.endswith("awaiting::woken_items"))
        self.assertEqual(unnamed.__name__, "async_generator")

    def test_a_stream_of_rust_in_rust(self):
        async def main():
            return await self.one.collect(self.one.count_to(2))

        self.assertEqual(self.run_async(main), [0, 1, 2])


if __name__ == "__main__":
    unittest.main()
