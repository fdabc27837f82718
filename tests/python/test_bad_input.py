# SPDX-License-Identifier: MIT
"""Wrong bodies, wrong tables, wrong moments: clear errors, no crash."""

import unittest

from support import process

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
    NAME = b"baton.python"
    def interpreter_dict():
        home = api.PyInterpreterState_GetDict(api.PyInterpreterState_Get())
        return ctypes.cast(home, ctypes.py_object).value
    def publish(**fields):
        table = Table(
            **{"size": ctypes.sizeof(Table), "magic": 0x59505442,
               "provider": b"another 9.8.7", **fields}
        )
        interpreter_dict()["baton.python"] = api.PyCapsule_New(ctypes.addressof(table), NAME, None)
        return table
    def attempt():
        try:
            import relay
        except ImportError as error:
            print(error)
        else:
            print("imported")
"""


def table_code(last):
    return TABLE + f"\n    kept = publish({last})\n    attempt()\n"


class Tables(process.Subprocess):
    def test_another_major_version(self):
        out, _ = self.run_code(table_code("major=7, minor=3"))
        for part in ("0.1", "7.3", "another 9.8.7", "upgrade"):
            self.assertIn(part, out)

    def test_another_magic(self):
        out, _ = self.run_code(table_code("major=0, minor=1, magic=1"))
        self.assertNotIn("imported", out)
        self.assertIn("another 9.8.7", out)

    def test_a_short_table(self):
        out, _ = self.run_code(table_code("major=0, minor=1, size=32"))
        self.assertIn("32 bytes", out)
        self.assertIn("upgrade", out)

    def test_something_else_in_its_place(self):
        out, err = self.run_code(
            TABLE
            + """
    interpreter_dict()["baton.python"] = "no capsule"
    try:
        import relay
    except Exception as error:
        print(type(error).__name__)
    else:
        print("imported")
