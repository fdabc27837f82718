# SPDX-License-Identifier: MIT
"""Nothing is used after its end, and no more is read than there is."""

import unittest

import differences
from support import process

# Memory that has been given back does not look as before.
FILLED = {"PYTHONMALLOC": "debug"}


class Exceptions(process.Subprocess):
    """An error becomes the same exception only while that lives."""

    def test_the_error_outlives_its_exception(self):
        self.prints(
            """
            import driver, scripted
            def error_of(kind):
                try:
                    scripted.coroutine([("error", kind, "m")]).send(None)
                except BaseException as exception:
                    return exception.__baton_error__
            RUNTIME, CANCELLED = 1, 0x80000002  # the second has weak references
            for kind in (RUNTIME, CANCELLED):
                error = error_of(kind)
                others = [Exception(f"another {number}") for number in range(50)]
                print(repr(driver.round_trip(error)))
            """,
            "RuntimeError('m')\nCancelledError('m')\n",
            environment=FILLED,
        )

    def test_a_copy_outlives_its_original(self):
        self.prints(
            """
            import copy, driver, scripted
            def copied(kind):
                try:
                    scripted.coroutine([("error", kind, "m")]).send(None)
                except BaseException as exception:
                    return copy.copy(exception)
            for kind in (1, 0x80000002):
                left = copied(kind)
                gc.collect()
                print(repr(driver.round_trip(left.__baton_error__)))
            """,
            "RuntimeError('m')\nCancelledError('m')\n",
            environment=FILLED,
        )

    def test_asked_for_while_the_exception_ends(self):
        self.prints(
            """
            import driver, scripted
            def caught():
                try:
                    scripted.coroutine([("error", 0x80000002, "m")]).send(None)
                except BaseException as exception:
                    return exception
            exception = caught()
            error = exception.__baton_error__
            found = []
            reference = weakref.ref(
                exception, lambda _: found.append(driver.round_trip(error)))
            del exception
            gc.collect()
            print(found)
            """,
            "[CancelledError('m')]\n",
            environment=FILLED,
        )

    def test_payloads_of_two_types_at_one_address(self):
        self.prints(
            """
            import odd
            def caught(number):
                try:
                    odd.raise_foreign(number, 0)
                except BaseException as exception:
                    return exception
            kept = caught(0)
            print(caught(0) is kept, caught(1) is kept)
            """,
            "True False\n",
        )

    def test_more_frames_than_were_asked_for(self):
        self.prints(
            """
            import odd, traceback
            for count in (0, 2, 64, 65, 200, 100_000):
                try:
                    odd.raise_foreign(0, count)
                except BaseException as error:
                    found = traceback.extract_tb(error.__traceback__)
                    print(sum(at.filename == "foreign.c" for at in found))
            """,
            "0\n2\n64\n64\n64\n64\n",
        )

    def test_a_message_that_the_exception_makes_up(self):
        self.prints(
            """
            import driver
            class Dynamic(Exception):
                def __getattr__(self, name):
                    return f"{name} {id(self)}"
            print(driver.describe_error(Dynamic("told"))[1])
            """,
            "told\n",
            environment=FILLED,
        )

    def test_causes_that_are_no_exceptions(self):
        self.prints(
            """
            import driver
            class Odd(Exception):
                __cause__ = property(lambda self: 5)
                __context__ = property(lambda self: "text")
            print(driver.describe_error(Odd("m"))[3:])
            """,
            "(None, None)\n",
        )


class Faces(process.Subprocess):
    def test_asked_for_while_it_ends(self):
        self.prints(
            """
            import relay
            from support import bodies
            outer = relay.coroutine(bodies.suspend(), 2, True)
            outer.send(None)
            inner = outer.cr_await
            found = []
            reference = weakref.ref(inner, lambda _: found.append(outer.cr_await))
            del inner
            print(found[0].__name__, found[0] is outer.cr_await)
            outer.close()
            print(found[0].cr_await)
            """,
            "relay True\nNone\n",
            environment=FILLED,
        )

    @unittest.skipIf(differences.FREE_THREADED, differences.MIDDLE)
    def test_names_that_nobody_keeps(self):
        self.prints(
            """
            import driver, relay
            from support import bodies
            class Dynamic:
                def __getattr__(self, name):
                    if name in ("__name__", "__qualname__"):
                        return "made of " + name
                    raise AttributeError(name)
                def __await__(self):
                    return iter([1])
            print([member[0] for member in driver.await_chain(Dynamic())])
            made = relay.coroutine(bodies.suspend(), 2, True)
            made.send(None)
            print([member[0] for member in driver.await_chain(made)])
            made.close()
            """,
            "['made of __qualname__']\n['relay', 'relay', 'suspend']\n",
            environment=FILLED,
        )

    def test_lent_to_a_link_that_is_collected_with_it(self):
        # A write to freed memory would cut libbaton's list of free blocks, which
        # the long chains fill and empty.
        self.prints(
            """
            import relay, scripted
            from support import bodies
            warnings.simplefilter("ignore")
            sys.unraisablehook = lambda _: None
            class List(list):
                pass
            def leave_a_cycle():
                inner = relay.coroutine(bodies.Bare(1, 2), 1, True)
                links = List()
                outer = scripted.coroutine([("yield", 1)], [("await", inner)], links)
                outer.send(None)
                links += [inner, outer, links]
            gc.disable()
            for _ in range(20):
                relay.coroutine(None, 1000, True).close()
                leave_a_cycle()
                gc.collect()
            print("end")
            """,
            "end\n",
        )

    def test_thrown_into_while_its_awaitable_is_collected(self):
        self.prints(
            """
            import scripted
            warnings.simplefilter("ignore")
            class AtEnd:
                def __del__(self):
                    try:
                        self.step.throw(GeneratorExit)
                    except BaseException as error:
                        print(repr(error))
            class Name(str):
                pass
            gc.disable()
            def leave_a_cycle():
                generator = scripted.async_generator([("yield", 1), ("item", 2)])
                end = AtEnd()
                end.step = generator.asend(None)
                end.step.send(None)
                end.generator = generator
                generator.__qualname__ = name = Name("name")
                name.end = end
            leave_a_cycle()
            gc.collect()
            """,
            "GeneratorExit()\n",
        )

    def test_faces_that_go_where_the_stack_is_as_deep_as_can_be(self):
        self.prints(
            """
            import relay, scripted
            def make():
                face = relay.coroutine(scripted.coroutine([("yield", 1)]), 1, True)
                face.send(None)
                return face
            def deep():
                try:
                    deep()
                except RecursionError:
                    box.clear()
            box = []
            sys.setrecursionlimit(300)
            for _ in range(200):
                box += [make() for _ in range(5)]
                deep()
                assert not box
                for one in [make() for _ in range(5)]:
                    one.cr_await
            print("end")
            """,
            "end\n",
        )


if __name__ == "__main__":
    unittest.main()
