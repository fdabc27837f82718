# SPDX-License-Identifier: MIT
"""Exceptions and panics on their way between Python and Rust."""

import traceback
import unittest

import support


class Exceptions(support.Case):
    def test_an_exception_stays_itself(self):
        error = LookupError("kept")

        async def inner():
            raise error

        for made in (self.one.fail(error), self.one.relay(inner())):
            with self.assertRaises(LookupError) as caught:
                made.send(None)
            self.assertIs(caught.exception, error)

    def test_base_exceptions_pass(self):
        for error in (KeyboardInterrupt("stop"), SystemExit(3)):
            with self.assertRaises(type(error)) as caught:
                self.one.fail(error).send(None)
            self.assertIs(caught.exception, error)

    def test_the_traceback_has_an_entry_of_rust(self):
        async def inner():
            raise KeyError("deep")

        made = self.one.relay(self.one.relay(inner()))
        error = self.raises(KeyError, "'deep'", made.send, None)
        entries = traceback.extract_tb(error.__traceback__)
        names = [entry.name for entry in entries]
        self.assertEqual(names[-3:], ["relay", "relay", "inner"])
        self.assertTrue(entries[-2].filename.endswith("awaiting.rs"))
        self.assertGreater(entries[-2].lineno, 1)

    def test_a_native_error_is_an_exception_of_its_kind(self):
        made = self.one.fail_native("no value")
        error = self.raises(ValueError, "no value", made.send, None)
        names = [entry.name for entry in traceback.extract_tb(error.__traceback__)]
        self.assertEqual(names[-1], "fail_native")

    def test_cause_and_context_are_kept(self):
        cause = KeyError("cause")

        async def inner():
            raise ValueError("effect") from cause

        made = self.one.relay(inner())
        error = self.raises(ValueError, "effect", made.send, None)
        self.assertIs(error.__cause__, cause)

    def test_stop_iteration_is_a_runtime_error(self):
        made = self.one.fail(StopIteration(3))
        text = "coroutine raised StopIteration"
        error = self.raises(RuntimeError, text, made.send, None)
        self.assertIsInstance(error.__cause__, StopIteration)


class Payloads(support.Case):
    """Every Python object could be driven; Rust gets the data that it stands for."""

    class Number(int):
        def __await__(self):
            raise AssertionError("it is not awaited")

    def test_data_are_given(self):
        for value, shown in (
            (2, "2"),
            (2**63, "9223372036854775808"),
            (True, "true"),
            (0.5, "0.5"),
            ("text", '"text"'),
            (b"bytes", "<bytes>"),
            (None, "none"),
            (self.Number(7), "7"),
        ):
            with self.subTest(repr(value)):
                self.assertEqual(self.one.payload_of(StopIteration(value)), shown)

    def test_the_number_of_an_os_error(self):
        self.assertEqual(self.one.payload_of(OSError(2, "no such file")), "2")

    def test_what_is_no_data_is_withheld(self):
        async def inner():
            pass

        made = inner()
        for value in (object(), [1], 2**64, "\ud800", made):
            with self.subTest(type(value).__name__):
                self.assertEqual(self.one.payload_of(StopIteration(value)), "none")
        made.close()


