# SPDX-License-Identifier: MIT
"""Awaiting a coroutine: by `await`, by its wrapper, twice, by several at once."""

import asyncio
import collections.abc
import inspect
import types

from support import bodies
from support.bodies import suspend
from support.compare import Differential


async def awaits(made):
    return await made


class Awaiting(Differential):
    def scenario_by_a_native_coroutine(self, kit, log):
        made = kit.coroutine(bodies.echo(log))
        outer = awaits(made)
        log.do("first", outer.send, None)
        log("cr_await is it", outer.cr_await is made or type(outer.cr_await).__name__)
        log.state("outer", outer)
        log.state("made", made)
        log.do("second", outer.send, "a")
        log.do("third", outer.send, "b")
        log.state("made", made)

    def scenario_throw_and_close_from_above(self, kit, log):
        for action in ("throw", "throw exit", "close"):
            made = kit.coroutine(bodies.finishes(log))
            outer = awaits(made)
            outer.send(None)
            if action == "throw":
                log.do(action, outer.throw, ValueError("v"))
            elif action == "throw exit":
                log.do(action, outer.throw, GeneratorExit("g"))
            else:
                log.do(action, outer.close)
            log.state("outer", outer)
            log.state("made", made)
            log.do("close", outer.close)

    def scenario_results_of_every_shape(self, kit, log):
        for value in (None, 0, 1, (), (1, 2), ValueError("v"), StopIteration(5)):
            log.do("result", awaits(kit.coroutine(bodies.ready(value))).send, None)

    def scenario_suspended_ones(self, kit, log):
        made = kit.coroutine(bodies.echo(log))
        made.send(None)
        log.do("await", awaits(made).send, None)
        log.state("made", made)
        log.do("goes on", made.send, 1)
        made.close()

    def scenario_one_awaited_by_another(self, kit, log):
        made = kit.coroutine(bodies.echo(log))
        first, second = awaits(made), awaits(made)
        log.do("first", first.send, None)
        log.do("second", second.send, None)
        log.state("second", second)
        log.do("first goes on", first.send, "a")
        log.do("third", awaits(made).send, None)
        log.do("first ends", first.send, "b")
        log.do("fourth", awaits(made).send, None)

    def scenario_one_whose_awaiter_is_gone(self, kit, log):
        made = kit.coroutine(bodies.stubborn(log))
        first = awaits(made)
        first.send(None)
        log.do("close", first.close)
        log.state("made", made)
        log.do("await again", awaits(made).send, None)
        made.close()

    def scenario_closed_ones(self, kit, log):
        made = kit.coroutine(bodies.Bare())
        made.close()
        log.do("await", awaits(made).send, None)
        log.do("wrapper", made.__await__)
        log.do("next", lambda: next(made.__await__()))

    def scenario_running_ones(self, kit, log):
        box = []

        async def body():
            log.do("await", awaits(box[0]).send, None)

        box.append(kit.coroutine(body()))
        log.do("run", box[0].send, None)
        box.clear()

    def scenario_in_a_chain_with_itself(self, kit, log):
        box = []

        async def body():
            await box[0]

        box.append(kit.coroutine(awaits(kit.coroutine(body()))))
        log.do("run", box[0].send, None)
        log.state("closed", box[0])
        box.clear()

    def scenario_async_with_and_for(self, kit, log):
        class Manager:
            def __aenter__(self):
                return kit.coroutine(bodies.ready("entered"))

            def __aexit__(self, *args):
                log("exit", *args[:2])
                return kit.coroutine(bodies.ready(True))

        class Items:
            left = 2

            def __aiter__(self):
                return self

            def __anext__(self):
                self.left -= 1
                if self.left < 0:
                    return kit.coroutine(bodies.fails(StopAsyncIteration()))
                return kit.coroutine(bodies.ready(self.left))

        async def body():
            async with Manager() as entered:
                log("entered", entered)
                raise ValueError("in the block")
            async for item in Items():
                log("item", item)
            log("list", [item async for item in Items()])
            log("anext", await anext(Items()))
            return "end"

        log.do("run", body().send, None)

    def scenario_anext_with_a_default(self, kit, log):
        class Items:
            def __init__(self, body):
                self.body = body

            def __anext__(self):
                return kit.coroutine(self.body)

        async def body(inner):
            return await anext(Items(inner), "default")

        log.do("value", body(bodies.ready(4)).send, None)
        log.do("end", body(bodies.fails(StopAsyncIteration())).send, None)
        made = body(bodies.echo(log))
        log.do("suspends", made.send, None)
        log.do("resumed", made.send, None)
        log.do("ends", made.send, None)
        made = body(bodies.catches(log))
        made.send(None)
        log.do("throw", made.throw, ValueError("v"))
        log.do("close", made.close)

    def scenario_yield_from(self, kit, log):
        def plain(made):
            yield from made

        @types.coroutine
        def flagged(made):
            return (yield from made)

        made = kit.coroutine(bodies.Bare())
        log.do("plain", next, plain(made))
        made.close()
        made = kit.coroutine(bodies.Bare())
        log.do("flagged/native only", next, flagged(made))
        made.close()

    def scenario_returned_from_dunder_await(self, kit, log):
        class Holder:
            def __init__(self, made):
                self.made = made

            def __await__(self):
                return self.made.__await__()

        outer = awaits(Holder(kit.coroutine(bodies.echo(log))))
        log.do("first", outer.send, None)
        log.do("second", outer.send, 1)
        log.do("third", outer.send, 2)
        outer = awaits(kit.coroutine(Holder(kit.coroutine(bodies.catches(log)))))
        outer.send(None)
        log.do("throw", outer.throw, ValueError("v"))
        log.do("close", outer.close)

    def scenario_the_coroutine_itself_from_dunder_await(self, kit, log):
        made = kit.coroutine(bodies.ready())

        class Holder:
            def __await__(self):
                return made

        log.do("await", awaits(Holder()).send, None)
        log.do("through links", kit.coroutine(Holder()).send, None)
        made.close()


