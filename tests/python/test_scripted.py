# SPDX-License-Identifier: MIT
"""Native bodies, seen from Python: values, errors, tracebacks, cleanup."""

import asyncio
import errno
import gc
import inspect
import math
import os
import pickle
import sys
import traceback
import unittest
import warnings

from support import bodies, extensions
from support.raises import raised

driver = scripted = relay = None
# The numbers of abi/registry.txt.
KINDS = {
    0: Exception,
    1: RuntimeError,
    2: TypeError,
    3: ValueError,
    5: StopAsyncIteration,
    6: TimeoutError,
    7: MemoryError,
    8: OSError,
    9: RecursionError,
    10: KeyError,
    11: IndexError,
    12: ArithmeticError,
    13: AssertionError,
    14: AttributeError,
    15: NotImplementedError,
    16: EOFError,
    17: UnicodeError,
    0x80000000: BaseException,
    0x80000001: GeneratorExit,
    0x80000002: asyncio.CancelledError,
    0x80000003: KeyboardInterrupt,
    0x80000004: SystemExit,
}
STOP_ITERATION, OS, KEY, EXIT, PANIC = 4, 8, 10, 0x80000004, 0x80000005
UNKNOWN, UNKNOWN_BASE = 1000, 0x80000000 + 1000


def setUpModule():
    global driver, scripted, relay
    driver = extensions.load("driver")
    scripted, relay = extensions.load("scripted"), extensions.load("relay")


def drive(made):
    """Runs to the end; gives the yielded values and the result."""
    yielded = []
    try:
        while True:
            yielded.append(made.send(None))
    except StopIteration as stop:
        return yielded, stop.value


def result(*ops, **more):
    return drive(scripted.coroutine(ops, **more))[1]


def error_of(*ops, **more):
    return raised(lambda: result(*ops, **more))


class Values(unittest.TestCase):
    def test_scalars_become_python_objects(self):
        for value, form in (
            (True, "bool"),
            (False, "bool"),
            (0, "i64"),
            (-(1 << 63), "i64"),
            ((1 << 63) - 1, "i64"),
            (1 << 63, "u64"),
            ((1 << 64) - 1, "u64"),
            (5, "u64"),
            (1.5, "f64"),
            (math.inf, "f64"),
            ("text ✓ \U0001f40d", "text"),
            ("", "text"),
            ("nul\0inside", "text"),
            (b"bytes\0\xff", "bytes"),
            (b"", "bytes"),
        ):
            with self.subTest(form=form, value=value):
                got = result(("return", value, form))
                self.assertEqual(got, value)
                self.assertIs(type(got), type(value))
                self.assertEqual(
                    drive(scripted.coroutine([("yield", value, form)]))[0], [value]
                )
        self.assertTrue(math.isnan(result(("return", math.nan, "f64"))))
        self.assertEqual(math.copysign(1, result(("return", -0.0, "f64"))), -1)
        self.assertIsNone(result(("return", "ignored", "none")))

    def test_objects_come_home_as_they_are(self):
        class Integer(int):
            pass

        for value in (1 << 70, 5, 1.5, Integer(3), True, (), object(), len, gc):
            self.assertIs(result(("return", value)), value)
            self.assertIs(drive(scripted.coroutine([("yield", value)]))[0][0], value)

    def test_sent_objects_arrive_as_they_are(self):
        for value in (1 << 70, 1.5, True, object(), "text", bodies.ready):
            log = []
            made = scripted.coroutine([("yield", 1), ("yield", 2)], log=log)
            made.send(None)
            made.send(value)
            self.assertIs(log[0], value)
            made.close()

    def test_results_that_iterators_confuse(self):
        for value in ((), (1, 2), ValueError("v"), StopIteration(5), StopIteration):
            made = scripted.coroutine([("return", value)])
            with self.assertRaises(StopIteration) as caught:
                made.send(None)
            self.assertIs(caught.exception.value, value)

            async def awaits(made):
                return await made

            with self.assertRaises(StopIteration) as caught:
                awaits(scripted.coroutine([("return", value)])).send(None)
            self.assertIs(caught.exception.value, value)
            with self.assertRaises(StopIteration) as caught:
                next(scripted.generator([("return", value)]))
            self.assertIs(caught.exception.value, value)

    def test_a_scalar_that_python_cannot_show_is_passed_on(self):
        value = result(("return", 77, "tag"))
        self.assertIn("unknown tag", repr(value))
        self.assertNotIsInstance(value, int)
        passed = relay.coroutine(bodies.ready(value), 2, True)
        self.assertIn("unknown tag", repr(drive(passed)[1]))

    def test_a_bare_kind_as_a_value(self):
        got = result(("return", KEY, "kind"))
        self.assertIsInstance(got, KeyError)

    def test_the_result_of_what_is_awaited(self):
        log = []
        self.assertIsNone(result(("await", bodies.ready((1, 2))), log=log))
        self.assertEqual(log, [(1, 2)])
        inner = scripted.coroutine([("return", 7, "i64")])
        log = []
        result(("await", inner), log=log)
        self.assertEqual(log, [7])


