# SPDX-License-Identifier: MIT
"""Other versions, wrong moments, wrong threads: clear errors, no crash."""

import pathlib
import unittest

import support

# Puts the table of somebody else into the interpreter.
TABLE = """
import ctypes
class Table(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_uint32), ("major", ctypes.c_uint16),
        ("minor", ctypes.c_uint16), ("magic", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32), ("provider", ctypes.c_char_p),
        ("rest", ctypes.c_void_p * 32),
    ]
api = ctypes.pythonapi
api.PyInterpreterState_Get.restype = ctypes.c_void_p
api.PyInterpreterState_GetDict.restype = ctypes.c_void_p  # borrowed
api.PyInterpreterState_GetDict.argtypes = [ctypes.c_void_p]
api.PyCapsule_New.restype = ctypes.py_object
api.PyCapsule_New.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
def publish(**fields):
    fields = {"size": ctypes.sizeof(Table), "magic": 0x59505442, "minor": 1, **fields}
    table = Table(provider=b"another 9.8.7", **fields)
    home = api.PyInterpreterState_GetDict(api.PyInterpreterState_Get())
    home = ctypes.cast(home, ctypes.py_object).value
    capsule = api.PyCapsule_New(ctypes.addressof(table), b"baton.python", None)
    home["baton.python"] = capsule
    return table
def attempt(name):
    try:
        __import__(name)
    except ImportError as error:
        print(type(error).__name__, error)
    else:
        print("imported")
"""


class Tables(unittest.TestCase):
    def attempt(self, fields, path=()):
        code = f"{TABLE}\nkept = publish({fields})\nattempt('rust_two')\n"
        return support.run_code(code, path)

    def places(self):
        """With the shim, and without it."""
        yield ()
        yield (pathlib.Path(support.folder(), "wheel"),)

    def test_another_major_version(self):
        for path in self.places():
            with self.subTest(path=path):
                out = self.attempt("major=7", path)
                for part in ("ImportError", "0.1", "7.1", "another 9.8.7", "upgrade"):
                    self.assertIn(part, out)

    def test_another_magic(self):
        for path in self.places():
            out = self.attempt("magic=1", path)
            self.assertIn("ImportError", out)
            self.assertIn("another 9.8.7", out)

    def test_a_short_table(self):
        for path in self.places():
            out = self.attempt("size=40", path)
            self.assertIn("ImportError", out)
            self.assertIn("40 bytes", out)

    def test_a_class_alone_refuses_too(self):
        code = f"{TABLE}\nkept = publish(major=7)\nattempt('rust_one')\n"
        out = support.run_code(code)
        self.assertIn("ImportError", out)
        self.assertIn("7.1", out)


SECOND = """
import rust_two
rust_two.answer().close()
try:
    import _interpreters as interpreters
    make = lambda: interpreters.create("legacy")
except ImportError:
    import _xxsubinterpreters as interpreters
    make = lambda: interpreters.create(isolated=False)
interpreters.run_string(make(), '''
try:
    import rust_two
    rust_two.answer()
except ImportError as error:
    print(error, flush=True)
else:
    print("it is taken", flush=True)
''')
"""


class Interpreters(unittest.TestCase):
    def test_a_second_one_is_refused(self):
        self.assertIn("interpreter", support.run_code(SECOND))


class Wheel(unittest.TestCase):
    """An extension without the shim needs the package `baton`."""

    wheel = property(lambda self: pathlib.Path(support.folder(), "wheel"))

    def test_it_imports_the_package(self):
        out = support.run_code(
            """
            import rust_two, sys
            made = rust_two.answer()
            import baton
            print("baton" in sys.modules, type(made) is baton.coroutine)
            made.close()
            """,
            [self.wheel],
        )
        self.assertEqual(out, "True True\n")

    def test_the_panic_exception_is_that_of_the_package(self):
        out = support.run_code(
            """
            import rust_one, rust_two
            from baton import PanicException
            for made in (rust_one.panics("one"), rust_two.panics("two")):
                try:
                    made.send(None)
                except PanicException as error:
                    print(type(error) is PanicException, error)
            """,
            [self.wheel],
        )
        self.assertEqual(out, "True one\nTrue two\n")

    def test_without_the_package(self):
        out = support.run_code(
            """
            import sys
            sys.modules["baton"] = None
            try:
                import rust_two
            except ImportError as error:
                print(error)
            """,
            [self.wheel],
        )
        self.assertIn("baton", out)

    def test_another_package_of_that_name(self):
        out = support.run_code(
            """
            import sys, types
            sys.modules["baton"] = types.ModuleType("baton")
            try:
                import rust_two
            except ImportError as error:
                print(error)
            """,
            [self.wheel],
        )
        self.assertIn("check sys.path", out)


class Moments(support.Case):
    def test_it_does_not_run_within_itself(self):
        made = []

        class Again:
            def __await__(self):
                return iter([made[0].send(None)])

        made.append(self.one.relay(Again()))
        text = "coroutine already executing"
        self.raises(ValueError, text, made[0].send, None)
        made.clear()

    def test_dropped_while_it_runs(self):
        made = []

        class Drops:
            def __await__(self):
                made.clear()
                yield "still here"

        made.append(self.one.relay(Drops()))
        coroutine = made[0]
        self.assertEqual(coroutine.send(None), "still here")
        coroutine.close()

    def test_an_iterator_that_is_none(self):
        class Odd:
            def __await__(self):
                return 3

        made = self.one.relay(Odd())
        with self.assertRaises(TypeError) as caught:
            made.send(None)
        self.assertIn("'int'", str(caught.exception))

    def test_what_python_yields_while_two_are_joined(self):
        made = self.one.join([support.Suspends("a"), support.Suspends("b")])
        text = "bad yield: python object"
        self.raises(RuntimeError, text, made.send, None)

    def test_a_destructor_that_drives(self):
        log = []

        def drives():
            log.append(support.finish(self.one.answer()))

        made = self.one.raises_in_drop(support.Suspends(), drives)
        made.send(None)
        made.close()
        self.assertEqual(log, [42])


if __name__ == "__main__":
    unittest.main()