class Panics(support.Case):
    def panic_of(self, made):
        try:
            made.send(None)
        except BaseException as error:
            return error

    def test_a_panic_is_no_ordinary_exception(self):
        error = self.panic_of(self.one.panics("at the disco"))
        self.assertEqual(type(error).__name__, "PanicException")
        self.assertEqual(type(error).__module__, "baton")
        self.assertEqual(str(error), "at the disco")
        self.assertNotIsInstance(error, Exception)

    def test_it_tells_where(self):
        error = self.panic_of(self.one.panics("where"))
        entries = traceback.extract_tb(error.__traceback__)
        self.assertTrue(any(e.filename.endswith("faults.rs") for e in entries))

    def test_both_extensions_have_the_same_class(self):
        two = support.load("rust_two")
        first = self.panic_of(self.one.panics("one"))
        second = self.panic_of(two.panics("two"))
        self.assertIs(type(first), type(second))
        self.assertEqual((str(first), str(second)), ("one", "two"))

    def test_it_passes_through_both_languages(self):
        two = support.load("rust_two")

        async def middle():
            try:
                await self.one.panics("passes")
            except Exception:
                self.fail("caught by `except Exception`")

        made = two.relay(self.one.relay(middle()))
        error = self.panic_of(made)
        self.assertEqual(str(error), "passes")
        self.assertEqual(type(error).__name__, "PanicException")

    def test_one_of_pyo3_stays_what_it_is(self):
        async def inner():
            self.one.plainly_panics()

        with self.assertRaises(BaseException) as caught:
            self.one.relay(self.one.relay(inner())).send(None)
        self.assertEqual(type(caught.exception).__module__, "pyo3_runtime")
        self.assertEqual(str(caught.exception), "plainly")

    def test_one_of_pyo3_that_meets_rust_is_ours(self):
        made = self.one.calls(self.one.plainly_panics)
        error = self.panic_of(made)
        self.assertEqual(type(error).__module__, "baton")
        self.assertIn("plainly", str(error))

    def test_after_a_suspension(self):
        made = self.one.panics_after(support.Suspends(), "later")
        made.send(None)
        with self.assertRaises(BaseException) as caught:
            made.send(None)
        self.assertEqual(str(caught.exception), "later")
        text = "cannot reuse already awaited coroutine"
        self.raises(RuntimeError, text, made.send, None)

    def test_of_a_task_of_tokio(self):
        async def main():
            try:
                await self.one.tokio_spawned(-1)
            except BaseException as error:
                return type(error).__name__, str(error)

        expected = ("PanicException", "no number below zero")
        self.assertEqual(self.run_async(main), expected)

    def test_of_a_destructor_is_raised_by_close(self):
        made = self.one.panics_in_drop(support.Suspends())
        made.send(None)
        with self.assertRaises(BaseException) as caught:
            made.close()
        self.assertEqual(type(caught.exception).__name__, "PanicException")
        self.assertEqual(str(caught.exception), "dropped badly")

    def test_of_a_destructor_is_reported_on_release(self):
        made = self.one.panics_in_drop(support.Suspends())
        made.send(None)
        del made
        self.assertEqual(self.take_reports(), ["PanicException: dropped badly"])

    def test_of_a_destructor_at_the_end_is_the_result(self):
        error = self.panic_of(self.one.panics_in_drop(self.one.answer()))
        self.assertEqual(type(error).__name__, "PanicException")
        self.assertEqual(str(error), "dropped badly")


class Destructors(support.Case):
    def test_an_exception_that_one_leaves_is_reported(self):
        def fails():
            raise KeyError("left")

        made = self.one.raises_in_drop(support.Suspends(), fails)
        made.send(None)
        made.close()
        self.assertEqual(self.take_reports(), ["KeyError: 'left'"])

    def test_on_release_too(self):
        def fails():
            raise KeyError("left")

        made = self.one.raises_in_drop(support.Suspends(), fails)
        made.send(None)
        del made
        self.assertEqual(self.take_reports(), ["KeyError: 'left'"])

    def test_and_the_result_is_what_it_was(self):
        def fails():
            raise KeyError("left")

        made = self.one.raises_in_drop(self.one.answer(), fails)
        self.assertEqual(support.finish(made), 42)
        self.assertEqual(self.take_reports(), ["KeyError: 'left'"])

    def test_of_one_that_was_thrown_into(self):
        def fails():
            raise KeyError("left")

        made = self.one.raises_in_drop(support.Suspends(), fails)
        made.send(None)
        self.raises(ValueError, "thrown", made.throw, ValueError("thrown"))
        self.assertEqual(self.take_reports(), ["KeyError: 'left'"])


if __name__ == "__main__":
    unittest.main()
