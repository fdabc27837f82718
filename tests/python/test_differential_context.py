# SPDX-License-Identifier: MIT
"""What is being handled, what new errors remember, what follows the driver."""

import contextvars
import sys

from support import bodies
from support.bodies import suspend
from support.compare import Differential

VARIABLE = contextvars.ContextVar("variable", default="none")


def handled():
    return sys.exc_info()[1]


def during(error, function, *args):
    """Calls the function while `error` is being handled."""
    try:
        raise error
    except type(error):
        return function(*args)


class Handled(Differential):
    def scenario_callers_is_seen(self, kit, log):
        async def body():
            log("first", handled())
            await suspend()
            log("second", handled())
            await suspend()
            raise KeyError("k")

        made = kit.coroutine(body())
        during(ValueError("one"), made.send, None)
        during(LookupError("two"), made.send, None)
        log.do("raised", during, TypeError("three"), made.send, None)
        log("left", handled())

    def scenario_own_is_kept(self, kit, log):
        async def body():
            try:
                raise ValueError("in")
            except ValueError:
                log("before", handled())
                await suspend()
                log("after", handled())
            log("outside", handled())
            await suspend()

        made = kit.coroutine(body())
        made.send(None)
        log("caller", handled())

        def resume():
            made.send(None)
            log("caller inside", handled())

        during(TypeError("callers"), resume)
        made.close()

    def scenario_thrown_gets_own_context_only(self, kit, log):
        async def handling():
            try:
                raise ValueError("in")
            except ValueError:
                await suspend()

        for body in (handling, suspend):
            for caller in (False, True):
                made = kit.coroutine(body())
                made.send(None)
                arguments = (made.throw, KeyError("k"))
                if caller:
                    arguments = (during, TypeError("callers"), *arguments)
                log.do(f"{body.__name__} {caller}", *arguments)
        made = kit.coroutine(suspend())
        log.do("created", during, TypeError("t"), made.throw, KeyError("k"))
        log.do("closed", during, TypeError("t"), made.throw, KeyError("k"))
        log.do("reuse", during, TypeError("t"), made.send, None)

    def scenario_a_link_that_handles(self, kit, log):
        async def outer(inner):
            try:
                raise ValueError("outer handles")
            except ValueError:
                await inner

        async def inner():
            log("inner sees", handled())
            await suspend()
            log("inner sees", handled())
            raise KeyError("inner")

        made = kit.coroutine(outer(kit.coroutine(inner())))
        made.send(None)
        log.do("end", made.send, None)

    def scenario_while_closing(self, kit, log):
        async def body():
            try:
                await suspend()
            finally:
                log("closing", handled())
                raise KeyError("k")

        made = kit.coroutine(body())
        made.send(None)
        log.do("close", during, TypeError("callers"), made.close)

    def scenario_errors_of_the_binding_itself(self, kit, log):
        made = kit.coroutine(suspend())
        log.do("just started", during, TypeError("t"), made.send, 5)
        log.do("bad throw", during, TypeError("t"), made.throw, 42)
        made.send(None)
        log.do("bad throw", during, TypeError("t"), made.throw, 42)
        made = kit.coroutine(bodies.stubborn(log))
        made.send(None)
        log.do("ignored", during, TypeError("t"), made.close)
        made = kit.coroutine(bodies.fails(StopIteration(1)))
        log.do("converted", during, TypeError("t"), made.send, None)
        made = kit.coroutine(5)
        log.do("not awaitable", during, TypeError("t"), made.send, None)
        box = []

        async def body():
            log.do("running", during, TypeError("t"), box[0].send, None)

        box.append(kit.coroutine(body()))
        log.do("run", box[0].send, None)
        box.clear()

    def scenario_finalizers(self, kit, log):
        async def body():
            try:
                await suspend()
            finally:
                log("finalizing", handled())

        made = [kit.coroutine(body())]
        made[0].send(None)
        during(TypeError("callers"), made.clear)


class Variables(Differential):
    def scenario_follow_the_driver(self, kit, log):
        async def body():
            log("first", VARIABLE.get())
            await suspend()
            log("second", VARIABLE.get())
            VARIABLE.set("set inside")
            await suspend()
            log("third", VARIABLE.get())

        made = kit.coroutine(body())
        one, two = contextvars.Context(), contextvars.Context()
        one.run(VARIABLE.set, "one")
        two.run(VARIABLE.set, "two")
        one.run(made.send, None)
        two.run(made.send, None)
        log("one", one.run(VARIABLE.get), "two", two.run(VARIABLE.get))
        log.do("end", one.run, made.send, None)
        log("here", VARIABLE.get())

    def scenario_in_async_generators(self, kit, log):
        async def body():
            while True:
                VARIABLE.set((yield VARIABLE.get()))

        made = kit.async_generator(body())
        for name in ("one", "two"):
            context = contextvars.Context()
            context.run(VARIABLE.set, name)
            log.do("asend", context.run, made.asend(None).send, None)
            log("after", context.run(VARIABLE.get))

    def scenario_when_thrown_and_closed(self, kit, log):
        async def body():
            try:
                await suspend()
            except ValueError:
                log("throw", VARIABLE.get())
            try:
                await suspend()
            finally:
                log("close", VARIABLE.get())

        made = kit.coroutine(body())
        made.send(None)
        for action, name in ((made.throw, "thrower"), (made.close, "closer")):
            context = contextvars.Context()
            context.run(VARIABLE.set, name)
            arguments = (ValueError("v"),) if action == made.throw else ()
            log.do(name, context.run, action, *arguments)
