# SPDX-License-Identifier: MIT
"""Generators in every state, on both sides."""

import collections.abc
import inspect
import sys

from support import bodies
from support.compare import Differential


def started(kit, body):
    made = kit.generator(body)
    next(made)
    return made


def closed(kit, how):
    made = kit.generator(iter(()) if how == "next" else iter((1,)))
    if how == "close":
        made.close()
        return made
    try:
        made.throw(KeyError("end")) if how == "throw" else next(made)
    except (StopIteration, KeyError):
        pass
    return made


class Send(Differential):
    def scenario_runs_to_the_end(self, kit, log):
        made = kit.generator(bodies.generator_echo())
        log("iter", iter(made) is made)
        log.state("created", made)
        log.do("first", next, made)
        log.state("suspended", made)
        log.do("second", made.send, "a")
        log.do("third", made.send, (1, 2))
        log.state("closed", made)
        log.do("fourth", next, made)
        log.do("fifth", made.send, 3)
        log.do("throw", made.throw, ValueError("v"))
        log.do("close", made.close)

    def scenario_a_value_before_the_start(self, kit, log):
        made = kit.generator(bodies.generator_echo())
        log.do("send", made.send, 5)
        log.state("still created", made)
        log.do("next", next, made)

    def scenario_for_loops_and_unpacking(self, kit, log):
        log("list", list(kit.generator(range(3))))
        log("sum", sum(kit.generator(iter([1, 2, 3]))))
        first, *rest = kit.generator("abc")
        log("unpacked", first, rest)
        log("in", 2 in kit.generator(range(5)))
        log("dict", dict(kit.generator([("a", 1), ("b", 2)])))
        log("zip", list(map(max, kit.generator(range(2)), kit.generator([5, 0]))))

    def scenario_yield_from(self, kit, log):
        def outer(made):
            result = yield from made
            log("result", result)
            return result

        made = kit.generator(bodies.generator_echo())
        generator = outer(made)
        log.do("first", next, generator)
        log("yieldfrom is it", generator.gi_yieldfrom is made)
        log.do("second", generator.send, "a")
        log.do("third", generator.send, "b")
        generator = outer(kit.generator(bodies.generator_catches(log)))
        log.do("first", next, generator)
        log.do("throw", generator.throw, ValueError("v"))
        log.do("close", generator.close)

    def scenario_results_of_every_shape(self, kit, log):
        def returns(value):
            return value
            yield

        def outer(made):
            log("result", (yield from made))

        for value in (None, 1, (), (1, 2), ValueError("v"), StopIteration(5)):
            log.do("next", next, kit.generator(returns(value)))
            log.do("send", kit.generator(returns(value)).send, None)
            log.do("from", next, outer(kit.generator(returns(value))))

    def scenario_errors(self, kit, log):
        for error in (ValueError("v"), StopIteration(4), StopAsyncIteration(5)):
            made = started(kit, bodies.generator_fails(error))
            log.do("next", next, made)
            log.state("closed", made)
            log.do("again", next, made)

    def scenario_not_iterable(self, kit, log):
        for wrong in (None, 1, object(), bodies.ready):
            made = kit.generator(wrong)
            log.do(f"over {type(wrong).__name__}", next, made)
            log.state("closed", made)
        coroutine = bodies.ready()
        log.do("over a coroutine", next, kit.generator(coroutine))
        coroutine.close()

    def scenario_bare_iterators(self, kit, log):
        made = started(kit, bodies.Bare(1, 2))
        log.do("send", made.send, 3)
        log.state("after", made)
        made = started(kit, bodies.Bare(1, 2))
        log.do("throw", made.throw, ValueError("v"))
        made = started(kit, bodies.Bare(1, 2))
        log.do("close", made.close)

    def scenario_recorded_iterators(self, kit, log):
        made = kit.generator(bodies.Recorder(log))
        log.do("next", next, made)
        log.do("send", made.send, 7)
        log.do("throw", made.throw, ValueError("v"))
        log.do("throw three", made.throw, ValueError, "v", None)
        log.do("close", made.close)


