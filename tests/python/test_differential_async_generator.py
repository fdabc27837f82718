# SPDX-License-Identifier: MIT
"""Async generators and their awaitables in every state, on both sides."""

import collections.abc
import inspect
import sys

from support import bodies
from support.compare import Differential

WAYS = {
    "asend": lambda made: made.asend(None),
    "anext": lambda made: made.__anext__(),
    "athrow": lambda made: made.athrow(ValueError("v")),
    "aclose": lambda made: made.aclose(),
}


def finish(awaitable):
    """Drives an awaitable to its end."""
    try:
        while True:
            awaitable.send(None)
    except StopIteration as stop:
        return stop.value


def at_item(kit, body):
    made = kit.async_generator(body)
    finish(made.asend(None))
    return made


def ended(kit):
    made = kit.async_generator(bodies.plain_numbers(0))
    try:
        finish(made.asend(None))
    except StopAsyncIteration:
        pass
    return made


class Items(Differential):
    def scenario_runs_to_the_end(self, kit, log):
        made = kit.async_generator(bodies.numbers(log, 2))
        log.state("created", made)
        step = made.asend(None)
        log.do("first wait", step.send, None)
        log.state("waiting", made)
        log.do("first item", step.send, "a")
        log.state("suspended", made)
        log.do("used up", step.send, None)
        log.do("used up throw", step.throw, ValueError("v"))
        log.do("used up close", step.close)
        step = made.asend("sent")
        log.do("second wait", step.send, None)
        log.do("second item", step.send, "b")
        step = made.__anext__()
        log.do("end", step.send, None)
        log.state("closed", made)
        for name, way in WAYS.items():
            step = way(made)
            log.do(f"{name} after the end", step.send, None)
            log.do(f"{name} again", step.send, None)

    def scenario_async_for(self, kit, log):
        async def body(made):
            async for item in made:
                log("item", item)
            log("list", [item async for item in kit.async_generator(plain())])
            return "end"

        def plain():
            return bodies.plain_numbers(3)

        made = body(kit.async_generator(bodies.numbers(log, 2)))
        for number in range(4):
            log.do("step", made.send, number or None)
        log.do("break", finish, first_of(kit.async_generator(plain())))

    def scenario_items_of_every_shape(self, kit, log):
        async def body(*items):
            for item in items:
                yield item

        items = (None, 1, (), (1, 2), ValueError("v"), StopIteration(5), object)
        made = kit.async_generator(body(*items))
        for _ in items:
            log.do("asend", made.asend(None).send, None)
        made = kit.async_generator(body(*items))
        for _ in items:
            log.do("next", next, made.__anext__())
        finish_quietly(made)

    def scenario_items_keep_identity(self, kit, log):
        value = object()

        async def body():
            got = yield value
            log("sent is it", got is value)

        made = kit.async_generator(body())
        log("item is it", finish(made.asend(None)) is value)
        log.do("end", finish, made.asend(value))

    def scenario_values_before_the_start(self, kit, log):
        made = kit.async_generator(bodies.numbers(log))
        log.do("asend(5)", made.asend(5).send, None)
        log.state("still created", made)
        log.do("asend().send(5)", made.asend(None).send, 5)
        log.do("athrow().send(5)", made.athrow(ValueError("v")).send, 5)
        log.state("after athrow", made)
        made = kit.async_generator(bodies.numbers(log))
        log.do("aclose().send(5)", made.aclose().send, 5)
        log.do("asend", finish, made.asend(None))
        log.do("anext with a value", made.__anext__().send, 7)

    def scenario_errors_of_the_body(self, kit, log):
        for error in (
            ValueError("v"),
            StopIteration(3),
            StopAsyncIteration(4),
            GeneratorExit("g"),
            KeyboardInterrupt(),
        ):
            made = at_item(kit, bodies.failing_numbers(error))
            log.do("fails", finish, made.asend(None))
            log.state("closed", made)
            log.do("after", finish, made.asend(None))


async def first_of(made):
    async for item in made:
        return item


