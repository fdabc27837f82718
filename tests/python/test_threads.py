# SPDX-License-Identifier: MIT
"""Threads that use one object at once: one wins, the others get an error."""

import sys
import threading
import time
import unittest

from support import bodies, extensions, process
from support.bodies import suspend

scripted = relay = None
THREADS = 6


def setUpModule():
    global scripted, relay
    scripted, relay = extensions.load("scripted"), extensions.load("relay")


def hammer(*functions):
    """Runs each function in a thread; gives what they return or raise."""
    barrier = threading.Barrier(len(functions))
    results = [None] * len(functions)

    def thread(index, function):
        barrier.wait()
        try:
            results[index] = function()
        except BaseException as error:
            results[index] = error

    threads = [
        threading.Thread(target=thread, args=pair) for pair in enumerate(functions)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not any(one.is_alive() for one in threads), "a thread hangs"
    return results


async def slow(log):
    """Gives up the GIL while it runs."""
    while True:
        log.append("in")
        time.sleep(0.002)
        log.append("out")
        await suspend("step")


class OneObject(unittest.TestCase):
    def setUp(self):
        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-5)
        self.addCleanup(sys.setswitchinterval, interval)

    def shapes(self):
        for depth in (1, 3):
            for native in (False, True):
                yield depth, native

    def test_send(self):
        for shape in self.shapes():
            log = []
            made = relay.coroutine(slow(log), *shape)

            def run(made=made):
                wins = refused = 0
                for _ in range(20):
                    try:
                        made.send(None)
                        wins += 1
                    except ValueError as error:
                        assert str(error) == "coroutine already executing", error
                        refused += 1
                return wins, refused

            results = hammer(*[run] * THREADS)
            self.assertEqual([r for r in results if not isinstance(r, tuple)], [])
            self.assertEqual(log, ["in", "out"] * (len(log) // 2))
            self.assertEqual(sum(wins for wins, _ in results), len(log) // 2)
            self.assertGreater(sum(refused for _, refused in results), 0)
            made.close()

    def test_throw_and_close(self):
        for shape in self.shapes():
            for _ in range(10):
                made = relay.coroutine(slow([]), *shape)
                made.send(None)
                results = hammer(
                    lambda made=made: made.send(None),
                    lambda made=made: made.throw(KeyError("k")),
                    made.close,
                    lambda made=made: made.send(None),
                )
                for result in results:
                    self.assertIn(
                        (type(result), str(result)),
                        [
                            (str, "step"),
                            (type(None), "None"),
                            (KeyError, "'k'"),
                            (ValueError, "coroutine already executing"),
                            (RuntimeError, "cannot reuse already awaited coroutine"),
                        ],
                    )
                made.close()

    def test_a_generator(self):
        for shape in self.shapes():

            def numbers():
                for number in range(200):
                    time.sleep(0)
                    yield number

            made = relay.generator(numbers(), *shape)

            def run(made=made):
                got = []
                while True:
                    try:
                        got.append(next(made))
                    except StopIteration:
                        return got
                    except ValueError as error:
                        assert str(error) == "generator already executing", error

            results = hammer(*[run] * THREADS)
            self.assertEqual([r for r in results if not isinstance(r, list)], [])
            self.assertEqual(sorted(sum(results, [])), list(range(200)))

    def test_an_async_generator(self):
        made = relay.async_generator(bodies.plain_numbers(400))

        def run():
            got = []
            while True:
                try:
                    made.asend(None).send(None)
                except StopIteration as stop:
                    got.append(stop.value)
                except StopAsyncIteration:
                    return got
                except (ValueError, RuntimeError):
                    pass

        results = hammer(*[run] * THREADS)
        self.assertEqual([r for r in results if not isinstance(r, list)], [])
        self.assertEqual(sorted(sum(results, [])), list(range(400)))

    def test_attributes_are_read_meanwhile(self):
        for shape in self.shapes():
            made = relay.coroutine(slow([]), *shape)
            stop = threading.Event()

            def look(made=made, stop=stop):
                while not stop.is_set():
                    for name in ("cr_await", "cr_frame", "cr_running", "cr_code"):
                        getattr(made, name)
                    repr(made)
                    made.__qualname__ = "renamed"

            def drive(made=made, stop=stop):
                for _ in range(30):
                    made.send(None)
                stop.set()

            results = hammer(drive, look, look)
            self.assertEqual(results, [None] * 3)
            made.close()

    def test_a_link_in_the_middle(self):
        for shape in self.shapes():
            inner = relay.coroutine(slow([]), *shape)
            outer = relay.coroutine(inner, *shape)
            outer.send(None)

            def run(made):
                for _ in range(20):
                    try:
                        made.send(None)
                    except (ValueError, RuntimeError) as error:
                        assert "already" in str(error), error

            results = hammer(*[lambda m=m: run(m) for m in (inner, outer) * 2])  # noqa: B023
            self.assertEqual(results, [None] * 4)
            outer.close()
            inner.close()

    def test_awaited_by_several(self):
        for shape in self.shapes():
            made = relay.coroutine(slow([]), *shape)

            def run(made=made):
                try:
                    return bodies.awaits(made).send(None)
                except (RuntimeError, ValueError) as error:
                    assert "already" in str(error), error
                    return "refused"

            results = hammer(*[run] * THREADS)
            self.assertLessEqual(set(results), {"step", "refused"})
            self.assertGreaterEqual(results.count("step"), 1)
            made.close()


class ManyObjects(unittest.TestCase):
    def test_made_driven_and_dropped(self):
        def run():
            for number in range(300):
                made = relay.coroutine(suspend(number), 2, number % 2 == 0)
                assert made.send(None) == number
                if number % 3:
                    made.close()
            return "done"

        self.assertEqual(hammer(*[run] * 4), ["done"] * 4)

    def test_made_here_and_dropped_there(self):
        made = []
        for number in range(200):
            made.append(relay.coroutine(suspend(number), 2, number % 2 == 0))
            made[-1].send(None)

        def drop():
            while True:
                try:
                    made.pop()
                except IndexError:
                    return "done"

        self.assertEqual(hammer(drop, drop, drop), ["done"] * 3)


class Ends(process.Subprocess):
    def test_a_process_that_ends_while_threads_drive(self):
        self.run_code(
            """
            import relay
            from support import bodies
            def run():
                while True:
                    made = relay.coroutine(bodies.suspend(), 2, True)
                    made.send(None)
                    made.close()
            for _ in range(3):
                threading.Thread(target=run, daemon=True).start()
            time.sleep(0.2)
            """
        )


if __name__ == "__main__":
    unittest.main()
