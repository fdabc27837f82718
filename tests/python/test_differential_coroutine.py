# SPDX-License-Identifier: MIT
"""send, throw and close of a coroutine in every state, on both sides."""

import sys

from support import bodies
from support.bodies import suspend
from support.compare import Differential

VALUES = (None, 1, (1, 2), (), [3], ValueError("v"), StopIteration(5), StopIteration)


def started(kit, body):
    made = kit.coroutine(body)
    made.send(None)
    return made


def closed(kit, how):
    made = kit.coroutine(bodies.Bare())
    if how == "close":
        made.close()
        return made
    if how == "throw":
        made = kit.coroutine(bodies.suspend())
    try:
        made.throw(KeyError("end")) if how == "throw" else made.send(None)
    except (StopIteration, KeyError):
        pass
    return made


class Send(Differential):
    def scenario_runs_to_the_end(self, kit, log):
        made = kit.coroutine(bodies.echo(log))
        log.state("created", made)
        log.do("first", made.send, None)
        log.state("suspended", made)
        log.do("second", made.send, "a")
        log.do("third", made.send, (1, 2))
        log.state("closed", made)
        log.do("fourth", made.send, None)
        log.do("fifth", made.send, 1)

    def scenario_a_value_before_the_start(self, kit, log):
        made = kit.coroutine(bodies.echo(log))
        log.do("send", made.send, 5)
        log.state("still created", made)
        log.do("send none", made.send, None)
        made.close()

    def scenario_arity(self, kit, log):
        made = kit.coroutine(bodies.Recorder(log))
        log.do("no argument", made.send)
        log.do("two arguments", made.send, None, None)
        log.do("keyword", lambda: made.send(value=None))
        log.do("close with argument", made.close, 1)
        log.do("await with argument", made.__await__, 1)
        made.close()

    def scenario_results_of_every_shape(self, kit, log):
        for value in VALUES:
            made = kit.coroutine(bodies.ready(value))
            log.do(f"send {value!r}", made.send, None)

    def scenario_results_keep_identity(self, kit, log):
        for value in (1 << 80, 1.5, float("nan"), "text" * 3, b"bytes", object()):
            made = kit.coroutine(bodies.ready(value))
            try:
                made.send(None)
            except StopIteration as stop:
                log("same", stop.value is value, type(value).__name__)

    def scenario_yielded_objects_keep_identity(self, kit, log):
        for value in (1 << 80, 1.5, True, (1,), StopIteration(3), None, object()):
            made = kit.coroutine(suspend(value))
            log("same", made.send(None) is value, type(value).__name__)
            made.close()

    def scenario_sent_objects_keep_identity(self, kit, log):
        for value in (1 << 80, 1.5, True, (1,), StopIteration(3), object()):
            made = kit.coroutine(suspend())
            made.send(None)
            try:
                made.send(value)
            except StopIteration as stop:
                log("same", stop.value is value, type(value).__name__)

    def scenario_errors_of_the_body(self, kit, log):
        errors = [ValueError("v"), KeyError("k"), KeyboardInterrupt(), SystemExit(3)]
        errors += [GeneratorExit("g"), StopAsyncIteration(9), RecursionError("r")]
        for error in errors:
            log.name(error, "error")
            made = kit.coroutine(bodies.fails(error))
            log.do("fails at once", made.send, None)
            log.state("closed", made)
            made = started(kit, bodies.suspends_then_fails(error))
            log.do("fails later", made.send, None)
            log.do("again", made.send, None)

    def scenario_stop_iteration_is_converted(self, kit, log):
        for error in (StopIteration(), StopIteration(1, 2), StopIteration((1,))):
            made = kit.coroutine(bodies.fails(error))
            log.do("raised", made.send, None)
            made = started(kit, bodies.catches(log))
            log.do("thrown", made.throw, error)

    def scenario_a_bare_iterator(self, kit, log):
        made = kit.coroutine(bodies.Bare(1, 2))
        log.do("first", made.send, None)
        log.do("value", made.send, 7)
        log.state("after", made)
        made = started(kit, bodies.Bare(1, 2))
        log.do("throw", made.throw, ValueError("v"))
        made = started(kit, bodies.Bare(1, 2))
        log.do("close", made.close)
        made = started(kit, bodies.Bare(1, 2))
        log.do("send none", made.send, None)
        log.do("end", made.send, None)

    def scenario_a_recorded_iterator(self, kit, log):
        made = kit.coroutine(bodies.Recorder(log))
        log.do("send none", made.send, None)
        log.do("send", made.send, 7)
        log.do("send none again", made.send, None)
        log.do("throw", made.throw, ValueError("v"))
        log.do("throw class", made.throw, ValueError)
        log.do("throw two", made.throw, ValueError, "v")
        log.do("throw three", made.throw, ValueError, ValueError("v"), None)
        log.do("throw none none", made.throw, ValueError, None, None)
        log.do("throw bad", made.throw, 42)
        log.do("close", made.close)
        log.state("closed", made)

    def scenario_awaitables_that_are_wrong(self, kit, log):
        class Wrong:
            def __init__(self, result):
                self.result = result

            def __await__(self):
                if isinstance(self.result, Exception):
                    raise self.result
                return self.result

        for wrong in (1, None, "text", [], ValueError("v"), StopIteration(3), object):
            made = kit.coroutine(Wrong(wrong))
            log.do(f"__await__ gives {wrong!r}", made.send, None)
            log.state("closed", made)
        inner = bodies.ready()
        made = kit.coroutine(Wrong(inner))
        log.do("__await__ gives a coroutine", made.send, None)
        inner.close()
        for wrong in (None, 1, (), "text", object()):
            made = kit.coroutine(wrong)
            log.do(f"await {type(wrong).__name__}", made.send, None)
            log.state("closed", made)

    def scenario_an_iterator_that_misbehaves(self, kit, log):
        class Odd(bodies.Bare):
            def __init__(self, error):
                self.error = error

            def __next__(self):
                raise self.error

            def send(self, value):
                raise self.error

        for error in (StopIteration, StopIteration((1, 2)), StopAsyncIteration(1)):
            log.do("step", kit.coroutine(Odd(error)).send, None)
        stop = StopIteration(log.name(object(), "value"))
        log.do("step", kit.coroutine(Odd(stop)).send, None)


