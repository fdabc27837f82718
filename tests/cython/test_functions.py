# SPDX-License-Identifier: MIT
"""What the decorator gives, and what it refuses."""

import asyncio
import functools
import gc
import inspect
import pickle
import unittest
import warnings
import weakref

import modules

forms = modules.load("forms")


def finish(made):
    try:
        made.send(None)
    except StopIteration as stop:
        return stop.value
    raise AssertionError("it has waited")


def unstarted_type(function, *arguments):
    made = function(*arguments)
    if inspect.isawaitable(made):
        made.close()
    return type(made)


class Functions(unittest.TestCase):
    def test_the_types_are_shared(self):
        made = forms.documented(1)
        self.assertEqual(repr(type(made)), "<class 'coroutine'>")
        self.assertIs(type(made), unstarted_type(forms.held, 1, 2))
        self.assertIs(type(made), unstarted_type(modules.load("answer").answer))
        relay = modules.load("relay_cython")
        self.assertIs(type(relay.generator(())), type(forms.counting(1)))
        agen = forms.numbers(1, [])
        self.assertEqual(repr(type(agen)), "<class 'async_generator'>")
        self.assertIs(type(relay.async_generator(agen)), type(agen))
        made.close()

    def test_it_looks_as_its_function(self):
        function = forms.documented
        self.assertEqual(function.__name__, "documented")
        self.assertEqual(function.__qualname__, "documented")
        self.assertEqual(function.__module__, "forms")
        self.assertEqual(function.__doc__, "What it says.")
        self.assertEqual(function.__defaults__, (2,))
        self.assertIs(pickle.loads(pickle.dumps(function)), function)
        self.assertIs(weakref.ref(function)(), function)
        self.assertRegex(repr(function), r"^<function documented at 0x[0-9a-f]+>$")
        parameters = inspect.signature(function).parameters
        self.assertEqual(list(parameters), ["first", "second", "rest", "key", "more"])
        function.mark = 5
        self.assertEqual(function.mark, 5)
        del function.mark
        with self.assertRaises(AttributeError) as caught:
            function.mark  # noqa: B018
        self.assertIn("mark", str(caught.exception))

    def test_inspect_knows_what_it_makes(self):
        self.assertTrue(inspect.iscoroutinefunction(forms.documented))
        self.assertTrue(inspect.isasyncgenfunction(forms.numbers))
        self.assertTrue(inspect.isgeneratorfunction(forms.counting))
        self.assertFalse(inspect.iscoroutinefunction(forms.numbers))
        self.assertTrue(inspect.iscoroutinefunction(forms.Thing().method))
        self.assertTrue(
            inspect.iscoroutinefunction(functools.partial(forms.documented, 1))
        )

    def test_objects_are_named_after_it(self):
        made = forms.Thing().method()
        self.assertEqual(made.__name__, "method")
        self.assertEqual(made.__qualname__, "Thing.method")
        self.assertEqual(made.cr_code.co_name, "method")
        self.assertFalse(made.cr_running)
        self.assertIsNone(made.cr_await)
        made.close()
        self.assertIsNone(made.cr_frame)

    def test_arguments_of_every_kind(self):
        made = forms.documented(1, 2, 3, key=4, other=5)
        self.assertEqual(finish(made), (1, 2, (3,), 4, {"other": 5}))
        self.assertEqual(finish(forms.documented(1)), (1, 2, (), 3, {}))

    def test_wrong_arguments_are_told_by_the_call(self):
        with self.assertRaisesRegex(TypeError, "documented"):
            forms.documented()
        with self.assertRaisesRegex(TypeError, "held"):
            forms.held(1, 2, 3)

    def test_methods(self):
        for made in (forms.Thing(), forms.Extension()):
            self.assertEqual(finish(made.method(1)), (made, 1))
            self.assertEqual(finish(made.method(value=2)), (made, 2))
            bound = made.method
            self.assertEqual(finish(bound(3)), (made, 3))
            self.assertEqual(finish(type(made).method(made)), (made, None))
        self.assertIs(finish(forms.Thing.of_class()), forms.Thing)
        self.assertEqual(finish(forms.Thing.alone(4)), 4)
        self.assertEqual(finish(forms.Thing().alone(4)), 4)

    def test_closures(self):
        made = [forms.closure(value)() for value in range(100)]
        self.assertEqual([finish(each) for each in made], list(range(100)))

    def test_generators(self):
        made = forms.counting(3)
        self.assertEqual([next(made), made.send(5), made.send(6)], [0, 1, 2])
        with self.assertRaises(StopIteration) as caught:
            made.send(7)
        self.assertEqual(caught.exception.value, 18)
        self.assertEqual(list(forms.counting(3)), [0, 1, 2])


