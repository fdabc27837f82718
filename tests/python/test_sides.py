# SPDX-License-Identifier: MIT
"""The other direction: C drives what Python has, by handle."""

import asyncio
import contextvars
import gc
import sys
import threading
import traceback
import types
import unittest
import weakref

import differences
from support import bodies, cython_module, extensions
from support.bodies import suspend
from support.raises import raised

driver = scripted = relay = None
VARIABLE = contextvars.ContextVar("variable", default="none")
BUSY, INVALID_STATE, UNSUPPORTED = -16, -17, -18


def setUpModule():
    global driver, scripted, relay
    driver = extensions.load("driver")
    scripted, relay = extensions.load("scripted"), extensions.load("relay")


async def echo():
    first = await suspend("first")
    second = await suspend(first)
    return ("end", second)


def plain_generator():
    first = yield "first"
    second = yield first
    return ("end", second)


@types.coroutine
def generator_based():
    return (yield from plain_generator())


class Holder:
    """An object with `__await__`."""

    def __init__(self, iterator):
        self.iterator = iterator

    def __await__(self):
        return self.iterator


def by_dunder():
    return Holder(echo().__await__())


def by_generator():
    return Holder(plain_generator())


def by_relay():
    return relay.coroutine(echo(), 3, True)


def by_faces():
    return relay.coroutine(echo(), 3, False)


def by_script():
    return scripted.coroutine([("await", echo()), ("return", None)])


SOURCES = (echo, generator_based, by_dunder, by_generator, by_relay, by_faces)