class Throw(Differential):
    def scenario_created(self, kit, log):
        error = log.name(ValueError("v"), "error")
        made = kit.coroutine(bodies.Recorder(log))
        log.do("throw", made.throw, error)
        log.state("closed", made)
        log.do("send", made.send, None)
        log.do("throw again", made.throw, error)
        log.do("close", made.close)

    def scenario_created_stop_iteration(self, kit, log):
        for error in (StopIteration(1), StopAsyncIteration(2), GeneratorExit("g")):
            made = kit.coroutine(bodies.Recorder(log))
            log.do("throw", made.throw, error)
            log.state("closed", made)

    def scenario_suspended(self, kit, log):
        made = started(kit, bodies.catches(log))
        log.do("throw", made.throw, ValueError("v"))
        log.state("suspended", made)
        log.do("send", made.send, 3)
        log.do("throw class", made.throw, KeyError)
        log.do("stop", made.send, "stop")
        log.do("closed", made.throw, ValueError("late"))

    def scenario_not_caught(self, kit, log):
        for error in (ValueError("v"), KeyboardInterrupt(), StopAsyncIteration(1)):
            log.name(error, "error")
            made = started(kit, bodies.suspend())
            log.do("throw", made.throw, error)
            log.state("closed", made)

    def scenario_every_form(self, kit, log):
        forms = [
            (ValueError("v"),),
            (ValueError,),
            (ValueError, "value"),
            (ValueError, ("a", "b")),
            (ValueError, None),
            (ValueError, ValueError("instance")),
            (ValueError, KeyError("other")),
            (ValueError, "value", None),
            (ValueError, None, None),
            (ValueError("v"), None),
            (ValueError("v"), None, None),
            (ValueError("v"), "value"),
            (ValueError, "value", 42),
            (ValueError("v"), None, "not a traceback"),
            (42,),
            (None,),
            ("text", "value"),
            (int,),
            (...,),
            (),
            (ValueError, "v", None, None),
            (StopIteration, 3),
            (StopIteration, (1, 2)),
            (GeneratorExit,),
            (GeneratorExit, "g"),
            (type,),
        ]
        for form in forms:
            label = f"throw{form!r}"
            made = kit.coroutine(bodies.suspend())
            log.do(f"created {label}", made.throw, *form)
            log.state(f"created {label} state", made)
            made.close()
            made = started(kit, bodies.suspend())
            log.do(f"suspended {label}", made.throw, *form)
            log.state(f"suspended {label} state", made)
            made.close()
            for how in ("close", "send", "throw"):
                made = closed(kit, how)
                log.do(f"closed {label}", made.throw, *form)

    def scenario_keywords(self, kit, log):
        made = started(kit, bodies.suspend())
        log.do("type=", lambda: made.throw(type=ValueError))
        log.do("value=", lambda: made.throw(ValueError, value="v"))
        made.close()

    def scenario_traceback_argument(self, kit, log):
        try:
            raise KeyError("origin")
        except KeyError as error:
            origin = error
        for target in ("created", "suspended"):
            made = kit.coroutine(bodies.suspend())
            if target == "suspended":
                made.send(None)
            log.do(target, made.throw, ValueError, "v", origin.__traceback__)

    def scenario_identity_and_traceback(self, kit, log):
        try:
            raise ValueError("original")
        except ValueError as error:
            original = log.name(error, "original")
        made = started(kit, bodies.suspend())
        try:
            made.throw(original)
        except ValueError as error:
            log("same", error is original)
            log("entries", error)
        made = kit.coroutine(bodies.catches(log))
        made.send(None)
        log.do("caught", made.throw, original)
        made.close()

    def scenario_class_that_fails_to_build(self, kit, log):
        class Picky(Exception):
            def __init__(self):
                raise LookupError("cannot be made")

        class Liar(Exception):
            def __new__(cls, *args):
                return 5

        for error in (Picky, Liar):
            made = kit.coroutine(bodies.suspend())
            log.do("created", made.throw, error)
            log.state("created", made)
            made.close()
            made = started(kit, bodies.catches(log))
            log.do("suspended", made.throw, error)
            log.state("suspended", made)
            made.close()

    def scenario_finally_that_awaits(self, kit, log):
        made = started(kit, bodies.finishes(log))
        log.do("throw", made.throw, ValueError("v"))
        log.state("in cleanup", made)
        log.do("second throw", made.throw, KeyError("k"))
        log.state("closed", made)
        made = started(kit, bodies.finishes(log))
        log.do("throw", made.throw, ValueError("v"))
        log.do("end", made.send, "x")

    def scenario_throw_generator_exit(self, kit, log):
        error = log.name(GeneratorExit("mine"), "mine")
        for body in (
            suspend(),
            bodies.stubborn(log),
            bodies.returns_on_close("value"),
            bodies.raises_on_close(KeyError("k")),
            bodies.catches(log),
            bodies.Recorder(log),
            bodies.Bare(1, 2),
        ):
            made = started(kit, body)
            log.do("throw", made.throw, error)
            log.state("after", made)
            log.do("send", made.send, None)

    def scenario_error_chaining(self, kit, log):
        async def chains():
            try:
                await suspend()
            except ValueError as error:
                raise KeyError("from") from error

        async def replaces():
            try:
                await suspend()
            except ValueError:
                raise KeyError("while handling")  # noqa: B904

        async def suppresses():
            try:
                await suspend()
            except ValueError:
                raise KeyError("from none") from None

        for body in (chains, replaces, suppresses):
            log.do(body.__name__, started(kit, body()).throw, ValueError("v"))

    def scenario_notes_and_groups(self, kit, log):
        if sys.version_info < (3, 11):
            log("no groups before 3.11")
            return
        group = BaseExceptionGroup(  # noqa: F821
            "g", [ValueError("v"), KeyboardInterrupt()]
        )
        group.add_note("a note")

        async def splits():
            try:
                await suspend()
            except BaseException as error:
                log("split", *error.split(ValueError))
                error.add_note("another")
                raise

        log.do("throw", started(kit, splits()).throw, group)
        log.do("created", kit.coroutine(suspend()).throw, group)

    def scenario_delegate_without_throw(self, kit, log):
        class NoThrow(bodies.Bare):
            def send(self, value):
                return value

        made = started(kit, NoThrow(1, 2))
        log.do("throw", made.throw, ValueError("v"))
        log.state("after", made)

    def scenario_delegate_whose_attributes_fail(self, kit, log):
        class Hostile(bodies.Bare):
            def __getattribute__(self, name):
                if name in ("throw", "close", "send"):
                    log("looked up", name)
                    raise RuntimeError(f"no {name}")
                return super().__getattribute__(name)

        made = started(kit, Hostile(1, 2, 3))
        log.do("throw", made.throw, ValueError("v"))
        log.state("after throw", made)
        log.do("throw exit", made.throw, GeneratorExit())
        log.state("after exit", made)
        made = started(kit, Hostile(1, 2, 3))
        log.do("send", made.send, 4)
        log.state("after send", made)
        made = started(kit, Hostile(1, 2, 3))
        log.do("close", made.close)
        log.state("after close", made)

    def scenario_delegate_that_returns_from_throw(self, kit, log):
        class Returns(bodies.Bare):
            def throw(self, *args):
                raise StopIteration("from throw")

            def close(self):
                raise StopIteration("from close")

        made = started(kit, Returns(1, 2))
        log.do("throw", made.throw, ValueError("v"))
        made = started(kit, Returns(1, 2))
        log.do("throw exit", made.throw, GeneratorExit())
        made = started(kit, Returns(1, 2))
        log.do("close", made.close)