class Awaitables(Differential):
    """The lives of what asend, athrow and aclose return."""

    def scenario_their_types(self, kit, log):
        for name, way in WAYS.items():
            made = kit.async_generator(bodies.plain_numbers())
            step = way(made)
            log(name, type(step).__name__, type(step).__module__)
            log("iter", iter(step) is step, step.__await__() is step)
            for attribute in ("__next__", "send", "throw", "close", "__name__"):
                log(attribute, hasattr(step, attribute))
            log.do("new", type(step))
            log.do("subclass", type, "Sub", (type(step),), {})
            log("awaitable", isinstance(step, collections.abc.Awaitable))
            log("coroutine", isinstance(step, collections.abc.Coroutine))
            step.close()

    def scenario_concurrent_ones(self, kit, log):
        for name, way in WAYS.items():
            made = kit.async_generator(bodies.numbers(log))
            first = made.asend(None)
            first.send(None)
            second = way(made)
            log.do(f"{name} beside", second.send, None)
            log.do(f"{name} again", second.send, None)
            log.do(f"{name} closed", second.close)
            second = way(made)
            log.do(f"{name}.throw beside", second.throw, KeyError("k"))
            log.do(f"{name} again", second.send, None)
            second = way(made)
            log.do(f"{name}.close beside", second.close)
            log.do(f"{name} again", second.send, None)
            log.do("first goes on", first.send, 1)
            log.state("made", made)
            finish_quietly(made)

    def scenario_closed_before_use(self, kit, log):
        for name, way in WAYS.items():
            made = kit.async_generator(bodies.numbers(log))
            step = way(made)
            log.do(f"{name} close", step.close)
            log.do(f"{name} send", step.send, None)
            log.do(f"{name} throw", step.throw, KeyError("k"))
            log.do(f"{name} close again", step.close)
            log.state(name, made)

    def scenario_thrown_before_use(self, kit, log):
        for error in (KeyError("k"), StopAsyncIteration(1), GeneratorExit("g")):
            for name, way in WAYS.items():
                for at in ("created", "item", "end"):
                    if at == "created":
                        made = kit.async_generator(bodies.catching_numbers(log))
                    elif at == "item":
                        made = at_item(kit, bodies.catching_numbers(log))
                    else:
                        made = ended(kit)
                    step = way(made)
                    log.do(f"{at} {name} throw {error!r}", step.throw, error)
                    log.do(f"{at} {name} send", step.send, None)
                    log.state(f"{at} {name} state", made)
                    finish_quietly(made)

    def scenario_throw_forms(self, kit, log):
        forms = [
            (ValueError,),
            (ValueError, "v"),
            (ValueError, "v", None),
            (ValueError("v"), 1),
            (42,),
            (),
            (ValueError, "v", 42),
            (ValueError, "v", None, None),
        ]
        for form in forms:
            for name, way in WAYS.items():
                made = at_item(kit, bodies.catching_numbers(log))
                step = way(made)
                log.do(f"{name} throw{form!r}", step.throw, *form)
                log.state(f"{name} throw{form!r}", made)
                finish_quietly(made)

    def scenario_suspended_in_an_await(self, kit, log):
        for name in WAYS:
            for action in ("send", "throw", "exit", "close"):
                made = at_item(kit, bodies.cleaning_numbers(log))
                if name in ("asend", "anext"):
                    finish(made.asend(None))
                step = WAYS[name](made)
                log.do(f"{name} starts", step.send, None)
                log.state("suspended", made)
                if action == "send":
                    log.do(f"{name} send", step.send, "x")
                elif action == "throw":
                    log.do(f"{name} throw", step.throw, KeyError("k"))
                elif action == "exit":
                    log.do(f"{name} throw exit", step.throw, GeneratorExit("g"))
                else:
                    log.do(f"{name} close", step.close)
                log.state("after", made)
                log.do(f"{name} again", step.send, None)
                finish_quietly(made)

    def scenario_next_and_send_and_await(self, kit, log):
        async def awaits(step):
            return await step

        made = kit.async_generator(bodies.numbers(log))
        step = awaits(made.asend(None))
        log.do("start", step.send, None)
        log("await", type(step.cr_await).__name__)
        log.do("throw", step.throw, KeyError("k"))
        made = kit.async_generator(bodies.numbers(log))
        step = made.__anext__()
        log.do("next", next, step)
        log.do("next", next, step)
        log.do("aclose", finish, awaits(made.aclose()))

    def scenario_never_awaited(self, kit, log):
        for name, way in WAYS.items():
            made = kit.async_generator(bodies.plain_numbers())
            step = way(made)
            log("dropping", name)
            del step
            log("dropped")

    def scenario_dropped_while_suspended(self, kit, log):
        for name in WAYS:
            made = at_item(kit, bodies.cleaning_numbers(log))
            if name in ("asend", "anext"):
                finish(made.asend(None))
            step = WAYS[name](made)
            step.send(None)
            log("dropping", name)
            del step
            log.state("made", made)
            log.do("asend", made.asend(None).send, None)
            log.do("aclose", made.aclose().send, None)