class Errors(unittest.TestCase):
    def test_each_kind_is_its_class(self):
        for kind, expected in KINDS.items():
            for op in (("error", kind), ("error", kind, "a message")):
                with self.subTest(kind=hex(kind), op=op):
                    error = error_of(op)
                    self.assertIs(type(error), expected)
                    if len(op) == 3 and kind not in (KEY,):
                        self.assertEqual(str(error), "a message")
                    elif kind == KEY and len(op) == 3:
                        self.assertEqual(error.args, ("a message",))

    def test_a_message_is_text(self):
        for text in ("ünï ✓ \U0001f40d", "x" * 5000, "100 %s %n"):
            self.assertEqual(str(error_of(("error", 3, text))), text)

    def test_stop_iteration_is_converted(self):
        error = error_of(("error", STOP_ITERATION, None, 42))
        self.assertIs(type(error), RuntimeError)
        self.assertEqual(str(error), "coroutine raised StopIteration")
        self.assertIs(type(error.__cause__), StopIteration)
        self.assertEqual(error.__cause__.value, 42)
        with self.assertRaises(RuntimeError) as caught:
            next(scripted.generator([("error", STOP_ITERATION)]))
        self.assertEqual(str(caught.exception), "generator raised StopIteration")

    def test_payloads(self):
        error = error_of(("error", OS, "gone", errno.ENOENT))
        self.assertIsInstance(error, OSError)
        self.assertEqual(error.errno, errno.ENOENT)
        error = error_of(("error", EXIT, None, 3))
        self.assertEqual(error.code, 3)

    def test_cause_and_context(self):
        error = error_of(("error", 3, "m", None, 10, 11))
        self.assertIs(type(error.__cause__), KeyError)
        self.assertIs(type(error.__context__), IndexError)
        self.assertEqual(error.__cause__.args, ("the cause",))
        self.assertEqual(error.__context__.args, ("the context",))
        self.assertTrue(error.__suppress_context__)
        error = error_of(("error", 3, "m", None, None, 11))
        self.assertIs(type(error.__context__), IndexError)
        self.assertIsNone(error.__cause__)
        self.assertFalse(error.__suppress_context__)

    def test_a_panic_is_not_caught_by_ordinary_handlers(self):
        error = error_of(("error", PANIC, "it is broken"))
        self.assertNotIsInstance(error, Exception)
        self.assertEqual(type(error).__name__, "PanicException")
        self.assertEqual(str(error), "it is broken")
        self.assertEqual(driver.describe_error(error)[0], PANIC)
        derived = type("Derived", (type(error),), {})("still one")
        self.assertEqual(driver.describe_error(derived)[0], PANIC)

    def test_unknown_kinds(self):
        self.assertIsInstance(error_of(("error", UNKNOWN, "m")), Exception)
        error = error_of(("error", UNKNOWN_BASE, "m"))
        self.assertNotIsInstance(error, Exception)

    def test_groups(self):
        if sys.version_info < (3, 11):
            self.skipTest("no groups before 3.11")
        self.assertIsInstance(error_of(("error", 18, "m")), Exception)
        error = error_of(("error", 0x80000006, "m"))
        self.assertNotIsInstance(error, Exception)

    def test_python_exceptions_are_themselves(self):
        for error in (ValueError("v"), KeyboardInterrupt(), StopAsyncIteration(1)):
            self.assertIs(error_of(("raise", error)), error)

    def test_two_hops_give_one_exception(self):
        seen = []

        async def middle(inner):
            try:
                await inner
            except ValueError as error:
                seen.append(error)
                raise

        inner = scripted.coroutine([("error", 3, "once")])
        seen.append(error_of(("await", middle(inner))))
        self.assertIs(seen[0], seen[1])

    def test_a_thrown_error_is_caught_as_itself(self):
        log = []
        ops = [("yield", 1), ("catch",), ("yield", 2), ("return", "end")]
        made = scripted.coroutine(ops, log=log)
        made.send(None)
        error = ValueError("thrown")
        self.assertEqual(made.throw(error), 2)
        self.assertIs(log[0], error)
        self.assertEqual(drive(made), ([], "end"))

    def test_a_thrown_class_is_an_instance_when_caught(self):
        log = []
        made = scripted.coroutine([("yield", 1), ("catch",)], log=log)
        made.send(None)
        with self.assertRaises(StopIteration):
            made.throw(KeyError)
        self.assertIs(type(log[0]), KeyError)

    def test_the_error_of_what_is_awaited_can_be_caught(self):
        log = []
        error = ValueError("v")
        ops = [("await", bodies.fails(error)), ("catch",), ("return", "caught")]
        self.assertEqual(result(*ops, log=log), "caught")
        self.assertIs(log[0], error)

    def test_a_callable_that_fails(self):
        def fails():
            raise LookupError("from Python")

        error = error_of(("call", fails))
        self.assertIs(type(error), LookupError)
        self.assertIn(
            "fails", [entry.name for entry in traceback.extract_tb(error.__traceback__)]
        )

    def test_errors_can_be_pickled(self):
        error = pickle.loads(pickle.dumps(error_of(("error", 3, "m"))))
        self.assertEqual(error.args, ("m",))

    def test_an_error_in_the_cleanup_remembers_the_first(self):
        error = error_of(("error", 3, "first"), cleanup=[("error", 10, "second")])
        self.assertIs(type(error), KeyError)
        self.assertIs(type(error.__context__), ValueError)