class Close(Differential):
    def scenario_created(self, kit, log):
        made = kit.coroutine(bodies.Recorder(log))
        log.do("close", made.close)
        log.state("closed", made)
        log.do("again", made.close)
        log.do("send", made.send, None)

    def scenario_created_with_a_coroutine(self, kit, log):
        made = kit.coroutine(bodies.ready())
        log.do("close", made.close)
        log("dropping")
        del made

    def scenario_suspended(self, kit, log):
        for body in (suspend(), bodies.Bare(1), bodies.Recorder(log)):
            made = started(kit, body)
            log.do("close", made.close)
            log.state("closed", made)
            log.do("again", made.close)

    def scenario_returned_value(self, kit, log):
        for value in VALUES:
            made = started(kit, bodies.returns_on_close(value))
            log.do("close", made.close)
            log.state("closed", made)

    def scenario_ignored(self, kit, log):
        made = started(kit, bodies.stubborn(log))
        log.do("close", made.close)
        log.state("after", made)
        log.do("send", made.send, 3)
        log.do("close again", made.close)

    def scenario_ignored_twice(self, kit, log):
        made = started(kit, bodies.stubborn(log, 2))
        log.do("close", made.close)
        log.state("after", made)
        log.do("close again", made.close)
        log.state("at last", made)
        log.do("close", made.close)

    def scenario_raises(self, kit, log):
        for error in (KeyError("k"), GeneratorExit("own"), StopIteration(4)):
            made = started(kit, bodies.raises_on_close(error))
            log.do("close", made.close)
            log.state("closed", made)

    def scenario_inside_a_handler(self, kit, log):
        made = started(kit, bodies.raises_on_close(KeyError("k")))
        try:
            raise TypeError("callers")
        except TypeError:
            log.do("close", made.close)
        log.do("after", lambda: sys.exc_info()[1])

    def scenario_cleanup_that_awaits(self, kit, log):
        made = started(kit, bodies.finishes(log))
        log.do("close", made.close)
        log.state("after", made)

    def scenario_order_of_cleanup(self, kit, log):
        async def layer(name, inner):
            try:
                return await inner
            except BaseException as error:
                log(f"{name} sees", error)
                raise
            finally:
                log(f"{name} ends")

        inner = kit.coroutine(layer("inner", suspend()))
        middle = kit.coroutine(layer("middle", inner))
        made = started(kit, layer("outer", middle))
        log.do("close", made.close)
        for part in (inner, middle, made):
            log.state("closed", part)

    def scenario_inner_close_fails(self, kit, log):
        async def outer(inner):
            try:
                await inner
            except KeyError as error:
                log("outer sees", error)
                raise

        inner = kit.coroutine(bodies.raises_on_close(KeyError("k")))
        made = started(kit, outer(inner))
        log.do("close", made.close)
        log.state("closed", made)


