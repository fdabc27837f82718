# SPDX-License-Identifier: MIT
"""The end of objects that nobody finished: warnings, reports, collection."""

import gc
import sys
import warnings
import weakref

from support import bodies, links
from support.bodies import suspend
from support.compare import Differential


def started(kit, body):
    made = kit.coroutine(body)
    made.send(None)
    return made


class NeverAwaited(Differential):
    def scenario_warns(self, kit, log):
        made = kit.coroutine(bodies.Recorder(log))
        log("dropping")
        del made
        log("dropped")

    def scenario_warns_for_what_it_would_await(self, kit, log):
        made = kit.coroutine(bodies.ready())
        log("dropping")
        del made
        log("dropped")

    def scenario_warns_in_a_cycle(self, kit, log):
        box = []
        box.append(kit.coroutine(box))
        box.append(box)
        del box
        log("collecting")
        gc.collect()

    def scenario_origin_is_told(self, kit, log):
        for depth in (1, 3):
            sys.set_coroutine_origin_tracking_depth(depth)
            made = kit.coroutine(bodies.Recorder(log))
            log("dropping", depth)
            del made

    def scenario_as_an_error(self, kit, log):
        warnings.simplefilter("error")
        made = kit.coroutine(bodies.Recorder(log))
        log("dropping")
        del made
        made = kit.async_generator(bodies.plain_numbers())
        step = made.asend(None)
        log("dropping")
        del step

    def scenario_while_an_exception_travels(self, kit, log):
        def body():
            made = kit.coroutine(bodies.Recorder(log))
            raise KeyError(made.__name__)

        log.do("raise", body)
        log.do("in a handler", self.in_handler, kit, log)

    @staticmethod
    def in_handler(kit, log):
        try:
            raise ValueError("v")
        except ValueError:
            kit.coroutine(bodies.Recorder(log))
            raise

    def scenario_without_the_warnings_module(self, kit, log):
        hidden = warnings._warn_unawaited_coroutine

        def called(made):
            if made.__qualname__ != links.INNER:
                log("called", made.__qualname__)

        for replacement in (None, called):
            if replacement is None:
                del warnings._warn_unawaited_coroutine
            else:
                warnings._warn_unawaited_coroutine = replacement
            try:
                made = kit.coroutine(bodies.Recorder(log))
                log("dropping")
                del made
            finally:
                warnings._warn_unawaited_coroutine = hidden

    def scenario_a_warning_that_fails(self, kit, log):
        hidden = warnings._warn_unawaited_coroutine

        def fails(made):
            if made.__qualname__ != links.INNER:
                raise LookupError("in the warning")

        warnings._warn_unawaited_coroutine = fails
        try:
            made = kit.coroutine(bodies.Recorder(log))
            log("dropping")
            del made
        finally:
            warnings._warn_unawaited_coroutine = hidden

    def scenario_not_when_closed(self, kit, log):
        made = kit.coroutine(bodies.Recorder(log))
        made.close()
        log("dropping")
        del made
        made = kit.coroutine(bodies.Recorder(log))
        log.do("throw", made.throw, ValueError("v"))
        log("dropping")
        del made

    def scenario_resurrected(self, kit, log):
        kept = []
        hidden = warnings._warn_unawaited_coroutine
        warnings._warn_unawaited_coroutine = kept.append
        try:
            made = kit.coroutine(bodies.echo(log))
            del made
        finally:
            warnings._warn_unawaited_coroutine = hidden
        log("kept", len(kept))
        log.do("send", kept[0].send, None)
        log.state("kept", kept[0])
        log("dropping")
        kept.clear()