class Tracebacks(unittest.TestCase):
    def entries(self, error):
        return [
            (entry.name, entry.filename, entry.lineno)
            for entry in traceback.extract_tb(error.__traceback__)
        ]

    def assertNativeEntry(self, entry, function="scripted_coroutine"):
        name, file, line = entry
        self.assertEqual(name, function)
        self.assertEqual(os.path.basename(file), "scripted.c")
        self.assertGreater(line, 1)

    def test_a_native_body_has_its_entry(self):
        entries = self.entries(error_of(("error", 3, "m")))
        self.assertNativeEntry(entries[-1])
        entries = self.entries(error_of(("raise", ValueError("v"))))
        self.assertNativeEntry(entries[-1])

    def test_the_line_is_where_the_body_was(self):
        lines = extensions.HERE.joinpath("ext/scripted.c").read_text().splitlines()
        _, _, line = self.entries(error_of(("error", 3, "m")))[-1]
        self.assertIn("baton_raise", lines[line - 1])
        made = scripted.coroutine([("yield", 1)])
        made.send(None)
        _, _, line = self.entries(raised(made.throw, ValueError("v")))[-1]
        self.assertIn("BATON_SUSPEND", lines[line - 1])

    def test_the_source_line_is_shown(self):
        text = "".join(
            traceback.format_exception(
                None, error := error_of(("error", 3, "m")), error.__traceback__
            )
        )
        self.assertIn("in scripted_coroutine", text)
        self.assertIn("baton_raise", text)

    def test_python_and_native_entries_alternate(self):
        async def python(inner):
            await inner

        inner = scripted.coroutine([("error", 3, "m")])
        middle = scripted.coroutine([("await", python(inner))])
        error = raised(python(middle).send, None)
        names = [name for name, _, _ in self.entries(error)][1:]
        self.assertEqual(
            names, ["python", "scripted_coroutine", "python", "scripted_coroutine"]
        )

    def test_native_links_below_native_links(self):
        inner = scripted.coroutine([("error", 3, "m")])
        middle = scripted.coroutine([("await", inner)])
        error = error_of(("await", middle))
        names = [name for name, _, _ in self.entries(error)][-3:]
        self.assertEqual(names, ["scripted_coroutine"] * 3)

    def test_kinds_of_bodies_have_their_names(self):
        error = raised(next, scripted.generator([("error", 3, "m")]))
        self.assertNativeEntry(self.entries(error)[-1], "scripted_generator")
        made = scripted.async_generator([("error", 3, "m")])
        error = raised(made.asend(None).send, None)
        self.assertNativeEntry(self.entries(error)[-1], "scripted_async_generator")

    def test_frames_of_the_traceback_can_be_looked_at(self):
        error = error_of(("error", 3, "m"))
        entry = error.__traceback__
        while entry.tb_next:
            entry = entry.tb_next
        self.assertIsInstance(entry.tb_frame.f_locals, dict)
        self.assertIsNone(inspect.getframeinfo(entry).code_context and None)
        self.assertTrue(repr(entry.tb_frame))
        entry.tb_frame.clear()