class Wrapper(Differential):
    """What `__await__` returns."""

    def scenario_drives(self, kit, log):
        made = kit.coroutine(bodies.echo(log))
        wrapper = made.__await__()
        log("type", type(wrapper).__name__)
        log("iter", iter(wrapper) is wrapper)
        log.do("next", next, wrapper)
        log.state("made", made)
        log.do("send", wrapper.send, 4)
        log.do("end", next, wrapper)
        log.do("again", next, wrapper)
        log.do("send again", wrapper.send, None)
        log.do("throw again", wrapper.throw, ValueError("v"))
        log.do("close", wrapper.close)

    def scenario_throws_and_closes(self, kit, log):
        made = kit.coroutine(bodies.catches(log))
        wrapper = made.__await__()
        log.do("next", next, wrapper)
        log.do("throw", wrapper.throw, ValueError("v"))
        log.do("throw class", wrapper.throw, ValueError)
        log.do("throw three", wrapper.throw, ValueError, "v", None)
        log.do("throw bad", wrapper.throw, 42)
        log.do("close", wrapper.close)
        log.state("made", made)

    def scenario_throw_forms_when_created(self, kit, log):
        for form in ((), (42,), (ValueError, "v", 3), (ValueError("v"), 1)):
            made = kit.coroutine(bodies.suspend())
            log.do(f"throw{form}", made.__await__().throw, *form)
            log.state(f"throw{form}", made)
            made.close()

    def scenario_close_created(self, kit, log):
        made = kit.coroutine(bodies.Recorder(log))
        log.do("close", made.__await__().close)
        log.state("closed", made)

    def scenario_close_value(self, kit, log):
        made = kit.coroutine(bodies.returns_on_close("value"))
        wrapper = made.__await__()
        next(wrapper)
        log.do("close", wrapper.close)

    def scenario_send_before_the_start(self, kit, log):
        made = kit.coroutine(suspend())
        log.do("send", made.__await__().send, 4)
        log.state("made", made)
        made.close()

    def scenario_of_a_suspended_one(self, kit, log):
        made = kit.coroutine(bodies.echo(log))
        made.send(None)
        log.do("next", next, made.__await__())
        log.do("send", made.__await__().send, "x")

    def scenario_two_wrappers(self, kit, log):
        made = kit.coroutine(bodies.echo(log))
        first, second = made.__await__(), made.__await__()
        log("same", first is second)
        log.do("first", next, first)
        log.do("second", next, second)
        log.do("first again", next, first)

    def scenario_alive_beyond_the_coroutine(self, kit, log):
        made = kit.coroutine(bodies.finishes(log))
        wrapper = made.__await__()
        del made
        log.do("next", next, wrapper)
        log("dropping")
        del wrapper

    def scenario_never_used(self, kit, log):
        made = kit.coroutine(bodies.Recorder(log))
        wrapper = made.__await__()
        del wrapper
        log("wrapper dropped")
        del made

    def scenario_members(self, kit, log):
        made = kit.coroutine(bodies.ready())
        wrapper = made.__await__()
        for name in ("__iter__", "__next__", "send", "throw", "close"):
            log(name, hasattr(wrapper, name))
        log.do("new", type(wrapper))
        log.do("next", next, wrapper)
        log("iterable", isinstance(wrapper, collections.abc.Iterator))

    def scenario_results_of_every_shape(self, kit, log):
        for value in (None, 1, (), (1, 2), ValueError("v"), StopIteration(5)):
            log.do("next", next, kit.coroutine(bodies.ready(value)).__await__())
            wrapper = kit.coroutine(bodies.ready(value)).__await__()
            log.do("send", wrapper.send, None)

    def scenario_for_loop(self, kit, log):
        wrapper = kit.coroutine(bodies.echo(log, 3)).__await__()
        log("list", list(wrapper))


class Recognised(Differential):
    """What the standard library takes it for."""

    def scenario_by_abstract_classes(self, kit, log):
        made = kit.coroutine(bodies.Bare())
        for name in ("Awaitable", "Coroutine", "Iterator", "Iterable", "Generator"):
            log(name, isinstance(made, getattr(collections.abc, name)))
        made.close()

    def scenario_by_functions(self, kit, log):
        made = kit.coroutine(bodies.Bare())
        log("inspect.isawaitable", inspect.isawaitable(made))
        log("inspect.isgenerator", inspect.isgenerator(made))
        log("asyncio.iscoroutine", asyncio.iscoroutine(made))
        log("asyncio.isfuture", asyncio.isfuture(made))
        log("callable", callable(made))
        log.do("next", next, made)
        log.do("iter", iter, made)
        log.do("len", len, made)
        log.do("anext", anext, made)
        log.do("aiter", aiter, made)
        log.do("call", lambda: made())
        log.do("in", lambda: 1 in made)
        made.close()

    def scenario_by_types_coroutine(self, kit, log):
        made = kit.coroutine(bodies.ready(4))
        function = types.coroutine(lambda: made)
        log("unchanged", function() is made)
        log.do("run", awaits(function()).send, None)
