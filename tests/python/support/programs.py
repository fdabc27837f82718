# SPDX-License-Identifier: MIT
"""Random programs and operations, and what runs them, for fuzz.py.

A program is a block: a list of statements, each a list that starts with its
name. It is plain data, so it can be printed, shrunk and run again.
"""

import gc
import sys

from support import bodies, links

ERRORS = {
    "ValueError": ValueError,
    "KeyError": KeyError,
    "StopIteration": StopIteration,
    "StopAsyncIteration": StopAsyncIteration,
    "GeneratorExit": GeneratorExit,
    "KeyboardInterrupt": KeyboardInterrupt,
}
CAUGHT = {**ERRORS, "Exception": Exception, "BaseException": BaseException}
END = "end of operations"
STEPS = 300  # statements that a run may do: programs end


def mentions(part, name):
    """Whether a part of a program has that statement or word somewhere."""
    if isinstance(part, list):
        return any(mentions(inner, name) for inner in part)
    return part == name


class Environment:
    """What the statements of one run share."""

    def __init__(self, log, make_kit, kind):
        self.log = log
        self.make_kit = make_kit
        self.kind = kind
        self.left = STEPS
        self.made = []  # every object of the tested types, the outermost last
        self.outermost = None

    def kit(self, depth, native):
        return self.make_kit(depth, native)

    def keep(self, made):
        self.made.append(made)
        return made

    def spend(self):
        self.left -= 1
        return self.left >= 0


def native_kit(depth, native):
    return links.Native(depth)


def relay_kit(depth, native):
    return links.Relays(depth, native)


def make_error(name, number):
    return ERRORS[name](number)


# ---- Operations on an object, from inside and outside ------------------------


def throw_arguments(form, name, number):
    kind = ERRORS[name]
    return {
        "instance": (kind(number),),
        "class": (kind,),
        "two": (kind, number),
        "three": (kind, number, None),
        "instance two": (kind(number), number),
        "bad traceback": (kind, number, 42),
        "number": (number,),
        "nothing": (),
    }[form]


def operate(env, label, obj, action):
    """One operation on an object with send, throw and close."""
    name = action[0]
    if name == "send":
        env.log.do(label, obj.send, action[1])
    elif name == "next":
        env.log.do(label, lambda: next(obj))
    elif name == "throw":
        env.log.do(label, obj.throw, *throw_arguments(*action[1:]))
    elif name == "close":
        env.log.do(label, obj.close)
    elif name == "state":
        env.log.state(label, obj)


# ---- Statements --------------------------------------------------------------


def simple(env, statement):
    """Does a statement that does not suspend. Gives ("return", x) or None."""
    name = statement[0]
    if name == "return":
        return ("return", statement[1])
    if name == "raise":
        raise make_error(*statement[1:3])
    if name == "raise from":
        raise make_error(*statement[1:3]) from make_error(*statement[3:5])
    if name == "raise from none":
        raise make_error(*statement[1:3]) from None
    if name == "reraise" and sys.exc_info()[1] is not None:
        raise  # noqa: PLE0704
    if name == "handled":
        env.log("handled", sys.exc_info()[1])
    if name == "inside" and env.outermost is not None:
        operate(env, f"inside {statement[1]}", env.outermost, statement[1])
    if name == "middle" and env.made:
        made = env.made[statement[1] % len(env.made)]
        operate(env, f"middle {statement[2]}", made, statement[2])
    return None


def inner_awaitable(env, statement):
    """["await", how, depth, native, block] to the awaitable."""
    _, how, depth, native, block = statement
    if how == "bare":
        inner = bodies.Bare(*range(len(block) + 1))
    elif how == "recorder":
        inner = bodies.Recorder(env.log)
    elif how == "not awaitable":
        inner = 5
    else:
        inner = run(env, block)
        if how == "by dunder":
            inner = bodies.Awaitable(inner.__await__())
    return env.keep(env.kit(depth, native).coroutine(inner)) if depth else inner


async def run(env, block):
    """Runs a block as a coroutine."""
    for statement in block:
        if not env.spend():
            return ("return", "out of steps")
        outcome = None
        name = statement[0]
        if name == "yield":
            env.log("sent", await bodies.suspend(statement[1]))
        elif name == "await":
            env.log("awaited", await inner_awaitable(env, statement))
        elif name == "for":
            _, depth, native, items, body = statement
            made = env.kit(depth, native).async_generator(run_items(env, items))
            async for item in made:
                env.log("item", item)
                outcome = await run(env, body)
                if outcome:
                    break
        elif name == "loop":
            for _ in range(statement[1]):
                outcome = await run(env, statement[2])
                if outcome:
                    break
        elif name == "try":
            outcome = await run_try(env, *statement[1:])
        else:
            outcome = simple(env, statement)
        if outcome:
            return outcome
    return None