class Running(Differential):
    """What a body may do to the coroutine that it runs in."""

    def run_inside(self, kit, log, action, then=None):
        box = []

        async def body():
            log.state("running", box[0])
            log.do("inside", action, box[0])
            log.state("still running", box[0])
            await suspend()
            return "end"

        box.append(kit.coroutine(body()))
        log.do("start", box[0].send, None)
        log.state("suspended", box[0])
        log.do("end", box[0].send, None)
        box.clear()

    def scenario_send(self, kit, log):
        self.run_inside(kit, log, lambda made: made.send(None))

    def scenario_send_value(self, kit, log):
        self.run_inside(kit, log, lambda made: made.send(5))

    def scenario_throw(self, kit, log):
        self.run_inside(kit, log, lambda made: made.throw(ValueError("v")))

    def scenario_throw_bad(self, kit, log):
        self.run_inside(kit, log, lambda made: made.throw(42))

    def scenario_throw_none(self, kit, log):
        self.run_inside(kit, log, lambda made: made.throw())

    def scenario_close(self, kit, log):
        self.run_inside(kit, log, lambda made: made.close())

    def scenario_next_of_its_wrapper(self, kit, log):
        self.run_inside(kit, log, lambda made: next(made.__await__()))

    def scenario_clear_its_frame(self, kit, log):
        self.run_inside(kit, log, lambda made: made.cr_frame.clear())

    def scenario_await_itself(self, kit, log):
        box = []

        async def body():
            return await box[0]

        box.append(kit.coroutine(body()))
        log.do("start", box[0].send, None)
        log.state("closed", box[0])
        box.clear()

    def scenario_close_from_its_own_cleanup(self, kit, log):
        box = []

        async def body():
            try:
                await suspend()
            finally:
                log.do("close", box[0].close)
                log.do("throw", box[0].throw, ValueError("v"))

        box.append(kit.coroutine(body()))
        box[0].send(None)
        log.do("close", box[0].close)
        box.clear()

    def scenario_driven_in_the_middle(self, kit, log):
        middle = kit.coroutine(bodies.echo(log, 3))
        outer = kit.coroutine(middle)
        log.do("outer", outer.send, None)
        log.do("middle send", middle.send, "direct")
        log.do("outer again", outer.send, "through")
        log.do("middle throw", middle.throw, KeyError("k"))
        log.state("middle", middle)
        log.do("outer after its end", outer.send, None)
        log.state("outer", outer)

    def scenario_middle_closed(self, kit, log):
        middle = kit.coroutine(bodies.echo(log, 3))
        outer = kit.coroutine(middle)
        outer.send(None)
        log.do("middle close", middle.close)
        log.state("outer", outer)
        log.do("outer", outer.send, None)
        log.state("outer", outer)

    def scenario_middle_runs_outer(self, kit, log):
        box = []

        async def body():
            await suspend("first")
            log.do("outer from inside", box[0].send, None)
            log.do("outer closed from inside", box[0].close)
            await suspend("second")

        middle = kit.coroutine(body())
        box.append(kit.coroutine(middle))
        box[0].send(None)
        log.do("middle", middle.send, None)
        log.do("outer", box[0].send, None)
        box.clear()
