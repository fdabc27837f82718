# SPDX-License-Identifier: MIT
"""Exceptions that were made of native errors, on their way through Python and back."""

import asyncio
import collections
import contextlib
import unittest

from support import extensions

RUNTIME, CANCELLED = 1, 0x80000002
scripted = None


def setUpModule():
    global scripted
    scripted = extensions.load("scripted")


def made(kind=RUNTIME):
    """An exception that Python made of a native error."""
    try:
        scripted.coroutine([("error", kind, "m")]).send(None)
    except BaseException as error:
        return error
    raise AssertionError("no error")


def suspends_in_cleanup():
    return scripted.coroutine([("yield", 1)], cleanup=[("yield", 2)])


async def awaits(other):
    return await other


def places(error):
    """The traceback, the outermost first."""
    names, entry = [], error.__traceback__
    while entry:
        names.append(entry.tb_frame.f_code.co_name)
        entry = entry.tb_next
    return names


class Identity(unittest.TestCase):
    def test_it_is_kept_through_a_native_hop_that_suspends(self):
        for kind in (RUNTIME, CANCELLED):
            with self.subTest(kind=kind):
                error, seen = made(kind), []
                error.note = "kept"
                native = suspends_in_cleanup()

                async def between(native=native, seen=seen):
                    try:
                        await native
                    except BaseException as caught:
                        seen.append(caught)
                        raise

                outer = scripted.coroutine([("await", between())])
                self.assertEqual(outer.send(None), 1)
                self.assertEqual(outer.throw(error), 2)
                with self.assertRaises(type(error)) as caught:
                    outer.send(None)
                self.assertIs(caught.exception, error)
                self.assertIs(seen[0], error)
                self.assertEqual(error.note, "kept")


class Frames(unittest.TestCase):
    def thrown(self, error, native):
        """What comes of it, thrown through Python into a native coroutine."""
        outer = scripted.coroutine([("await", awaits(native))])
        outer.send(None)
        try:
            outer.throw(error)
            outer.send(None)
        except RuntimeError as caught:  # assertRaises would drop the traceback
            self.assertIs(caught, error)
        return places(error)

    def test_the_place_of_the_raise_stays(self):
        def deep(error, depth):
            if depth == 0:
                raise error
            deep(error, depth - 1)

        for depth in (5, 100):
            error = made()
            try:
                deep(error, depth)
            except RuntimeError:
                before = places(error)
            after = self.thrown(error, suspends_in_cleanup())
            self.assertEqual(after[-len(before) :], before)

    def test_none_is_there_twice(self):
        for links in (20, 70):
            chain = scripted.coroutine([("yield", 1)])
            for _ in range(links - 1):
                chain = scripted.coroutine([("await", chain)])
            count = collections.Counter(self.thrown(made(), chain))
            self.assertEqual((count["made"], count["awaits"]), (1, 1))

    def test_a_name_that_is_no_text(self):
        names = {}
        code = compile("def bad(error):\n    raise error\n", "\udcff.py", "exec")
        exec(code, names)
        error = made()
        with contextlib.suppress(RuntimeError):
            names["bad"](error)
        self.assertIn("bad", self.thrown(error, suspends_in_cleanup()))


class Future:
    """Closes who waits for it, and has a result all the same."""

    def __init__(self, waiting):
        self.waiting = waiting

    def done(self):
        return False

    def set_result(self, result):
        pass

    def __await__(self):
        yield self
        with contextlib.suppress(RuntimeError, ValueError):
            self.waiting[0].close()
        return 5


class Loop:
    def __init__(self, future):
        self.future = future

    def create_future(self):
        return self.future

    def add_reader(self, *arguments):
        raise NotImplementedError

    def call_soon_threadsafe(self, *arguments):
        pass


class Waits(unittest.TestCase):
    def test_one_that_closes_who_waits(self):
        future = Future([scripted.coroutine([("never",), ("yield", 9)])])
        (waiting,) = future.waiting
        asyncio._set_running_loop(Loop(future))
        try:
            self.assertIs(waiting.send(None), future)
            with self.assertRaisesRegex(RuntimeError, "already awaited"):
                waiting.send(None)
        finally:
            asyncio._set_running_loop(None)


if __name__ == "__main__":
    unittest.main()