async def run_try(env, block, caught, handler, final):
    outcome = None
    try:
        outcome = await run(env, block)
    except CAUGHT.get(caught, ()) as error:
        env.log("caught", error)
        outcome = await run(env, handler)
    finally:
        if final:
            late = await run(env, final)
            if late:
                return late  # noqa: B012
    return outcome


def run_generator(env, block):
    """Runs a block as a generator."""
    for statement in block:
        if not env.spend():
            return ("return", "out of steps")
        outcome = None
        name = statement[0]
        if name in ("yield", "item"):
            env.log("sent", (yield statement[1]))
        elif name == "await":
            _, how, depth, native, inner = statement
            if how == "bare":
                source = bodies.Bare(*range(len(inner) + 1))
            elif how == "recorder":
                source = bodies.Recorder(env.log)
            elif how == "not awaitable":
                source = 5
            else:
                source = run_generator(env, inner)
            if depth:
                source = env.keep(env.kit(depth, native).generator(source))
            env.log("delegated", (yield from source))
        elif name == "loop":
            for _ in range(statement[1]):
                outcome = yield from run_generator(env, statement[2])
                if outcome:
                    break
        elif name == "try":
            outcome = yield from run_generator_try(env, *statement[1:])
        else:
            outcome = simple(env, statement)
        if outcome:
            return outcome
    return None


def run_generator_try(env, block, caught, handler, final):
    outcome = None
    try:
        outcome = yield from run_generator(env, block)
    except CAUGHT.get(caught, ()) as error:
        env.log("caught", error)
        outcome = yield from run_generator(env, handler)
    finally:
        if final:
            late = yield from run_generator(env, final)
            if late:
                return late  # noqa: B012
    return outcome


async def run_items(env, block):
    """Runs a block as an async generator; what is in "final" runs last."""
    final = [
        part for statement in block if statement[0] == "final" for part in statement[1]
    ]
    try:
        for statement in block:
            if not env.spend():
                return
            if statement[0] == "item":
                _, value, caught, handler = statement
                try:
                    env.log("sent", (yield value))
                except CAUGHT.get(caught, ()) as error:
                    env.log("caught", error)
                    if await run(env, handler):
                        return
            elif statement[0] != "final" and await run(env, [statement]):
                return
    finally:
        if final:
            await run(env, final)


# ---- A case ------------------------------------------------------------------


def make(env, case):
    kit = env.kit(case["depth"], case["native"])
    if case["kind"] == "coroutine":
        return kit.coroutine(run(env, case["body"]))
    if case["kind"] == "generator":
        return kit.generator(run_generator(env, case["body"]))
    return kit.async_generator(run_items(env, case["body"]))


async def awaits(made):
    return await made


class Player:
    """Does the operations of a case on its object."""

    def __init__(self, env, made):
        self.env = env
        self.made = made
        self.others = []  # wrappers, awaiters and steps

    def add(self, label, function, *args):
        other = self.env.log.do(label, function, *args)
        if other is not None:
            self.others.append(other)

    def awaitable(self, step):
        """The object, or what an async generator's method `step` returns."""
        if self.env.kind == "async_generator":
            arguments = {"athrow": (KeyError("k"),), "asend": (None,)}.get(step, ())
            return getattr(self.made, step)(*arguments)
        return self.made

    def play(self, operation):
        name = operation[0]
        label = str(operation)
        env, made = self.env, self.made
        if name == "handling":
            try:
                raise LookupError("callers")
            except LookupError:
                self.play(operation[1])
        elif name in ("asend", "athrow", "aclose", "__anext__"):
            if name == "athrow":
                self.add(label, made.athrow, *throw_arguments(*operation[1:]))
            else:
                self.add(label, getattr(made, name), *operation[1:])
        elif name == "wrapper":
            self.add(label, made.__await__)
        elif name == "awaiter":
            self.add(label, lambda: awaits(self.awaitable(operation[1])))
        elif name == "relayed":
            _, step, depth, native = operation
            kit = env.kit(depth, native)
            self.add(label, lambda: kit.coroutine(self.awaitable(step)))
        elif name == "other" and self.others:
            which = operation[1] % len(self.others)
            operate(env, label, self.others[which], operation[2])
        elif name == "drop" and self.others:
            self.others.pop(operation[1] % len(self.others))
        elif name == "inner" and env.made:
            operate(env, label, env.made[operation[1] % len(env.made)], operation[2])
        elif name == "forget":
            env.made.clear()
        elif name == "collect":
            gc.collect()
        elif name in ("send", "next", "throw", "close", "state"):
            if hasattr(made, "send") or name == "state":
                operate(env, label, made, operation)


def play(case, make_kit, log):
    env = Environment(log, make_kit, case["kind"])
    player = Player(env, make(env, case))
    env.outermost = player.made if case["kind"] != "async_generator" else None
    for operation in case["operations"]:
        player.play(operation)
        env.left = max(env.left, 20)
        # What only a cycle keeps alive goes at the same moment on both sides.
        gc.collect()
        log.state("state", player.made)
    env.outermost = None
    log(END)
    env.made.clear()
    player.others.clear()
    del player
