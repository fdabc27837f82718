# SPDX-License-Identifier: MIT
"""Callables that tell inspect what they make: `coroutine_function`."""

import asyncio
import functools
import gc
import importlib.util
import inspect
import pickle
import sys
import types
import unittest
import weakref

from support import extensions

scripted = shared = None


def setUpModule():
    global scripted, shared
    scripted = extensions.load("scripted")
    # Each extension that carries the shim has the wheel's module in it.
    spec = importlib.util.spec_from_file_location("_baton", scripted.__file__)
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)


def answer(a, b=2, *, c=3):
    """Add three numbers, later."""
    return scripted.coroutine([("return", a + b + c)])


class Class:
    pass


class CoroutineFunction(unittest.TestCase):
    def setUp(self):
        self.function = shared.coroutine_function(answer)

    def test_inspect_and_asyncio_take_it_for_one(self):
        self.assertTrue(inspect.iscoroutinefunction(self.function))
        self.assertFalse(inspect.isasyncgenfunction(self.function))
        self.assertFalse(inspect.iscoroutinefunction(answer))
        if sys.version_info < (3, 14):  # deprecated from there on
            self.assertTrue(asyncio.iscoroutinefunction(self.function))

    def test_one_of_a_builtin_is_one(self):
        function = shared.coroutine_function(scripted.coroutine)
        self.assertTrue(inspect.iscoroutinefunction(function))
        self.assertEqual(function.__name__, "coroutine")
        self.assertEqual(function.__annotations__, {})

    def test_what_is_partial_or_bound_is_one(self):
        partial = functools.partial(self.function, 1)
        self.assertTrue(inspect.iscoroutinefunction(partial))
        Class.method = shared.coroutine_function(lambda self: answer(1))
        self.assertTrue(inspect.iscoroutinefunction(Class.method))
        self.assertTrue(inspect.iscoroutinefunction(Class().method))

    def test_a_call_passes_everything_on(self):
        self.assertEqual(asyncio.run(self.function(1)), 6)
        self.assertEqual(asyncio.run(self.function(1, 1, c=1)), 3)
        self.assertEqual(asyncio.run(self.function(*(1,), **{"c": 5})), 8)
        with self.assertRaisesRegex(TypeError, "missing 1 required positional"):
            self.function()

    def test_it_binds_as_a_function_does(self):
        Class.method = shared.coroutine_function(lambda self, n: answer(n))
        instance = Class()
        bound = instance.method
        self.assertIs(type(bound), types.MethodType)
        self.assertIs(bound.__self__, instance)
        self.assertIs(bound.__func__, Class.method)
        self.assertEqual(asyncio.run(instance.method(2)), 7)
        self.assertEqual(asyncio.run(Class.method(instance, 2)), 7)

    def test_static_and_class_methods(self):
        class Holder:
            static = staticmethod(shared.coroutine_function(lambda n: answer(n)))
            class_ = classmethod(shared.coroutine_function(lambda cls, n: answer(n)))

        self.assertEqual(asyncio.run(Holder.static(1)), 6)
        self.assertEqual(asyncio.run(Holder().class_(1)), 6)

    def test_attributes_are_those_of_what_it_wraps(self):
        function = self.function
        self.assertIs(function.__wrapped__, answer)
        self.assertEqual(function.__name__, "answer")
        self.assertEqual(function.__qualname__, "answer")
        self.assertEqual(function.__module__, __name__)
        self.assertEqual(inspect.getdoc(function), "Add three numbers, later.")
        self.assertEqual(function.__code__.co_name, "answer")
        self.assertEqual(str(inspect.signature(function)), "(a, b=2, *, c=3)")
        self.assertRegex(repr(function), r"^<function answer at 0x[0-9a-f]+>$")

    def test_it_takes_attributes_and_weak_references(self):
        self.function.route = "/answer"
        self.assertEqual(vars(self.function), {"route": "/answer"})
        reference = weakref.ref(self.function)
        self.function = None
        gc.collect()
        self.assertIsNone(reference())

    def test_a_cycle_through_it_is_collected(self):
        def make():
            function = shared.coroutine_function(lambda: function)
            function.itself = function
            return weakref.ref(function)

        reference = make()
        gc.collect()
        self.assertIsNone(reference())

    def test_it_pickles_by_name(self):
        module = sys.modules[__name__]
        module.answer, kept = self.function, module.answer
        try:
            self.assertIs(pickle.loads(pickle.dumps(self.function)), self.function)
        finally:
            module.answer = kept

    def test_it_is_not_made_of_what_cannot_be_called(self):
        for make, name in (
            (shared.coroutine_function, "coroutine_function"),
            (shared.async_generator_function, "async_generator_function"),
        ):
            with self.assertRaises(TypeError) as caught:
                make(42)
            self.assertEqual(
                str(caught.exception), f"{name}() needs a callable, not 'int'"
            )

    def test_its_type_is_closed(self):
        with self.assertRaisesRegex(TypeError, "cannot create 'function' instances"):
            type(self.function)()
        with self.assertRaisesRegex(TypeError, "not an acceptable base type"):
            type("Sub", (type(self.function),), {})
        for name in ("__name__", "__wrapped__", "__code__"):
            with self.assertRaises(AttributeError):
                setattr(self.function, name, None)


class AsyncGeneratorFunction(unittest.TestCase):
    def test_inspect_takes_it_for_one(self):
        function = shared.async_generator_function(
            lambda: scripted.async_generator([("item", 1), ("item", 2)])
        )
        self.assertTrue(inspect.isasyncgenfunction(function))
        self.assertFalse(inspect.iscoroutinefunction(function))

        async def main():
            return [item async for item in function()]

        self.assertEqual(asyncio.run(main()), [1, 2])


if __name__ == "__main__":
    unittest.main()