class Suspended(Differential):
    def scenario_is_closed(self, kit, log):
        made = started(kit, bodies.catches(log))
        log("dropping")
        del made

        async def body():
            try:
                await suspend()
            finally:
                log("cleanup", sys.exc_info()[0])

        made = started(kit, body())
        log("dropping")
        del made

    def scenario_failures_are_reported(self, kit, log):
        for body in (
            bodies.stubborn(log),
            bodies.raises_on_close(KeyError("k")),
            bodies.raises_on_close(StopIteration(1)),
            bodies.finishes(log),
        ):
            made = started(kit, body)
            log("dropping")
            del made, body
            log("dropped")

    def scenario_while_an_exception_travels(self, kit, log):
        def body():
            made = started(kit, bodies.raises_on_close(KeyError("k")))
            raise ValueError(made.__name__)

        log.do("raise", body)

    def scenario_in_a_cycle_with_its_frame(self, kit, log):
        async def body(box):
            box.append(1)
            try:
                await suspend()
            finally:
                log("cleanup")

        box = []
        made = kit.coroutine(body(box))
        box.append(made)
        made.send(None)
        reference = weakref.ref(made)
        del made, box
        log("alive", reference() is not None)
        gc.collect()
        log("collected", reference() is None)

    def scenario_in_a_cycle_of_awaiters(self, kit, log):
        class Knot:
            pass

        async def body(knot):
            try:
                await suspend(knot)
            finally:
                log("cleanup")

        knot = Knot()
        inner = kit.coroutine(body(knot))
        knot.outer = kit.coroutine(inner)
        knot.inner = inner
        knot.outer.send(None)
        reference = weakref.ref(knot)
        del inner, knot
        log("alive", reference() is not None)
        gc.collect()
        log("collected", reference() is None)

    def scenario_a_chain_held_in_the_middle(self, kit, log):
        async def body():
            try:
                await suspend()
            finally:
                log("cleanup")

        inner = kit.coroutine(body())
        outer = kit.coroutine(inner)
        outer.send(None)
        log("dropping the outer")
        del outer
        log.state("inner", inner)
        log("dropping the inner")
        del inner

    def scenario_an_awaiter_dropped_while_the_inner_lives(self, kit, log):
        inner = kit.coroutine(bodies.stubborn(log))
        outer = kit.coroutine(inner)
        outer.send(None)
        log("dropping")
        del outer
        log.state("inner", inner)
        log.do("close", inner.close)

    def scenario_resurrected(self, kit, log):
        kept = []

        async def body():
            try:
                await suspend()
            except GeneratorExit:
                kept.append(box[0]())
                raise

        made = kit.coroutine(body())
        made.send(None)
        box = [lambda made=made: made]
        del made
        log("dropping")
        box[0] = lambda: None
        log("kept", len(kept))


class Order(Differential):
    def scenario_what_it_awaits_ends_before_the_awaiter_goes_on(self, kit, log):
        class Witness:
            def __init__(self, name):
                self.name = name

            def __del__(self):
                log("gone", self.name)

        async def inner(witness):
            await suspend()
            return "result"

        async def outer(made):
            result = await made
            log("resumed", result)
            await suspend()

        made = kit.coroutine(outer(kit.coroutine(inner(Witness("inner")))))
        made.send(None)
        log.do("resume", made.send, None)
        made.close()

    def scenario_references_after_the_end(self, kit, log):
        class Witness:
            pass

        witness = Witness()
        reference = weakref.ref(witness)

        async def body(witness):
            await suspend()

        made = kit.coroutine(body(witness))
        del witness
        made.send(None)
        log("held", reference() is not None)
        log.do("end", made.send, None)
        log("released", reference() is None)

    def scenario_references_of_results_and_errors(self, kit, log):
        value = object()
        before = sys.getrefcount(value)
        for _ in range(10):
            made = kit.coroutine(bodies.ready(value))
            try:
                made.send(None)
            except StopIteration:
                pass
            made = kit.coroutine(suspend(value))
            made.send(None)
            made.close()
            made = kit.coroutine(suspend())
            made.send(None)
            try:
                made.send(value)
            except StopIteration:
                pass
        del made
        log("references", sys.getrefcount(value) - before)
        error = ValueError("v")
        before = sys.getrefcount(error)
        for body in (bodies.suspend, bodies.Bare):
            made = kit.coroutine(body())
            try:
                made.throw(error)
            except ValueError:
                pass
        del made
        error.__traceback__ = None
        log("references", sys.getrefcount(error) - before)

    def scenario_a_failing_destructor_in_the_frame(self, kit, log):
        class Fails:
            def __del__(self):
                raise LookupError("in __del__")

        async def body(fails):
            await suspend()

        made = started(kit, body(Fails()))
        log.do("close", made.close)
        made = started(kit, body(Fails()))
        log.do("end", made.send, None)

    def scenario_a_destructor_that_re_enters(self, kit, log):
        box = []

        class ReEnters:
            def __del__(self):
                if box:
                    log.do("send", box[0].send, None)
                    log.do("close", box[0].close)

        async def body(witness):
            await suspend()

        box.append(kit.coroutine(body(ReEnters())))
        box[0].send(None)
        log.do("end", box[0].send, None)
        box.clear()