class Refused(unittest.TestCase):
    def test_what_makes_no_coroutine(self):
        text = "shared\\(\\) needs a coroutine function, async generator function or"
        bad = [5, None, "text", print, len, int, lambda: 1, object(), forms.decorate]
        for function in [*bad, staticmethod(print)]:
            with self.subTest(function=function):
                with self.assertRaisesRegex(TypeError, text):
                    forms.decorate(function)
        with self.assertRaisesRegex(TypeError, "not <object object at"):
            forms.decorate(object())

    def test_decorated_twice_is_decorated_once(self):
        self.assertIs(forms.decorate(forms.documented), forms.documented)

    def test_functions_of_python(self):
        @forms.decorate
        async def function(value):
            return value

        made = function(7)
        self.assertIs(type(made), unstarted_type(forms.documented, 1))
        self.assertEqual(made.__qualname__, function.__qualname__)
        self.assertEqual(finish(made), 7)

    def test_one_that_returns_something_else(self):
        class Odd:
            class __code__:  # noqa: N801
                co_flags = inspect.CO_COROUTINE

            def __init__(self):
                self.__name__ = self.__qualname__ = "odd"

            def __call__(self):
                return 5

        with self.assertRaises(TypeError) as caught:
            forms.decorate(Odd())()
        text = "'odd' returned 'int', which is no coroutine"
        self.assertEqual(str(caught.exception), text)

    def test_the_types_cannot_be_subclassed_or_made(self):
        for made in (forms.documented(1), forms.numbers(1, []), forms.counting(1)):
            name = type(made).__name__
            with self.assertRaisesRegex(TypeError, f"'{name}' is not an acceptable"):
                type("Sub", (type(made),), {})
            with self.assertRaisesRegex(TypeError, f"cannot create '{name}'"):
                type(made)()
            if hasattr(made, "close"):
                made.close()

    def test_isinstance_of_the_abstract_classes(self):
        import collections.abc as abc

        made = forms.documented(1)
        self.assertIsInstance(made, abc.Coroutine)
        self.assertIsInstance(made, abc.Awaitable)
        self.assertIsInstance(forms.numbers(1, []), abc.AsyncGenerator)
        self.assertIsInstance(forms.counting(1), abc.Generator)
        made.close()


class NeverAwaited(unittest.TestCase):
    def told(self, action):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            action()
            gc.collect()
        return [str(each.message) for each in caught]

    def test_told_once(self):
        text = ["coroutine 'documented' was never awaited"]
        self.assertEqual(self.told(lambda: forms.documented(1)), text)

    def test_told_in_a_cycle(self):
        def cycle():
            box = []
            box.append(forms.held(box, None))

        # By the collector's call of the finalizer of Cython's coroutine, too.
        text = "coroutine 'held' was never awaited"
        self.assertEqual(set(self.told(cycle)), {text})

    def test_not_told_of_what_was_closed_or_thrown_into(self):
        def ends():
            forms.documented(1).close()
            with self.assertRaises(KeyError):
                forms.documented(1).throw(KeyError("k"))

        self.assertEqual(self.told(ends), [])

    def test_not_told_of_generators(self):
        def unused():
            forms.counting(1)
            forms.numbers(1, [])

        self.assertEqual(self.told(unused), [])

    def test_not_told_of_what_ran(self):
        self.assertEqual(self.told(lambda: asyncio.run(forms.documented(1))), [])
