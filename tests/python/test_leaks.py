# SPDX-License-Identifier: MIT
"""Nothing stays behind after 10 000 rounds; cycles are collected."""

import asyncio
import contextlib
import gc
import sys
import unittest
import warnings
import weakref

from support import bodies, extensions, rounds
from support.bodies import suspend

scripted = relay = driver = None


def setUpModule():
    global scripted, relay, driver
    scripted, relay = extensions.load("scripted"), extensions.load("relay")
    driver = extensions.load("driver")


def quiet(*arguments):
    pass


def finish(made):
    with contextlib.suppress(StopIteration, StopAsyncIteration):
        while True:
            made.send(None)


class Payload:
    """Something that a leak would keep."""


class Leaks(unittest.TestCase):
    def check(self, function):
        grown, unit = rounds.growth(function)
        self.assertEqual(grown, 0, f"{grown} {unit} in {rounds.ROUNDS} rounds")
        before = rounds.blocks_of(scripted)
        live = scripted.live()
        for _ in range(100):
            function()
        self.assertEqual(rounds.blocks_of(scripted), before)
        self.assertEqual(scripted.live(), live)

    def shapes(self, body):
        """The same over relays of each shape."""
        for depth in (1, 3):
            for native in (False, True):
                with self.subTest(depth=depth, native=native):
                    self.check(lambda: body(relay.coroutine, depth, native))  # noqa: B023

    def test_a_life(self):
        self.shapes(lambda make, *shape: finish(make(suspend(Payload()), *shape)))

    def test_results(self):
        self.shapes(lambda make, *shape: finish(make(bodies.ready((1, 2)), *shape)))

    def test_never_awaited(self):
        def body(make, *shape):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                make(bodies.ready(), *shape)

        self.shapes(body)

    def test_closed(self):
        def body(make, *shape):
            made = make(suspend(Payload()), *shape)
            made.send(None)
            made.close()

        self.shapes(body)

    def test_dropped_while_suspended(self):
        self.shapes(lambda make, *shape: make(suspend(Payload()), *shape).send(None))

    def test_errors(self):
        def body(make, *shape):
            made = make(bodies.catches(quiet), *shape)
            made.send(None)
            made.throw(ValueError("caught"))
            with contextlib.suppress(KeyboardInterrupt):
                made.throw(KeyboardInterrupt(Payload()))

        self.shapes(body)

    def test_throw_when_created_and_closed(self):
        def body(make, *shape):
            made = make(None, *shape)
            for _ in range(2):
                with contextlib.suppress(ValueError, RuntimeError):
                    made.throw(ValueError(Payload()))

        self.shapes(body)

    def test_misuse(self):
        def body(make, *shape):
            made = make(suspend(), *shape)
            for call in (
                lambda: made.send(Payload()),
                lambda: made.throw(42),
                lambda: made.throw(),
                lambda: setattr(made, "__name__", 1),
                lambda: next(made),
            ):
                with contextlib.suppress(TypeError, ValueError):
                    call()
            made.close()

        self.shapes(body)

    def test_introspection(self):
        def body(make, *shape):
            made = make(suspend(Payload()), *shape)
            made.send(None)
            chain = made
            while chain is not None:
                getattr(chain, "cr_frame", None)
                getattr(chain, "cr_code", None)
                repr(chain)
                chain = getattr(chain, "cr_await", None)
            made.__qualname__ = "renamed"
            made.close()

        self.shapes(body)

    def test_wrappers(self):
        def body(make, *shape):
            made = make(suspend(Payload()), *shape)
            wrapper = made.__await__()
            next(wrapper)
            with contextlib.suppress(RuntimeError):
                made.__await__()
            del made
            finish(wrapper)

        self.shapes(body)

    def test_generators(self):
        def body(make, *shape):
            list(relay.generator(range(3), *shape))
            made = relay.generator(iter([Payload()]), *shape)
            next(made)
            made.close()

        self.shapes(body)

    def test_async_generators(self):
        def body(make, *shape):
            made = relay.async_generator(bodies.plain_numbers(), *shape)
            finish(made.asend(None))
            finish(made.__anext__())
            with contextlib.suppress(ValueError):
                finish(made.athrow(ValueError(Payload())))
            finish(made.aclose())
            made = relay.async_generator(bodies.plain_numbers(), *shape)
            finish(made.asend(None))
            made.asend(None).close()

        self.shapes(body)

    def test_scripts(self):
        ops = [("yield", 1, "i64"), ("yield", "t", "text"), ("yield", b"b", "bytes")]

        def body():
            finish(scripted.coroutine(ops, [("call", quiet)], [Payload()]))

        self.check(body)

    def test_native_errors(self):
        def body():
            made = scripted.coroutine([("error", 3, "m", 1, 10, 11)])
            with contextlib.suppress(ValueError):
                finish(relay.coroutine(made, 2))

        self.check(body)

    def test_handles(self):
        def body():
            handle = driver.handle(relay.coroutine(suspend(Payload()), 2, True))
            handle.send(None)
            with contextlib.suppress(ValueError):
                handle.throw(ValueError("v"))
            driver.handle(suspend()).close()
            driver.block_on(bodies.ready(Payload()))

        self.check(body)

    def test_waiting(self):
        async def main():
            before = grown = None
            for turn in range(6):
                ops = [("early",), ("pending", 0), ("early",)]
                made = [scripted.coroutine(ops) for _ in range(200)]
                await asyncio.gather(*made)
                task = asyncio.ensure_future(scripted.coroutine([("never",)]))
                await asyncio.sleep(0.001)
                task.cancel()
                await asyncio.wait([task])
                del made, task
                rounds.settle()
                grown = len(gc.get_objects()) - (before or 0)
                if turn == 3:
                    before = len(gc.get_objects())
            return grown

        self.assertLess(asyncio.run(main()), 50)