class Driving(unittest.TestCase):
    def test_send(self):
        for source in SOURCES:
            with self.subTest(source=source.__name__):
                handle = driver.handle(source())
                value = object()
                self.assertEqual(handle.send(None), ("yield", "first"))
                status, got = handle.send(value)
                self.assertIs(got, value)
                status, (end, got) = handle.send(value)
                self.assertEqual((status, end), ("return", "end"))
                self.assertIs(got, value)

    def test_after_the_end(self):
        handle = driver.handle(echo())
        handle.close()
        try:
            status, number = handle.send(None)
            self.assertEqual((status, number), ("refused", INVALID_STATE))
        except RuntimeError as error:
            self.assertEqual(str(error), "cannot reuse already awaited coroutine")

    def test_throw(self):
        for source in SOURCES:
            with self.subTest(source=source.__name__):
                handle = driver.handle(source())
                handle.send(None)
                error = ValueError("thrown")
                with self.assertRaises(ValueError) as caught:
                    handle.throw(error)
                self.assertIs(caught.exception, error)

    def test_throw_that_is_caught(self):
        log = []
        handle = driver.handle(bodies.catches(lambda *entry: log.append(entry)))
        handle.send(None)
        error = ValueError("thrown")
        self.assertEqual(handle.throw(error), ("yield", "ready"))
        self.assertIs(log[0][1], error)
        self.assertEqual(handle.send("stop"), ("return", "stopped"))

    def test_close(self):
        for source in SOURCES:
            with self.subTest(source=source.__name__):
                handle = driver.handle(source())
                handle.send(None)
                self.assertEqual(handle.close(), ("return", None))
                self.assertEqual(handle.close(), ("return", None))

    def test_close_runs_the_cleanup(self):
        log = []

        async def body():
            try:
                await suspend()
            finally:
                log.append(sys.exc_info()[0])

        handle = driver.handle(body())
        handle.send(None)
        handle.close()
        self.assertEqual(log, [GeneratorExit])

    def test_close_that_is_ignored(self):
        handle = driver.handle(bodies.stubborn(lambda *entry: None))
        handle.send(None)
        with self.assertRaisesRegex(RuntimeError, "coroutine ignored GeneratorExit"):
            handle.close()

    def test_close_that_fails(self):
        error = KeyError("k")
        handle = driver.handle(bodies.raises_on_close(error))
        handle.send(None)
        with self.assertRaises(KeyError) as caught:
            handle.close()
        self.assertIs(caught.exception, error)
        self.assertIs(type(error.__context__), GeneratorExit)

    def test_results_of_every_shape(self):
        for value in (None, 1, (), (1, 2), ValueError("v"), StopIteration(5), type):
            status, got = driver.handle(bodies.ready(value)).send(None)
            self.assertEqual(status, "return")
            self.assertIs(got, value)

    def test_bare_iterators(self):
        handle = driver.handle(bodies.Bare("one", "two", "three"))
        self.assertEqual(handle.send(None), ("yield", "one"))
        self.assertEqual(handle.send(None), ("yield", "two"))
        error = ValueError("v")
        try:
            status, _ = handle.throw(error)
            self.assertEqual(status, "refused")
        except ValueError as caught:
            self.assertIs(caught, error)
        self.assertIn(handle.close(), [("return", None), ("refused", UNSUPPORTED)])

    def test_an_iterator_without_send(self):
        handle = driver.handle(bodies.Bare("one", "two"))
        handle.send(None)
        with self.assertRaisesRegex(AttributeError, "send"):
            handle.send(5)

    def test_async_generator_steps(self):
        made = bodies.plain_numbers(2)
        self.assertEqual(driver.handle(made.asend(None)).send(None), ("return", 0))
        self.assertEqual(driver.handle(anext(made)).send(None), ("return", 1))
        with self.assertRaises(StopAsyncIteration):
            driver.handle(made.__anext__()).send(None)
        made = relay.async_generator(bodies.plain_numbers(2))
        self.assertEqual(driver.handle(made.asend(None)).send(None), ("return", 0))
        self.assertEqual(driver.handle(made.aclose()).send(None), ("return", None))

    def test_generators_are_not_awaitable(self):
        for wrong in (bodies.generator_echo(), 5, None, object(), "text"):
            with self.assertRaises(TypeError):
                driver.handle(wrong).send(None)

    def test_wrong_dunder_await(self):
        for wrong in (5, bodies.ready, [1]):
            with self.assertRaises(TypeError):
                driver.handle(Holder(wrong)).send(None)
        with self.assertRaises(TypeError):
            driver.handle(Holder(inner := bodies.ready())).send(None)
        inner.close()

    def test_never_driven(self):
        made = echo()
        with self.assertWarnsRegex(RuntimeWarning, "'echo' was never awaited"):
            handle = driver.handle(made)
            del made, handle

    def test_dropped_while_suspended(self):
        log = []

        async def body():
            try:
                await suspend()
            finally:
                log.append("cleanup")

        handle = driver.handle(body())
        handle.send(None)
        del handle
        self.assertEqual(log, ["cleanup"])

    def test_re_entered(self):
        box = []

        async def body():
            try:
                box.append(handle.send(None))
            except Exception as error:
                box.append(error)

        made = body()
        handle = driver.handle(made)
        handle.send(None)
        if isinstance(box[0], tuple):
            self.assertEqual(box[0], ("refused", BUSY))
        else:
            self.assertEqual(str(box[0]), "coroutine already executing")

    def test_cython(self):
        module = cython_module.load()
        for source in (module.echo, module.generator_based):
            handle = driver.handle(source())
            self.assertEqual(handle.send(None), ("yield", "first"))
            self.assertEqual(handle.send(1), ("yield", 1))
            self.assertEqual(handle.send(2), ("return", ("end", 2)))
            handle = driver.handle(source())
            handle.send(None)
            with self.assertRaises(KeyError):
                handle.throw(KeyError("k"))
            handle = driver.handle(source())
            handle.send(None)
            self.assertEqual(handle.close(), ("return", None))