class Throw(Differential):
    def scenario_every_state(self, kit, log):
        for error in (ValueError("v"), StopIteration(1), GeneratorExit("g")):
            made = kit.generator(bodies.generator_echo())
            log.do("created", made.throw, error)
            log.state("created", made)
            made = started(kit, bodies.generator_echo())
            log.do("suspended", made.throw, error)
            log.state("suspended", made)
            log.do("closed", made.throw, error)

    def scenario_caught(self, kit, log):
        made = started(kit, bodies.generator_catches(log))
        log.do("throw", made.throw, ValueError("v"))
        log.do("throw class", made.throw, KeyError)
        log.do("throw two", made.throw, KeyError, "k")
        log.do("stop", made.send, "stop")

    def scenario_every_form(self, kit, log):
        forms = [
            (ValueError("v"),),
            (ValueError, "value"),
            (ValueError, ("a", "b")),
            (ValueError, None, None),
            (ValueError("v"), "value"),
            (ValueError, "value", 42),
            (42,),
            ("text", "value"),
            (),
            (ValueError, "v", None, None),
            (int,),
        ]
        for form in forms:
            label = f"throw{form!r}"
            made = kit.generator(bodies.generator_echo())
            log.do(f"created {label}", made.throw, *form)
            log.state(f"created {label} state", made)
            made = started(kit, bodies.generator_echo())
            log.do(f"suspended {label}", made.throw, *form)
            log.state(f"suspended {label} state", made)
            for how in ("close", "next", "throw"):
                made = closed(kit, how)
                log.do(f"closed {label}", made.throw, *form)


class Close(Differential):
    def scenario_every_state(self, kit, log):
        made = kit.generator(bodies.generator_echo())
        log.do("created", made.close)
        log.state("created", made)
        log.do("next", next, made)
        made = started(kit, bodies.generator_echo())
        log.do("suspended", made.close)
        log.state("suspended", made)
        log.do("closed", made.close)

    def scenario_returned_value(self, kit, log):
        for value in (None, 1, (1, 2), ValueError("v"), StopIteration(5)):
            made = started(kit, bodies.generator_returns_on_close(value))
            log.do("close", made.close)

    def scenario_ignored(self, kit, log):
        made = started(kit, bodies.generator_stubborn(log))
        log.do("close", made.close)
        log.state("after", made)
        log.do("next", next, made)

    def scenario_raises(self, kit, log):
        for error in (KeyError("k"), StopIteration(4), GeneratorExit("own")):
            made = started(kit, bodies.generator_raises_on_close(error))
            log.do("close", made.close)
            log.state("closed", made)


class Running(Differential):
    def run_inside(self, kit, log, action):
        box = []

        def body():
            log.state("running", box[0])
            log.do("inside", action, box[0])
            yield 1

        box.append(kit.generator(body()))
        log.do("start", next, box[0])
        log.do("end", next, box[0])
        box.clear()

    def scenario_next(self, kit, log):
        self.run_inside(kit, log, next)

    def scenario_send(self, kit, log):
        self.run_inside(kit, log, lambda made: made.send(4))

    def scenario_throw(self, kit, log):
        self.run_inside(kit, log, lambda made: made.throw(ValueError("v")))

    def scenario_throw_bad(self, kit, log):
        self.run_inside(kit, log, lambda made: made.throw(42))

    def scenario_close(self, kit, log):
        self.run_inside(kit, log, lambda made: made.close())

    def scenario_clear_its_frame(self, kit, log):
        self.run_inside(kit, log, lambda made: made.gi_frame.clear())

    def scenario_iterates_itself(self, kit, log):
        box = []

        def body():
            yield from box[0]

        box.append(kit.generator(body()))
        log.do("start", next, box[0])
        box.clear()


class Other(Differential):
    def scenario_finalized_while_suspended(self, kit, log):
        def body():
            try:
                yield
            finally:
                log("cleanup", sys.exc_info()[0])

        made = started(kit, body())
        log("dropping")
        del made

    def scenario_finalizer_that_fails(self, kit, log):
        for body in (
            bodies.generator_stubborn(log),
            bodies.generator_raises_on_close(KeyError("k")),
        ):
            made = started(kit, body)
            log("dropping")
            del made

    def scenario_never_started(self, kit, log):
        made = kit.generator(bodies.Recorder(log))
        log("dropping")
        del made

    def scenario_recognised(self, kit, log):
        made = kit.generator(range(2))
        for name in ("Iterator", "Generator", "Awaitable", "Coroutine"):
            log(name, isinstance(made, getattr(collections.abc, name)))
        log("isawaitable", inspect.isawaitable(made))
        log.do("len", len, made)
        log.do("call", lambda: made())

    def scenario_handled_exceptions(self, kit, log):
        def body():
            log("first", sys.exc_info()[1])
            try:
                raise KeyError("inner")
            except KeyError:
                yield
                log("second", sys.exc_info()[1])
            log("third", sys.exc_info()[1])
            yield
            raise LookupError("end")

        made = kit.generator(body())
        try:
            raise ValueError("one")
        except ValueError:
            next(made)
            log("caller", sys.exc_info()[1])
        try:
            raise ValueError("two")
        except ValueError:
            next(made)
            log("caller", sys.exc_info()[1])
            log.do("end", next, made)