def finish_quietly(made):
    try:
        finish(made.aclose())
    except BaseException:
        pass


class Athrow(Differential):
    def scenario_every_state(self, kit, log):
        for error in (
            ValueError("c"),
            StopAsyncIteration("c"),
            StopIteration("c"),
            GeneratorExit("c"),
        ):
            made = kit.async_generator(bodies.numbers(log))
            log.do(f"created {error!r}", made.athrow(error).send, None)
            log.state("after", made)
            log.do("asend", finish, made.asend(None))
            made = at_item(kit, bodies.plain_numbers())
            log.do(f"suspended {error!r}", made.athrow(error).send, None)
            log.state("after", made)
            log.do("asend", finish, made.asend(None))
            log.do(f"ended {error!r}", ended(kit).athrow(error).send, None)

    def scenario_caught(self, kit, log):
        made = at_item(kit, bodies.catching_numbers(log))
        log.do("athrow", finish, made.athrow(ValueError("v")))
        log.do("athrow class", finish, made.athrow(ValueError))
        log.do("asend", finish, made.asend(3))
        log.do("stop", finish, made.asend("stop"))

    def scenario_exit_ignored(self, kit, log):
        made = at_item(kit, bodies.stubborn_numbers(log))
        log.do("athrow", made.athrow(GeneratorExit("g")).send, None)
        log.state("after", made)
        log.do("asend", finish, made.asend(None))

    def scenario_every_form(self, kit, log):
        forms = [
            (ValueError,),
            (ValueError, "value"),
            (ValueError, None, None),
            (ValueError("v"), "value"),
            (ValueError, "value", 42),
            (42,),
            (),
            (ValueError, "v", None, None),
        ]
        for form in forms:
            for at in ("created", "item", "end"):
                if at == "created":
                    made = kit.async_generator(bodies.plain_numbers())
                elif at == "item":
                    made = at_item(kit, bodies.plain_numbers())
                else:
                    made = ended(kit)
                step = log.do(f"{at} athrow{form!r}", made.athrow, *form)
                if step is not None:
                    log.do(f"{at} athrow{form!r} send", step.send, None)
                log.state(f"{at} athrow{form!r} state", made)
                del step


class Aclose(Differential):
    def scenario_every_state(self, kit, log):
        made = kit.async_generator(bodies.numbers(log))
        log.do("created", made.aclose().send, None)
        log.state("created", made)
        log.do("asend", finish, made.asend(None))
        made = at_item(kit, bodies.plain_numbers())
        log.do("suspended", made.aclose().send, None)
        log.state("suspended", made)
        log.do("asend", finish, made.asend(None))
        log.do("ended", ended(kit).aclose().send, None)

    def scenario_cleanup_awaits(self, kit, log):
        made = at_item(kit, bodies.cleaning_numbers(log))
        step = made.aclose()
        log.do("starts", step.send, None)
        log.state("waiting", made)
        log.do("ends", step.send, "cleaned")
        log.state("closed", made)
        log.do("again", finish, made.aclose())

    def scenario_exit_ignored(self, kit, log):
        made = at_item(kit, bodies.stubborn_numbers(log))
        log.do("aclose", made.aclose().send, None)
        log.state("after", made)
        log.do("asend", finish, made.asend(None))
        made = at_item(kit, bodies.stubborn_numbers(log))
        log.do("aclose.throw", made.aclose().throw, KeyError("k"))

    def scenario_error_in_cleanup(self, kit, log):
        async def body(error):
            try:
                yield 1
            finally:
                raise error

        for error in (KeyError("k"), StopIteration(1), StopAsyncIteration(2)):
            made = at_item(kit, body(error))
            log.do("aclose", made.aclose().send, None)
            log.state("closed", made)


class Running(Differential):
    def scenario_from_inside(self, kit, log):
        for name, way in WAYS.items():
            box = []

            async def body(box=box, name=name, way=way):
                log.state("running", box[0])
                step = way(box[0])
                log.do(f"{name} inside", step.send, None)
                step = way(box[0])
                log.do(f"{name} inside throw", step.throw, KeyError("k"))
                step = way(box[0])
                log.do(f"{name} inside close", step.close)
                yield 1

            box.append(kit.async_generator(body()))
            log.do("start", finish, box[0].asend(None))
            log.state("suspended", box[0])
            finish_quietly(box[0])
            box.clear()

    def scenario_its_own_step(self, kit, log):
        box = []

        async def body():
            log.do("send", box[1].send, None)
            log.do("throw", box[1].throw, KeyError("k"))
            yield 1

        box.append(kit.async_generator(body()))
        box.append(box[0].asend(None))
        log.do("start", box[1].send, None)
        box.clear()


