# SPDX-License-Identifier: MIT
"""What a coroutine function in Rust is to Python."""

import asyncio
import inspect
import pickle
import sys
import unittest

import support


class Functions(support.Case):
    def test_a_call_makes_an_object_of_the_shared_type(self):
        two = support.load("rust_two")
        made = [self.one.answer(), two.answer()]
        self.assertIs(type(made[0]), type(made[1]))
        self.assertEqual(type(made[0]).__name__, "coroutine")
        self.assertTrue(inspect.isawaitable(made[0]))
        self.assertEqual([support.finish(one) for one in made], [42, 42])

    def test_arguments_are_as_the_signature_says(self):
        self.assertEqual(support.finish(self.one.add(1)), 3)
        self.assertEqual(support.finish(self.one.add(1, b=4, times=3)), 15)
        self.assertEqual(str(inspect.signature(self.one.add)), "(a, b=2, *, times=1)")

    def test_a_bad_argument_is_refused_by_the_call(self):
        with self.assertRaises(TypeError) as caught:
            self.one.add("x")
        self.assertIn("'str' object", str(caught.exception))
        with self.assertRaises(TypeError) as caught:
            self.one.add()
        self.assertIn("missing 1 required positional argument", str(caught.exception))

    def test_an_object_comes_back_as_itself(self):
        for value in ([], 10**30, "text", object(), None, True, len):
            self.assertIs(support.finish(self.one.echo(value)), value)

    def test_nothing_is_none(self):
        self.assertIsNone(support.finish(self.one.nothing()))

    def test_inspect_takes_it_for_a_coroutine_function(self):
        for name in ("answer", "add", "tokio_slept", "passes_gate_detached", "local"):
            with self.subTest(name):
                self.assertTrue(inspect.iscoroutinefunction(getattr(self.one, name)))
        self.assertTrue(inspect.iscoroutinefunction(support.load("rust_two").answer))
        self.assertFalse(inspect.iscoroutinefunction(self.one.plain))
        self.assertEqual(self.one.plain(), 1)

    @unittest.skipIf(sys.version_info >= (3, 14), "deprecated from there on")
    def test_asyncio_takes_it_for_a_coroutine_function(self):
        self.assertTrue(asyncio.iscoroutinefunction(self.one.answer))

    def test_it_has_name_module_and_documentation(self):
        function = self.one.documented_echo
        self.assertEqual(function.__name__, "documented_echo")
        self.assertEqual(function.__qualname__, "documented_echo")
        self.assertEqual(function.__module__, "rust_one")
        self.assertEqual(inspect.getdoc(function), "Gives back what it got.")
        self.assertIn("documented_echo", repr(function))
        self.assertEqual(support.finish(function(3)), 3)

    def test_it_is_pickled_by_name(self):
        self.assertIs(pickle.loads(pickle.dumps(self.one.add)), self.one.add)

    def test_a_coroutine_is_not_pickled(self):
        made = self.one.answer()
        text = "cannot pickle 'coroutine' object"
        self.raises(TypeError, text, pickle.dumps, made)
        made.close()

    def test_a_coroutine_tells_what_it_is(self):
        made = self.one.documented_echo(1)
        self.assertEqual(made.__name__, "documented_echo")
        self.assertEqual(inspect.getcoroutinestate(made), "CORO_CREATED")
        self.assertIn("documented_echo", repr(made))
        self.assertTrue(made.cr_code.co_filename.endswith("basics.rs"))
        self.assertGreater(made.cr_code.co_firstlineno, 1)
        made.close()
        self.assertEqual(inspect.getcoroutinestate(made), "CORO_CLOSED")

    def test_one_that_was_not_awaited_is_told_by_name(self):
        with self.assertWarns(RuntimeWarning) as caught:
            self.one.slept(1)
        text = "coroutine 'slept' was never awaited"
        self.assertEqual(str(caught.warning).splitlines()[0], text)

    def test_a_second_await_is_refused(self):
        made = self.one.answer()
        support.finish(made)
        text = "cannot reuse already awaited coroutine"
        self.raises(RuntimeError, text, made.send, None)

    def test_what_is_sent_first_must_be_none(self):
        made = self.one.answer()
        text = "can't send non-None value to a just-started coroutine"
        self.raises(TypeError, text, made.send, 1)
        made.close()


class Methods(support.Case):
    def test_a_method_of_a_frozen_class_borrows_its_object(self):
        client = self.one.Client("ann")
        made = client.greet(support.Suspends())
        del client
        made.send(None)
        self.assertEqual(support.finish_with(made, "bob"), "ann: hello bob")

    def test_arguments_of_a_method(self):
        made = self.one.Client("ann").greet(self.one.echo("bob"), greeting="hi")
        self.assertEqual(support.finish(made), "ann: hi bob")
        signature = inspect.signature(self.one.Client.greet)
        self.assertEqual([*signature.parameters], ["self", "awaitable", "greeting"])

    def test_a_method_takes_the_object_itself(self):
        client = self.one.Client("ann")
        self.assertIs(support.finish(client.me()), client)
        self.assertIs(support.finish(self.one.Client.me(client)), client)

    def test_static_and_class_methods(self):
        self.assertEqual(support.finish(self.one.Client.twice(21)), 42)
        self.assertEqual(support.finish(self.one.Client("x").twice(21)), 42)
        self.assertEqual(support.finish(self.one.Client.class_name()), "Client")
        self.assertEqual(support.finish(self.one.Client("x").class_name()), "Client")

    def test_inspect_takes_them_for_coroutine_functions(self):
        client = self.one.Client("ann")
        for name in ("greet", "me", "twice", "class_name", "detached_name"):
            for owner in (client, self.one.Client):
                with self.subTest(name, owner=type(owner).__name__):
                    self.assertTrue(inspect.iscoroutinefunction(getattr(owner, name)))
        self.assertFalse(inspect.iscoroutinefunction(client.plain))
        self.assertEqual(client.plain(), "ann")

    def test_options_of_a_method(self):
        self.assertEqual(support.finish(self.one.Client("ann").detached_name()), "ann")

    def test_a_wrong_object_is_refused(self):
        with self.assertRaises(TypeError) as caught:
            self.one.Client.me(3)
        self.assertIn("'int' object", str(caught.exception))

    def test_names_of_what_they_make(self):
        made = self.one.Client("ann").me()
        self.assertEqual(made.__name__, "me")
        self.assertEqual(made.__qualname__, "Client.me")
        self.assertIn("Client.me", repr(made))
        made.close()

    def test_they_are_pickled_by_name(self):
        method = self.one.Client.greet
        self.assertIs(pickle.loads(pickle.dumps(method)), method)

    def test_async_with(self):
        client = self.one.Client("ann")

        async def main():
            async with client as entered:
                self.assertIs(entered, client)
                raise KeyError("suppressed")
            return "after"

        self.assertEqual(self.run_async(main), "after")

    def test_async_for(self):
        async def main():
            return [number async for number in self.one.Countdown(3)]

        self.assertEqual(self.run_async(main), [2, 1, 0])


if __name__ == "__main__":
    unittest.main()