class Cycles(unittest.TestCase):
    def shapes(self):
        for depth in (1, 3):
            for native in (False, True):
                self.shape = f"depth {depth}, {'native' if native else 'faces'}"
                yield depth, native

    def assertCollected(self, *references):
        self.assertTrue(all(reference() is not None for reference in references))
        rounds.settle()
        left = [reference() for reference in references if reference() is not None]
        self.assertEqual(left, [], self.shape)

    def assertKept(self, *references):
        rounds.settle()
        self.assertTrue(all(reference() is not None for reference in references))

    shape = "no relay"

    def setUp(self):
        gc.disable()
        self.addCleanup(gc.enable)

    def test_with_the_values_of_its_frame(self):
        for shape in self.shapes():
            payload = Payload()
            payload.made = relay.coroutine(suspend(payload), *shape)
            payload.made.send(None)
            reference = weakref.ref(payload)
            del payload
            self.assertCollected(reference)

    def test_of_a_native_frame(self):
        payload = Payload()
        payload.made = scripted.coroutine([("yield", payload)], log=[payload])
        payload.made.send(None)
        reference = weakref.ref(payload)
        del payload
        self.assertCollected(reference)

    def test_never_started(self):
        payload = Payload()
        payload.made = scripted.coroutine([payload])
        reference = weakref.ref(payload)
        del payload
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.assertCollected(reference)

    def test_of_what_awaits_each_other(self):
        for shape in self.shapes():
            payload = Payload()
            inner = relay.coroutine(suspend(payload), *shape)
            payload.inner = inner
            payload.outer = relay.coroutine(inner, *shape)
            payload.outer.send(None)
            references = weakref.ref(payload), weakref.ref(inner)
            del payload, inner
            self.assertCollected(*references)

    # The face of a link in the middle holds that link beside its parent: neither
    # is its sole owner (TYP-8).
    @unittest.expectedFailure
    def test_through_faces(self):
        for depth, native in self.shapes():
            payload = Payload()
            made = relay.coroutine(suspend(payload), depth, native)
            made.send(None)
            payload.faces = []
            chain = made
            while chain is not None:
                payload.faces.append(chain)
                chain = getattr(chain, "cr_await", None)
            reference = weakref.ref(payload)
            del payload, chain, made
            self.assertCollected(reference)

    def test_through_wrappers_and_handles(self):
        payload = Payload()
        payload.made = relay.coroutine(suspend(payload))
        payload.wrapper = payload.made.__await__()
        next(payload.wrapper)
        reference = weakref.ref(payload)
        del payload
        self.assertCollected(reference)

    def test_of_async_generators(self):
        async def body(payload):
            yield payload
            await suspend()

        for depth, native in self.shapes():
            payload = Payload()
            payload.made = relay.async_generator(body(payload), depth, native)
            finish(payload.made.asend(None))
            payload.step = payload.made.asend(None)
            payload.step.send(None)
            reference = weakref.ref(payload)
            del payload
            self.assertCollected(reference)

    def test_of_groups(self):
        async def waits(payload):
            await asyncio.get_running_loop().create_future()

        async def main():
            payload = Payload()
            workers = [relay.coroutine(waits(payload)) for _ in range(2)]
            payload.made = driver.group("join", workers)
            payload.made.send(None)
            return weakref.ref(payload)

        self.assertCollected(asyncio.run(main()))

    def test_of_native_errors(self):
        payload = Payload()
        made = scripted.coroutine([("error", 3, "m", payload)])
        try:
            made.send(None)
        except ValueError as error:
            payload.error = error
        reference = weakref.ref(payload)
        del payload, made
        self.assertCollected(reference)

    def test_of_generators(self):
        for shape in self.shapes():
            payload = Payload()
            payload.made = relay.generator(iter([payload, payload]), *shape)
            next(payload.made)
            reference = weakref.ref(payload)
            del payload
            self.assertCollected(reference)

    def test_of_a_task_that_waits(self):
        async def main():
            payload = Payload()
            payload.made = scripted.coroutine([("never",)], log=[payload])
            payload.task = asyncio.ensure_future(payload.made)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            payload.task._log_destroy_pending = False
            reference = weakref.ref(payload)
            del payload
            self.assertCollected(reference)

        asyncio.run(main())

    def test_alive_ones_are_kept(self):
        for shape in self.shapes():
            payload = Payload()
            made = relay.coroutine(suspend(payload), *shape)
            made.send(None)
            reference = weakref.ref(payload)
            del payload
            self.assertKept(reference)
            made.close()
            rounds.settle()
            self.assertIsNone(reference())

    def test_an_inner_one_that_is_held_is_kept(self):
        for shape in self.shapes():
            payload = Payload()
            inner = relay.coroutine(suspend(payload), *shape)
            outer = relay.coroutine(inner, *shape)
            outer.send(None)
            reference = weakref.ref(payload)
            del payload
            self.assertKept(reference)
            del outer
            rounds.settle()
            inner.close()
            del inner
            rounds.settle()
            self.assertIsNone(reference())

    def test_held_by_a_handle_is_kept(self):
        payload = Payload()
        handle = driver.handle(relay.coroutine(suspend(payload), 2, True))
        handle.send(None)
        reference = weakref.ref(payload)
        del payload
        self.assertKept(reference)
        handle.close()

    def test_cleanup_runs_once(self):
        log = []
        payload = Payload()
        payload.made = scripted.coroutine(
            [("yield", payload)], [("call", lambda: log.append(sys.exc_info()[0]))]
        )
        payload.made.send(None)
        del payload
        rounds.settle()
        rounds.settle()
        self.assertEqual(len(log), 1)


if __name__ == "__main__":
    unittest.main()
