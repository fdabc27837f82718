# SPDX-License-Identifier: MIT
"""Runs a walk on the coroutines, generators and async generators of the CPython that
runs this file.

Each body is translated to Python source, so every await, yield, try and raise is a real
one.
"""

import gc
import sys
import warnings
from asyncio import CancelledError

from differences import same_message
from model.script import write_line
from model.words import ASYNC_GENERATOR, ATHROW, AWAITABLES, COROUTINE, GENERATOR

KINDS = {
    StopIteration: "stop-iteration",
    StopAsyncIteration: "stop-async-iteration",
    GeneratorExit: "generator-exit",
    CancelledError: "cancelled",
    RuntimeError: "runtime",
    ValueError: "value",
    TypeError: "type",
}
TYPES = {kind: type_ for type_, kind in KINDS.items()}
FILTERS = {"all": "BaseException", "ordinary": "Exception", "exit": "GeneratorExit"}


class Suspend:
    """Awaiting this suspends once. It has no throw: an error goes to the body that
    awaits it.
    """

    __slots__ = ("value", "done")

    def __init__(self, value):
        self.value = value
        self.done = False

    def __await__(self):
        return self

    __iter__ = __await__

    def __next__(self):
        if self.done:
            raise StopIteration
        self.done = True
        return self.value

    def send(self, value):
        raise StopIteration(value)


def source_value(value):
    return "r" if value == "result" else repr(value)


def source_line(kind, index, word, rest):
    """One instruction as a line of Python."""
    delegate = "yield from" if kind == GENERATOR else "await"
    if word == "yield" and kind != GENERATOR:
        return f"r = await Suspend({source_value(rest[0])})"
    if word in ("yield", "item"):
        return f"r = yield {source_value(rest[0])}"
    if word == "await":
        return f"r = None if N[{rest[0]}] is None else ({delegate} N[{rest[0]}])"
    if word == "return":
        return (
            "return" if kind == ASYNC_GENERATOR else f"return {source_value(rest[0])}"
        )
    if word == "raise":
        return f"raise new_error({rest[0]!r}, {rest[1]})"
    if word == "reraise":
        return "raise"
    arguments = ", ".join([repr(word), repr(rest[0]), *map(source_value, rest[1:])])
    if word == "throw":
        arguments = f"'throw', {rest[0]}, {rest[1]!r}, {rest[2]}"
    return f"W.call(({arguments}), {index})"


def translate(node, index):
    """The source of a function whose call makes the node."""
    lines = [
        f"{'' if node.kind == GENERATOR else 'async '}def body(W, N):",
        " r = None",
    ]
    if node.kind == ASYNC_GENERATOR:
        lines.append(f" W.started.add({index})")
    if node.kind != COROUTINE:
        lines.append(" if 0: yield")
    indent = " "
    for word, *rest in node.code:
        if word == "try":
            lines.append(indent + "try:")
            indent += " "
            lines.append(indent + "pass")
        elif word == "except":
            lines.append(f"{indent[1:]}except {FILTERS[rest[0]]}:")
            lines.append(f"{indent}W.caught({index})")
        elif word == "finally":
            lines.append(indent[1:] + "finally:")
            lines.append(indent + "W.forget()")
        elif word == "end":
            indent = indent[1:]
        else:
            lines.append(indent + source_line(node.kind, index, word, rest))
    return "\n".join(lines) + "\n"


def new_error(kind, message):
    return TYPES[kind](message)


def describe(error):
    """An error in the words of the trace."""
    text = f"{kind_of(error)} '{same_message(str(error))}'"
    if error.__cause__ is not None:
        text += f" cause {kind_of(error.__cause__)}"
    if error.__context__ is not None:
        text += f" context {kind_of(error.__context__)}"
    return text


def kind_of(error):
    return KINDS.get(type(error)) or type(error).__name__