"""
        )
        self.assertNotIn("imported", out)

    def test_the_types_are_shared_in_any_order(self):
        for names in ("relay, scripted, driver", "driver, scripted, relay"):
            self.prints(
                f"""
                import {names}
                made = relay.coroutine(None), scripted.coroutine([])
                print(type(made[0]) is type(made[1]))
                for one in made: one.close()
                """,
                "True\n",
            )


class Bodies(process.Subprocess):
    def test_bodies_that_cannot_be(self):
        for fault in ("short", "no size", "kind", "flags", "name", "resume", "args"):
            with self.subTest(fault=fault):
                out, _ = self.run_code(
                    f"""
                    import faults
                    try:
                        made = faults.make({fault!r})
                    except Exception as error:
                        print(type(error).__name__, error)
                    else:
                        print("made", made)
                    """
                )
                self.assertNotIn("made", out.split())
                self.assertGreater(len(out.split()), 2, out)

    def test_no_body(self):
        self.prints(
            """
            import odd
            try:
                odd.make_null()
            except SystemError as error:
                print(error)
            """,
            "baton: no body given\n",
        )

    def test_garbage_statuses(self):
        for status in (5, 99, -2, -3, 1 << 30, -(1 << 30), -16, -17, -18, -200):
            with self.subTest(status=status):
                out, _ = self.run_code(
                    f"""
                    import scripted, relay
                    for wrap in (lambda made: made, relay.coroutine):
                        made = wrap(scripted.coroutine([("status", {status})]))
                        try:
                            print("gave", made.send(None))
                        except StopIteration:
                            print("gave a result")
                        except Exception as error:
                            print(type(error).__name__, error)
                        made.close()
                    """
                )
                self.assertNotIn("gave", out)

    def test_the_message_names_status_and_body(self):
        out, _ = self.run_code(
            """
            import scripted
            try:
                scripted.coroutine([("status", 99)]).send(None)
            except RuntimeError as error:
                print(error)
            """
        )
        self.assertIn("99", out)

    def test_an_error_without_an_error(self):
        for kind in ("coroutine", "generator"):
            self.run_code(
                f"""
                import scripted
                made = scripted.{kind}([("status", -1)])
                try:
                    made.send(None)
                except StopIteration:
                    raise SystemExit("a result")
                except Exception as error:
                    print(type(error).__name__, error)
                made.close()
                """
            )

    def test_statuses_of_another_kind_of_body(self):
        self.run_code(
            """
            import scripted
            def attempt(made):
                try:
                    made.send(None)
                except (StopIteration, StopAsyncIteration):
                    raise SystemExit("a result")
                except Exception as error:
                    assert str(error), error
                else:
                    raise SystemExit("suspended")
            attempt(scripted.coroutine([("item", 1)]))
            attempt(scripted.generator([("item", 1)]))
            attempt(scripted.coroutine([("await", 5, "i64")]))
            attempt(scripted.coroutine([("await", 5, "kind")]))
            attempt(scripted.generator([("await", 5, "i64")]))
            attempt(scripted.coroutine([("await", None)]))
            attempt(scripted.coroutine([("await", 1, "tag")]))
            """
        )

    def test_a_script_that_is_wrong(self):
        self.run_code(
            """
            import scripted
            for ops in (5, [5], [()], [("no such",)], [("return", 1, "no such")]):
                try:
                    scripted.coroutine(ops).send(None)
                except (TypeError, ValueError):
                    pass
                else:
                    raise SystemExit(str(ops))
            """
        )

    def test_values_that_iterators_confuse(self):
        self.prints(
            """
            import scripted, relay
            async def awaits(made):
                return await made
            for value in ((), (1, 2), ValueError("v"), StopIteration(5), StopIteration):
                for wrap in (lambda x: x, awaits, relay.coroutine, lambda x: x.__await__()):
                    made = wrap(scripted.coroutine([("return", value)]))
                    try:
                        made.send(None)
                    except StopIteration as stop:
                        assert stop.value is value, (stop.value, value)
                    else:
                        print("no result")
            """,
            "",
        )

    def test_throw_of_non_exceptions(self):
        self.prints(
            """
            import scripted, relay
            wrong = [(42,), (None,), ("text",), (int,), (object(),), (ValueError, 1, 2),
                     (ValueError("v"), 1), (), (ValueError, 1, None, None)]
            warnings.simplefilter("ignore")
            for make in (lambda: scripted.coroutine([("yield", 1)]),
                         lambda: scripted.generator([("yield", 1)]),
                         lambda: relay.coroutine(scripted.coroutine([("yield", 1)]), 2)):
                for start in (False, True):
                    for form in wrong:
                        made = make()
                        if start:
                            made.send(None)
                        try:
                            made.throw(*form)
                        except TypeError as error:
                            assert str(error)
                        else:
                            print("accepted", form)
                        made.close()
            """,
            "",
        )

    def test_throw_of_a_type_into_what_has_no_throw(self):
        self.prints(
            """
            import odd
            from support import bodies
            async def cleanup():
                handled = sys.exc_info()[1]
                try:
                    raise KeyError("k")
                except KeyError as error:
                    assert error.__context__ is handled
                print(type(handled) is ValueError or thrown is ValueError)
                assert handled is None or type(handled) is ValueError
            for thrown in (ValueError, ValueError("v")):
                made = odd.handling(bodies.Bare(1), cleanup())
                made.send(None)
                try:
                    made.throw(thrown)
                except StopIteration:
                    pass
            """,
            "True\nTrue\n",
        )

    def test_let_go_while_an_exception_is_set(self):
        self.prints(
            """
            import driver, relay
            from support import bodies
            async def body():
                try:
                    await bodies.suspend()
                finally:
                    print("cleanup")
            def suspended(native):
                handle = driver.handle(relay.coroutine(body(), 2, native))
                handle.send(None)
                return handle
            for native in (False, True):
                try:
                    int(suspended(native))  # the only one that holds it
                except TypeError as error:
                    print("int()" in str(error))
            """,
            "cleanup\nTrue\ncleanup\nTrue\n",
        )

    def test_re_entry(self):
        self.prints(
            """
            import scripted
            warnings.simplefilter("ignore")
            for kind in ("coroutine", "generator"):
                for call in (
                    lambda made: made.send(None), lambda made: made.close(),
                    lambda made: made.throw(ValueError("v")),
                    lambda made: made.__del__() if hasattr(made, "__del__") else made.send(1),
                ):
                    box, log = [], []
                    def inside():
                        try:
                            log.append(call(box[0]))
                        except Exception as error:
                            log.append(error)
                    make = getattr(scripted, kind)
                    box.append(make([("call", inside), ("yield", 1)]))
                    box[0].send(None)
                    error = log[0]
                    expected = f"{kind} already executing"
                    if str(error) != expected and error is not None:
                        print(kind, repr(error))
                    box[0].close()
            """,
            "",
        )


class Depth(process.Subprocess):
    timeout = 300

    def test_many_native_links(self):
        self.prints(
            """
            import relay
            from support.bodies import suspend
            def chain(native):
                return relay.coroutine(suspend("deep"), 10_000, native)
            for native in (True, False):
                made = chain(native)
                assert made.send(None) == "deep"
                try:
                    made.send("sent")
                except StopIteration as stop:
                    assert stop.value == "sent"
                made = chain(native)
                made.send(None)
                try:
                    made.throw(ValueError("v"))
                except ValueError as error:
                    pass
                made = chain(native)
                made.send(None)
                made.close()
                made = chain(native)
                made.send(None)
                del made
                made = chain(native)
                made.close()
                made = chain(native)
                made.send(None)
                gc.collect()
                del made
            print("end")
            """,
            "end\n",
            quiet=False,
        )

    def test_alternating_links_end_in_a_recursion_error(self):
        out, _ = self.run_code(
            """
            import relay
            from support.bodies import awaits, suspend
            made = suspend("deep")
            for _ in range(5000):
                made = relay.coroutine(awaits(made))
            try:
                print(made.send(None))
            except RecursionError:
                print("RecursionError")
            warnings.simplefilter("ignore")
            try:
                made.close()
            except RecursionError:
                pass
            """
        )
        self.assertIn(out, ("RecursionError\n", "deep\n"))

    def test_a_few_hundred_alternating_links_work(self):
        self.prints(
            """
            import relay
            from support.bodies import awaits, suspend
            def chain():
                made = suspend("deep")
                for _ in range(200):
                    made = relay.coroutine(awaits(made))
                return made
            made = chain()
            print(made.send(None))
            try:
                made.throw(ValueError("v"))
            except ValueError as error:
                print(error)
            made = chain()
            made.send(None)
            made.close()
            made = chain()
            made.send(None)
            del made
            gc.collect()
            """,
            "deep\nv\n",
        )

    def test_errors_of_a_deep_chain_can_be_printed(self):
        self.run_code(
            """
            import relay, traceback
            from support.bodies import fails
            for native in (True, False):
                try:
                    relay.coroutine(fails(ValueError("v")), 2000, native).send(None)
                except ValueError as error:
                    traceback.format_exception(type(error), error, error.__traceback__)
            """
        )

    def test_errors_in_a_long_chain_of_contexts(self):
        self.prints(
            """
            import odd
            for count in (3, 200_000):
                try:
                    odd.raise_chain(count)
                except ValueError as error:
                    print(error, "from", error.__context__.__context__)
            """,
            "2 from 0\n199999 from 199997\n",
        )

    def test_deep_generators(self):
        self.prints(
            """
            import relay
            for native in (True, False):
                made = relay.generator(iter("ab"), 5000, native)
                print(*made)
            """,
            "a b\na b\n",
        )


class Endings(process.Subprocess):
    """What is left when the interpreter ends."""

    def test_suspended_objects_in_globals(self):
        self.run_code(
            """
            import relay, scripted
            from support import bodies
            kept = [relay.coroutine(bodies.suspend(), 2, n) for n in (True, False)]
            kept += [scripted.coroutine([("yield", 1)], [("call", print, "cleanup")])]
            kept += [relay.generator(range(3), 2), relay.async_generator(None)]
            for made in kept[:4]:
                made.send(None)
            cycle = []
            cycle.append(scripted.coroutine([("yield", cycle)], log=cycle))
            cycle[0].send(None)
            del cycle
            """
        )

    def test_used_by_atexit(self):
        self.prints(
            """
            import atexit, relay, scripted
            from support import bodies
            made = relay.coroutine(bodies.suspend("late"), 2, True)
            @atexit.register
            def late():
                print(made.send(None))
                made.close()
                print(list(scripted.generator([("yield", "new")])))
            """,
            "late\n['new']\n",
        )

    def test_used_by_a_late_destructor(self):
        self.run_code(
            """
            import relay, scripted
            from support import bodies
            class Late:
                def __init__(self):
                    self.made = relay.coroutine(bodies.suspend(), 2, True)
                    self.other = scripted.coroutine([("yield", 1), ("yield", 2)])
                    self.other.send(None)
                def __del__(self):
                    self.made.send(None)
                    self.made.close()
                    self.other.send(None)
                    try:
                        scripted.coroutine([("return", 1)]).send(None)
                    except StopIteration:
                        pass
            sys.late = Late()
            import builtins
            builtins.late = Late()
            late = Late()
            late.self = late
            """
        )

    def test_modules_torn_down_first(self):
        self.run_code(
            """
            import relay, scripted, driver
            from support import bodies
            kept = relay.coroutine(bodies.suspend(), 3, True)
            kept.send(None)
            handle = driver.handle(relay.coroutine(bodies.suspend(), 2))
            handle.send(None)
            sys.kept = kept, handle
            for name in ("relay", "scripted", "driver"):
                del sys.modules[name]
            del relay, scripted, driver
            gc.collect()
            kept.send
            """
        )

    def test_a_wake_after_the_interpreter_has_ended(self):
        self.run_code(
            """
            import asyncio, scripted
            async def main():
                ops = [("pending", 1, 150), ("return", None)]
                await scripted.coroutine(ops)
                asyncio.ensure_future(scripted.coroutine([("pending", 100)]))
                await asyncio.sleep(0)
            asyncio.run(main())
            """
        )

    def test_never_awaited_at_the_end(self):
        _, err = self.run_code(
            """
            import relay
            sys.kept = relay.coroutine(None)
            """
        )
        self.assertNotIn("Fatal", err)

    def test_dropped_after_py_at_exit(self):
        self.run_code(
            """
            import ctypes, relay, scripted
            from support import bodies
            callback = ctypes.CFUNCTYPE(None)(lambda: None)
            # What is still referenced when the interpreter is gone is dropped by
            # nobody; what is referenced by its last modules is dropped late.
            import builtins, codecs, encodings
            for number, module in enumerate((builtins, codecs, encodings, sys)):
                made = relay.coroutine(bodies.suspend(), 2, bool(number % 2))
                made.send(None)
                module.kept_by_the_test = made
            """
        )

    def test_with_profiling_and_tracing(self):
        self.run_code(
            """
            import relay
            from support import bodies
            seen = []
            def trace(frame, event, arg):
                seen.append(event)
                return trace
            for install in (sys.settrace, sys.setprofile):
                install(trace)
                made = relay.coroutine(bodies.suspend(), 2, True)
                made.send(None)
                try:
                    made.throw(ValueError("v"))
                except ValueError:
                    pass
                install(None)
            """
        )


class Forks(process.Subprocess):
    def test_in_mid_await(self):
        self.prints(
            """
            import relay
            from support import bodies
            warnings.simplefilter("ignore")
            made = [relay.coroutine(bodies.echo(None), 3, n) for n in (True, False)]
            for one in made:
                one.send(None)
            child = os.fork()
            for one in made:
                assert one.send("a") == 1
                try:
                    one.send("b")
                except StopIteration as stop:
                    assert stop.value == ("a", "b")
            new = relay.coroutine(bodies.suspend("new"), 2, True)
            assert new.send(None) == "new"
            new.close()
            if child:
                _, status = os.waitpid(child, 0)
                print("child", status)
            """,
            "child 0\n",
        )

    def test_from_inside_a_body(self):
        self.prints(
            """
            import scripted
            warnings.simplefilter("ignore")
            log = []
            ops = [("yield", 1), ("call", os.fork), ("yield", 2), ("return", "end")]
            made = scripted.coroutine(ops, log=log)
            made.send(None)
            assert made.send(None) == 2
            try:
                made.send(None)
            except StopIteration as stop:
                assert stop.value == "end"
            child = log[1]
            if child:
                print("child", os.waitpid(child, 0)[1])
            """,
            "child 0\n",
        )

    def test_with_a_loop_and_a_wait_in_the_parent(self):
        self.prints(
            """
            import asyncio, scripted
            warnings.simplefilter("ignore")
            async def main():
                task = asyncio.ensure_future(
                    scripted.coroutine([("pending", 50), ("return", "woken")]))
                await asyncio.sleep(0.01)
                child = os.fork()
                if child == 0:
                    os._exit(0)
                os.waitpid(child, 0)
                return await task
            print(asyncio.run(main()))
            """,
            "woken\n",
        )


class Collection(process.Subprocess):
    def test_suspended_in_a_cycle(self):
        self.prints(
            """
            import relay, scripted
            from support import bodies
            log = []
            async def body(box):
                try:
                    await bodies.suspend(box)
                finally:
                    log.append("cleanup")
            for depth in (1, 3):
                for native in (True, False):
                    box = []
                    box.append(relay.coroutine(body(box), depth, native))
                    box[0].send(None)
                    del box
            gc.collect()
            print(log)
            """,
            "['cleanup', 'cleanup', 'cleanup', 'cleanup']\n",
        )

    def test_collected_while_it_runs(self):
        self.prints(
            """
            import scripted, relay
            from support import bodies
            made = scripted.coroutine([("call", gc.collect), ("yield", 1)])
            made.send(None)
            gc.set_threshold(1)
            for _ in range(200):
                made = relay.coroutine(bodies.suspend([[] for _ in range(9)]), 3, True)
                made.send(None)
                made.close()
            """,
            "",
        )

    def test_asked_about_while_it_is_collected(self):
        self.run_code(
            """
            import relay
            from support import bodies
            class Curious:
                def __del__(self):
                    for one in gc.get_objects():
                        if type(one).__name__ == "coroutine":
                            repr(one), one.cr_await, one.cr_frame, one.cr_running
                            gc.get_referents(one), gc.get_referrers(one)
            for native in (True, False):
                made = relay.coroutine(bodies.suspend(), 3, native)
                made.send(None)
                box = [made, Curious()]
                box.append(box)
                del made, box
                gc.collect()
            """
        )


if __name__ == "__main__":
    unittest.main()