class Cleanup(unittest.TestCase):
    def test_it_runs_on_every_way_out(self):
        cases = {
            "end": lambda made: drive(made),
            "close": lambda made: made.close(),
            "throw": lambda made: made.throw(ValueError),
        }
        for name, way in cases.items():
            log = []
            cleanup = [("call", lambda name=name: name)]
            made = scripted.coroutine([("yield", 1)], cleanup, log)
            made.send(None)
            try:
                way(made)
            except ValueError:
                pass
            self.assertIn(name, log)
        log = []
        made = scripted.coroutine([("yield", 1)], [("call", lambda: "drop")], log)
        made.send(None)
        del made
        gc.collect()
        self.assertEqual(log, ["drop"])

    def test_it_may_await(self):
        log = []
        made = scripted.coroutine(
            [("yield", 1)], [("await", bodies.suspend("cleaning"))], log
        )
        made.send(None)
        self.assertEqual(made.throw(ValueError("v")), "cleaning")
        with self.assertRaisesRegex(ValueError, "^v$"):
            made.send("cleaned")
        self.assertEqual(log, ["cleaned"])

    def test_it_may_not_suspend_when_closed(self):
        made = scripted.coroutine([("yield", 1)], [("yield", 2)])
        made.send(None)
        with self.assertRaisesRegex(RuntimeError, "coroutine ignored GeneratorExit"):
            made.close()
        made.close()

    def test_it_does_not_run_if_nothing_began(self):
        log = []
        made = scripted.coroutine([], [("call", lambda: "ran")], log)
        made.close()
        with self.assertRaises(ValueError):
            scripted.coroutine([], [("call", lambda: "ran")], log).throw(ValueError)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            scripted.coroutine([], [("call", lambda: "ran")], log)
        self.assertEqual(log, [])
        self.assertEqual(
            [str(warning.message) for warning in caught],
            ["coroutine 'scripted_coroutine' was never awaited"],
        )

    def test_a_return_in_it_replaces_the_error(self):
        made = scripted.coroutine([("yield", 1)], [("return", "instead")])
        made.send(None)
        with self.assertRaises(StopIteration) as caught:
            made.throw(ValueError("dropped"))
        self.assertEqual(caught.exception.value, "instead")

    def test_frames_are_dropped(self):
        before = scripted.live()
        made = [scripted.coroutine([("yield", 1)]) for _ in range(4)]
        self.assertEqual(scripted.live(), before + 4)
        drive(made[0])
        self.assertEqual(scripted.live(), before + 3)
        made[1].close()
        self.assertEqual(scripted.live(), before + 2)
        made[2].send(None)
        del made[2:]
        gc.collect()
        self.assertEqual(scripted.live(), before)


class Kinds(unittest.TestCase):
    def test_generators(self):
        made = scripted.generator([("yield", 1, "i64"), ("yield", "b"), ("return", 3)])
        self.assertEqual(drive(made), ([1, "b"], 3))
        self.assertEqual(list(scripted.generator([("yield", 1)] * 3)), [1, 1, 1])

        def outer():
            return (yield from scripted.generator([("yield", 1), ("return", 2)]))

        self.assertEqual(drive(outer()), ([1], 2))

    def test_a_generator_delegates(self):
        made = scripted.generator([("await", iter([1, 2])), ("yield", 3)])
        self.assertEqual(list(made), [1, 2, 3])

    def test_async_generators(self):
        log = []

        async def consume():
            return [
                item
                async for item in scripted.async_generator(
                    [
                        ("item", 1, "i64"),
                        ("await", bodies.suspend("wait")),
                        ("item", "two"),
                    ],
                    [("call", lambda: "cleanup")],
                    log,
                )
            ]

        self.assertEqual(drive(consume()), (["wait"], [1, "two"]))
        self.assertEqual(log[-1], "cleanup")

    def test_an_async_generator_is_closed(self):
        log = []
        made = scripted.async_generator(
            [("item", 1)], [("await", bodies.suspend("cleaning"))], log
        )
        with self.assertRaises(StopIteration):
            made.asend(None).send(None)
        step = made.aclose()
        self.assertEqual(step.send(None), "cleaning")
        with self.assertRaises(StopIteration):
            step.send("done")
        self.assertEqual(log[-1], "done")

    def test_an_item_from_a_coroutine_is_an_error(self):
        with self.assertRaises(Exception) as caught:
            result(("item", 1))
        self.assertTrue(str(caught.exception))


if __name__ == "__main__":
    unittest.main()