class Identity(unittest.TestCase):
    def test_objects_there_and_back(self):
        made = relay.coroutine(None)
        for value in (
            None,
            True,
            5,
            1 << 70,
            1.5,
            float("nan"),
            "text",
            b"bytes",
            (1,),
            ValueError("v"),
            StopIteration(3),
            type,
            made,
            made.__await__,
            relay.generator(()),
            relay.async_generator(None),
        ):
            self.assertIs(driver.round_trip(value), value)
        made.close()

    def test_exceptions_there_and_back(self):
        def fails():
            raise error from KeyError("cause")

        error = ValueError("v")
        if sys.version_info >= (3, 11):
            error.add_note("a note")
        try:
            fails()
        except ValueError:
            pass
        before = traceback.extract_tb(error.__traceback__)
        self.assertIs(raised(driver.error_round_trip, error), error)
        self.assertEqual(type(error.__cause__), KeyError)
        self.assertEqual(getattr(error, "__notes__", ["a note"]), ["a note"])
        after = traceback.extract_tb(error.__traceback__)
        self.assertEqual(
            [e.name for e in after][-len(before) :], [e.name for e in before]
        )

    def test_exceptions_that_are_odd(self):
        class Own(BaseException):
            pass

        class Slots(Exception):
            __slots__ = ("x",)

            def __str__(self):
                raise LookupError("no text")

        for error in (
            Own("o"),
            Slots(),
            StopIteration(1),
            GeneratorExit(),
            SystemExit(2),
        ):
            with self.assertRaises(type(error)) as caught:
                driver.error_round_trip(error)
            self.assertIs(caught.exception, error)

    @unittest.skipIf(sys.version_info < (3, 11), "no groups before 3.11")
    def test_groups(self):
        parts = [ValueError("v"), KeyboardInterrupt()]
        group = BaseExceptionGroup("g", parts)  # noqa: F821
        with self.assertRaises(BaseExceptionGroup) as caught:  # noqa: F821
            driver.error_round_trip(group)
        self.assertIs(caught.exception, group)
        for got, part in zip(group.exceptions, parts):  # noqa: B905
            self.assertIs(got, part)

    def test_what_an_exception_tells(self):
        cause, context = KeyError("c"), IndexError("x")
        error = ValueError("the message")
        error.__cause__, error.__context__ = cause, context
        kind, message, payload, got_cause, got_context = driver.describe_error(error)
        self.assertEqual((kind, message, payload), (3, "the message", None))
        self.assertIs(got_cause, cause)
        self.assertIs(got_context, context)

    def test_the_kinds_of_exceptions(self):
        class Own(LookupError):
            pass

        kinds = [
            (Exception("e"), 0),
            (Own("o"), 0),
            (RuntimeError("r"), 1),
            (NotImplementedError("n"), 15),
            (TypeError("t"), 2),
            (ValueError("v"), 3),
            (StopIteration(4), 4),
            (StopAsyncIteration(), 5),
            (TimeoutError("t"), 6),
            (asyncio.TimeoutError("t"), 6),
            (MemoryError(), 7),
            (OSError(2, "os"), 8),
            (FileNotFoundError(2, "os"), 8),
            (RecursionError("r"), 9),
            (KeyError("k"), 10),
            (IndexError("i"), 11),
            (ZeroDivisionError("z"), 12),
            (AssertionError("a"), 13),
            (AttributeError("a"), 14),
            (EOFError("e"), 16),
            (UnicodeError("u"), 17),
            (BaseException("b"), 0x80000000),
            (GeneratorExit(), 0x80000001),
            (asyncio.CancelledError(), 0x80000002),
            (KeyboardInterrupt(), 0x80000003),
            (SystemExit(3), 0x80000004),
        ]
        if sys.version_info >= (3, 11):
            kinds.append((ExceptionGroup("g", [KeyError()]), 18))  # noqa: F821
            group = BaseExceptionGroup("g", [KeyboardInterrupt()])  # noqa: F821
            kinds.append((group, 0x80000006))
        for error, kind in kinds:
            if type(error) is asyncio.TimeoutError and sys.version_info < (3, 11):
                kind = 6  # its class is asyncio's own until 3.11
            self.assertEqual(hex(driver.describe_error(error)[0]), hex(kind), error)

    def test_payloads_of_exceptions(self):
        value = object()
        self.assertIs(driver.describe_error(StopIteration(value))[2], value)
        self.assertEqual(driver.describe_error(OSError(2, "m"))[2], 2)
        self.assertEqual(driver.describe_error(SystemExit(3))[2], 3)

    def test_a_native_coroutine_comes_home(self):
        made = scripted.coroutine([("yield", 1)])
        outer = relay.coroutine(made)
        outer.send(None)
        self.assertIs(outer.cr_await, made)
        log = []
        scripted.coroutine([("await", bodies.ready(made)), ("return", None)], log=log)
        driver.handle(
            scripted.coroutine([("await", bodies.ready(made))], log=log)
        ).send(None)
        self.assertIs(log[0], made)
        outer.close()

    def test_a_handle_keeps_its_object_alive(self):
        class Awaitable(bodies.Bare):
            pass

        made = Awaitable(1, 2)
        reference = weakref.ref(made)
        handle = driver.handle(made)
        del made
        gc.collect()
        self.assertIsNotNone(reference())
        del handle
        gc.collect()
        self.assertIsNone(reference())