class Hooks(Differential):
    def hooks(self, log):
        sys.set_asyncgen_hooks(
            firstiter=lambda made: log("first", type(made).__name__),
            finalizer=lambda made: log("finalizer", type(made).__name__),
        )

    def scenario_called_once(self, kit, log):
        bodies_made = [bodies.plain_numbers() for _ in WAYS]
        for body in bodies_made:
            finish_quietly(body)  # its hooks are not what is shown
        for (name, way), body in zip(WAYS.items(), bodies_made):  # noqa: B905
            made = kit.async_generator(body)
            self.hooks(log)
            step = way(made)
            log("made", name)
            log.do("used", step.send, None)
            log.do("again", way(made).close)
            sys.set_asyncgen_hooks(None, None)
            log("dropping")
            del made, step

    def scenario_finalizer(self, kit, log):
        for at in ("created", "item", "closed"):
            body = bodies.plain_numbers()
            made = kit.async_generator(body)
            self.hooks(log)
            if at != "created":
                finish(made.asend(None))
            if at == "closed":
                finish(made.aclose())
            sys.set_asyncgen_hooks(None, None)
            log("dropping", at)
            del made
            del body

    def scenario_that_fail(self, kit, log):
        def fails(made):
            raise LookupError("hook")

        made = kit.async_generator(bodies.plain_numbers())
        sys.set_asyncgen_hooks(firstiter=fails)
        log.do("asend", made.asend, None)
        log.do("again", made.asend, None)
        sys.set_asyncgen_hooks(None, fails)
        made = kit.async_generator(bodies.plain_numbers())
        finish(made.asend(None))
        sys.set_asyncgen_hooks(None, None)
        log("dropping")
        del made

    def scenario_finalizer_that_keeps_it(self, kit, log):
        kept = []
        made = kit.async_generator(bodies.plain_numbers())
        sys.set_asyncgen_hooks(finalizer=kept.append)
        finish(made.asend(None))
        sys.set_asyncgen_hooks(None, None)
        kind = type(made)
        del made
        kept = [one for one in kept if type(one) is kind][:1]
        log("kept", len(kept))
        log.state("kept", kept[0])
        log.do("aclose", finish, kept[0].aclose())

    def scenario_without_hooks(self, kit, log):
        for body in (bodies.stubborn_numbers(log), bodies.cleaning_numbers(log)):
            made = at_item(kit, body)
            log("dropping")
            del made
            del body


class Other(Differential):
    def scenario_recognised(self, kit, log):
        made = kit.async_generator(bodies.plain_numbers())
        for name in ("AsyncIterator", "AsyncIterable", "AsyncGenerator", "Awaitable"):
            log(name, isinstance(made, getattr(collections.abc, name)))
        log("isawaitable", inspect.isawaitable(made))
        log("aiter", aiter(made) is made, made.__aiter__() is made)
        log.do("iter", iter, made)
        log.do("send", lambda: made.send(None))
        log.do("anext", finish, anext(made))
        log.do("arity", made.asend)
        log.do("arity", made.asend, 1, 2)
        log.do("arity", made.aclose, 1)

        async def awaits():
            await made

        log.do("await", awaits().send, None)

    def scenario_anext_with_a_default(self, kit, log):
        made = kit.async_generator(bodies.numbers(log, 1))
        step = anext(made, "default")
        log("type", type(step).__name__)
        log.do("starts", step.send, None)
        log.do("goes on", step.send, None)
        log.do("end", finish, anext(made, "default"))
        made = kit.async_generator(bodies.numbers(log, 1))
        step = anext(made, "default")
        next(step)
        log.do("throw", step.throw, KeyError("k"))
        made = kit.async_generator(bodies.numbers(log, 1))
        step = anext(made, "default")
        next(step)
        log.do("close", step.close)

    def scenario_handled_exceptions(self, kit, log):
        async def body():
            log("first", sys.exc_info()[1])
            try:
                raise KeyError("inner")
            except KeyError:
                yield 1
                log("second", sys.exc_info()[1])
            raise LookupError("end")

        made = kit.async_generator(body())
        try:
            raise ValueError("one")
        except ValueError:
            finish(made.asend(None))
            log("caller", sys.exc_info()[1])
            log.do("end", finish, made.asend(None))