class World:
    """The nodes of one walk. Dropping a node removes the only reference that the walk
    holds.
    """

    def __init__(self, walk):
        self.trace = []
        self.started = set()
        self.own_errors = {}
        self.kinds = [node.kind for node in walk.nodes]
        self.nodes = [
            None if node.kind in AWAITABLES else self.make_body(node, index)
            for index, node in enumerate(walk.nodes)
        ]
        for index, node in enumerate(walk.nodes):
            if node.kind in AWAITABLES:
                self.nodes[index] = self.make_awaitable(node, index)
        self.names = {id(node): index for index, node in enumerate(self.nodes)}

    def make_body(self, node, index):
        scope = {"Suspend": Suspend, "new_error": new_error}
        exec(compile(translate(node, index), "<walk>", "exec"), scope)
        # The name tells the notice of what was never awaited which node it was.
        scope["body"].__qualname__ = str(index)
        return scope["body"](self, self.nodes if hasattr(self, "nodes") else self)

    def __getitem__(self, index):
        return self.nodes[index]

    def make_awaitable(self, node, index):
        generator = self.nodes[node.target]
        if node.kind == "asend":
            return generator.asend(node.argument)
        if node.kind == ATHROW:
            error = self.own_errors[index] = new_error(*node.argument)
            return generator.athrow(error)
        return generator.aclose()

    def call(self, op, caller):
        word, index, *rest = op
        node = self.nodes[index]
        if node is None:
            outcome = "gone"
        elif word == "drop":
            self.nodes[index] = node = None
            outcome = "done"
        else:
            outcome = self.outcome(node, index, word, rest)
            node = None
        who = "" if caller is None else f"  {caller}: "
        self.trace.append(f"{who}{write_line(op)} -> {outcome} |{self.states()}")

    def outcome(self, node, index, word, rest):
        thrown = None
        try:
            if word == "send":
                value = node.send(rest[0])
            elif word == "throw":
                thrown = new_error(*rest)
                value = node.throw(thrown)
            else:
                value = node.close()
                return f"return {'none' if value is None else value}"
            return f"yield {'none' if value is None else value}"
        except StopIteration as error:
            error.__traceback__ = None
            # An error that was given and comes back is an error; any other one is a
            # returned value.
            if error is not thrown and error is not self.own_errors.get(index):
                return f"return {'none' if error.value is None else error.value}"
            return f"error {describe(error)}"
        except BaseException as error:
            error.__traceback__ = None
            return f"error {describe(error)}"
        finally:
            # The traceback of a swallowed error may keep this frame.
            if thrown is not None:
                thrown.__traceback__ = None
            node = thrown = None

    def caught(self, index):
        error = sys.exc_info()[1]
        error.__traceback__ = None
        self.trace.append(f"  {index}: caught {describe(error)}")

    def forget(self):
        """A traceback would keep frames alive, and with them what they hold."""
        error = sys.exc_info()[1]
        if error is not None:
            error.__traceback__ = None

    def states(self):
        return "".join([self.state(*pair) for pair in enumerate(self.nodes)])

    def state(self, index, node):
        if node is None:
            return " -"
        kind = self.kinds[index]
        if kind in AWAITABLES:
            return " w"
        if kind == COROUTINE:
            if node.cr_running:
                return " R"
            if node.cr_suspended:
                return " S" + self.delegate(node.cr_await)
            return " X" if node.cr_frame is None else " C"
        if kind == GENERATOR:
            if node.gi_running:
                return " R"
            if node.gi_suspended:
                return " S" + self.delegate(node.gi_yieldfrom)
            return " X" if node.gi_frame is None else " C"
        return self.async_generator_state(index, node) + (
            "*" if node.ag_running else ""
        )

    def async_generator_state(self, index, node):
        if node.ag_frame is None:
            return " X"
        if index not in self.started:
            return " C"
        if sys.version_info >= (3, 12):
            suspended = node.ag_suspended
        else:
            suspended = node.ag_frame.f_back is None
        return " S" + self.delegate(node.ag_await) if suspended else " R"

    def delegate(self, child):
        if child is None or type(child) is Suspend:
            return ""
        index = self.names[id(child)]
        return f">{index}" if self.nodes[index] is child else ">"


def run_walk(walk):
    """The trace of a walk."""
    world = World(walk)

    def never_awaited(coroutine):
        world.trace.append(f"  never awaited {coroutine.__qualname__}")

    def warned(warning):
        # "coroutine method 'asend' of '4' was never awaited"
        _, method, _, generator, _ = str(warning.message).split("'")
        world.trace.append(f"  never awaited {method} of {generator}")

    def unraisable(args):
        world.trace.append(f"  unraisable {describe(args.exc_value)}")

    warnings._warn_unawaited_coroutine = never_awaited
    warnings._showwarnmsg = warned
    sys.unraisablehook = unraisable
    try:
        for op in walk.ops:
            world.call(op, None)
        for index in range(len(world.nodes)):
            if world.nodes[index] is not None:
                world.call(("drop", index), None)
    finally:
        sys.unraisablehook = sys.__unraisablehook__
    return world.trace


def prepare():
    """References alone decide when an object ends; the collector would add its own
    moments.
    """
    gc.disable()
    warnings.simplefilter("ignore")
    warnings.simplefilter("always", RuntimeWarning)