class Exceptions(unittest.TestCase):
    def test_entries_of_all_sides(self):
        async def python():
            await suspend()
            raise ValueError("v")

        made = relay.coroutine(python(), 1, True)
        handle = driver.handle(made)
        handle.send(None)
        error = raised(handle.send, None)
        names = [entry.name for entry in traceback.extract_tb(error.__traceback__)]
        self.assertEqual(names[-1], "python")

    def test_a_native_error_seen_by_python_and_by_c(self):
        seen = []

        async def python(inner):
            try:
                await inner
            except ValueError as error:
                seen.append(error)
                raise

        handle = driver.handle(python(scripted.coroutine([("error", 3, "native")])))
        with self.assertRaises(ValueError) as caught:
            handle.send(None)
        self.assertIs(caught.exception, seen[0])

    def test_stop_iteration_thrown_from_c(self):
        handle = driver.handle(echo())
        handle.send(None)
        with self.assertRaises(RuntimeError) as caught:
            handle.throw(StopIteration(3))
        self.assertIn("raised StopIteration", str(caught.exception))


class BlockOn(unittest.TestCase):
    """baton_block_on: to the end, on this thread, without a loop."""

    def both(self, make):
        for release in (True, False):
            yield driver.block_on(make(), release)

    def test_ready_ones(self):
        for got in self.both(lambda: bodies.ready((1, 2))):
            self.assertEqual(got, (1, 2))

    def test_native_ones_that_wait(self):
        ops = [("pending", 5), ("early",), ("pending", 0, 2), ("return", "woken")]
        for got in self.both(lambda: scripted.coroutine(ops)):
            self.assertEqual(got, "woken")

    def test_python_above_native_ones_that_wait(self):
        def make():
            return bodies.awaits(scripted.coroutine([("pending", 5), ("return", 1)]))

        for got in self.both(make):
            self.assertEqual(got, 1)

    def test_bare_yields(self):
        for got in self.both(lambda: bodies.awaits(asyncio.sleep(0, "slept"))):
            self.assertEqual(got, "slept")

    def test_futures_of_a_loop_on_another_thread(self):
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        self.addCleanup(loop.close)
        self.addCleanup(thread.join)
        self.addCleanup(loop.call_soon_threadsafe, loop.stop)

        def later(value):
            future = loop.create_future()
            loop.call_soon_threadsafe(loop.call_later, 0.005, settle, future, value)
            return future

        def settle(future, value):
            if isinstance(value, Exception):
                future.set_exception(value)
            else:
                future.set_result(value)

        # Whoever keeps the lock meanwhile keeps that loop from running.
        self.assertEqual(driver.block_on(bodies.awaits(later(3))), 3)
        with self.assertRaises(KeyError):
            driver.block_on(later(KeyError()))

    def test_a_future_of_a_closed_loop(self):
        loop = asyncio.new_event_loop()
        future = loop.create_future()
        loop.close()
        with self.assertRaises(RuntimeError):
            driver.block_on(bodies.awaits(future))

    def test_errors(self):
        error = ValueError("v")
        for release in (True, False):
            with self.assertRaises(ValueError) as caught:
                driver.block_on(bodies.fails(error), release)
            self.assertIs(caught.exception, error)

    def test_a_yield_that_nobody_understands(self):
        with self.assertRaisesRegex(RuntimeError, "bad yield"):
            driver.block_on(suspend(5))

    def test_on_another_thread(self):
        results = []

        def thread():
            made = scripted.coroutine([("await", bodies.ready(1)), ("pending", 2)])
            results.append(driver.block_on(made))

        threads = [threading.Thread(target=thread) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(30)
        self.assertEqual(results, [None] * 4)

    def test_other_threads_run_meanwhile(self):
        turns = []
        stop = threading.Event()

        def count():
            while not stop.wait(0.002):
                turns.append(1)

        thread = threading.Thread(target=count)
        thread.start()
        driver.block_on(scripted.coroutine([("pending", 80)]))
        stop.set()
        thread.join()
        self.assertTrue(turns)


class Groups(unittest.TestCase):
    """A native group of Python coroutines, each with a waker of its own."""

    @staticmethod
    async def sleeps(log, name, seconds=0.002, times=2):
        try:
            for _ in range(times):
                await asyncio.sleep(seconds)
                await asyncio.sleep(0)
            log.append(name)
            return name
        except asyncio.CancelledError:
            log.append(f"{name} cancelled")
            await asyncio.sleep(0)
            raise

    def test_join(self):
        async def main():
            made = [self.sleeps(log, "a", 0.02), self.sleeps(log, "b")]
            made.append(scripted.coroutine([("pending", 2), ("return", "c")]))
            made.append(bodies.fails(KeyError("d")))
            return await driver.group("join", made)

        log = []
        *values, error = asyncio.run(main())
        self.assertEqual(values, ["a", "b", "c"])
        self.assertIsInstance(error, KeyError)
        self.assertEqual(log, ["b", "a"])

    def test_race(self):
        async def main():
            made = [self.sleeps(log, "slow", 30), self.sleeps(log, "fast")]
            return await driver.group("race", made)

        log = []
        with self.assertNoLogs("asyncio"):
            self.assertEqual(asyncio.run(main()), "fast")
        self.assertEqual(log, ["fast"])

    def test_first_error(self):
        async def main():
            made = [self.sleeps(log, "slow", 30), bodies.fails(KeyError("k"))]
            return await driver.group("first error", made)

        log = []
        with self.assertRaises(KeyError):
            asyncio.run(main())
        self.assertEqual(log, ["slow cancelled"])

    def test_cancellation_reaches_each(self):
        async def main():
            made = [self.sleeps(log, "a", 30), self.sleeps(log, "b", 30)]
            await asyncio.wait_for(driver.group("join", made), 0.02)

        log = []
        with self.assertRaises((TimeoutError, asyncio.TimeoutError)):
            asyncio.run(main())
        self.assertEqual(log, ["a cancelled", "b cancelled"])

    def test_groups_of_groups_without_a_loop(self):
        def waits(name):
            return bodies.awaits(scripted.coroutine([("pending", 2), ("return", name)]))

        inner = driver.group("join", [waits("a"), waits("b")])
        got = driver.block_on(driver.group("join", [inner, waits("c")]))
        self.assertEqual(got, [["a", "b"], "c"])


class UnderALoop(unittest.TestCase):
    def test_futures_are_yielded_as_they_are(self):
        async def main():
            future = asyncio.get_running_loop().create_future()
            handle = driver.handle(future)
            status, got = handle.send(None)
            self.assertEqual(status, "yield")
            self.assertIs(got, future)
            future.set_result("result")
            self.assertEqual(handle.send(None), ("return", "result"))

        asyncio.run(main())

    def test_a_c_driver_inside_a_task(self):
        class Drives:
            """Awaits by way of a handle, as a native coroutine would."""

            def __init__(self, awaitable):
                self.handle = driver.handle(awaitable)

            def __await__(self):
                status, value = self.handle.send(None)
                while status == "yield":
                    try:
                        sent = yield value
                    except BaseException as error:
                        status, value = self.handle.throw(error)
                    else:
                        status, value = self.handle.send(sent)
                return value

        async def work(log):
            try:
                await asyncio.sleep(0.001)
                await asyncio.sleep(0)
                log.append(asyncio.current_task() is task)
                await asyncio.sleep(30)
            except asyncio.CancelledError:
                log.append("cancelled")
                return "end"

        async def main():
            nonlocal task
            log = []

            async def run():
                return await Drives(work(log))

            task = asyncio.ensure_future(run())
            await asyncio.sleep(0.02)
            task.cancel()
            self.assertEqual(await task, "end")
            self.assertEqual(log, [True, "cancelled"])

        task = None
        asyncio.run(main())

    def test_context_variables_follow_the_driver(self):
        seen = []

        async def body():
            for _ in range(2):
                seen.append(VARIABLE.get())
                await suspend()

        handle = driver.handle(relay.coroutine(body(), 2, True))
        for name in ("one", "two"):
            context = contextvars.copy_context()
            context.run(VARIABLE.set, name)
            context.run(handle.send, None)
        self.assertEqual(seen, ["one", "two"])
        handle.close()

    def test_pending_is_told_to_a_driver_that_takes_it(self):
        made = scripted.coroutine([("pending", 5), ("return", "woken")])
        handle = driver.handle(made, pending=True)
        status, _ = handle.send(None)
        if status == "pending":
            while not handle.wakes:
                pass
            self.assertEqual(handle.send(None), ("return", "woken"))
        else:
            self.assertEqual(status, "yield")
            handle.close()


class Shapes(unittest.TestCase):
    """What other languages read of a Python object, which crosses as itself."""

    def test_numbers(self):
        class Number(int):
            pass

        for number in (0, -5, 2**63 - 1, -(2**63), 2**63, 2**64 - 1, 1.5, Number(7)):
            self.assertEqual(driver.read(number), (number, None, None))

    def test_numbers_that_no_scalar_holds(self):
        for number in (2**64, -(2**63) - 1, 1j):
            self.assertEqual(driver.read(number), (None, None, None))

    def test_text(self):
        for text in ("", "caf\u00e9", "a\0b", "\U0001f600"):
            self.assertEqual(driver.read(text), (None, text, None))
        self.assertEqual(driver.read("\ud800"), (None, None, None))

    def test_bytes(self):
        for data in (b"", b"a\0b"):
            self.assertEqual(driver.read(data), (None, None, data))
        self.assertEqual(driver.read(bytearray(b"changes")), (None, None, None))

    def test_none_of_them(self):
        for thing in (object(), [1], ValueError("no"), driver):
            self.assertEqual(driver.read(thing), (None, None, None))


class Chains(unittest.TestCase):
    @unittest.skipIf(differences.FREE_THREADED, differences.MIDDLE)
    def test_the_members_of_a_chain(self):
        inner = scripted.coroutine([("await", suspend())])
        made = relay.coroutine(inner, 2, True)
        made.send(None)
        names = [entry[0] for entry in driver.await_chain(made)]
        self.assertIn("scripted_coroutine", names)
        self.assertGreaterEqual(len(names), 4)
        (entry,) = (e for e in driver.await_chain(made) if e[0] == "scripted_coroutine")
        self.assertEqual(entry[1], 2)  # SUSPENDED
        self.assertTrue(entry[4].endswith("scripted.c"))
        self.assertGreater(entry[5], 1)
        made.close()

    def test_a_chain_goes_on_through_an_async_generator(self):
        async def consume(items):
            async for _ in items:
                pass

        async def below():
            await suspend()

        made = consume(scripted.async_generator([("await", below())]))
        made.send(None)
        members = [
            (entry[0].rpartition(".")[2], entry[2])
            for entry in driver.await_chain(made)
        ]
        self.assertEqual(
            members,
            [
                ("consume", 0),
                ("scripted_async_generator", 3),
                ("scripted_async_generator", 2),
                ("below", 0),
                ("suspend", 1),
            ],
        )
        made.close()

    def test_a_coroutine_that_python_awaits_is_told_by_its_own_name(self):
        made = bodies.awaits(scripted.coroutine([("yield", 1)]))
        made.send(None)
        names = [entry[0] for entry in driver.await_chain(made)]
        self.assertEqual(names, ["awaits", "scripted_coroutine"])
        made.close()


if __name__ == "__main__":
    unittest.main()
