# SPDX-License-Identifier: MIT
"""Runs a whole walk and writes its trace: what each call did, and the state of every
node after it.
"""

from .asyncgen import AsyncDriver, AsyncGenerator, Awaitable
from .body import Body, script_error
from .links import Link
from .script import write_line
from .words import (
    ASYNC_GENERATOR,
    ATHROW,
    AWAITABLES,
    CREATED,
    ERROR,
    ITEM,
    PENDING,
    REFUSALS,
    RETURN,
    SUSPENDED,
    YIELD,
)

LETTERS = {"created": "C", "running": "R", "suspended": "S", "closed": "X"}
VERBS = {RETURN: "return", YIELD: "yield", ITEM: "item"}


class Model(AsyncDriver):
    """The oracle. `nodes` are the links that the walk still holds, or None."""

    def run_walk(self, walk):
        self.trace = []
        self.nodes = []
        self.make_nodes(walk)
        for op in walk.ops:
            self.call(op, None)
        for index in range(len(self.nodes)):
            if self.nodes[index] is not None:
                self.call(("drop", index), None)
        return self.trace

    def make_nodes(self, walk):
        for index, node in enumerate(walk.nodes):
            body = Body(node, index, self)
            if node.kind == ASYNC_GENERATOR:
                self.nodes.append(AsyncGenerator(index, body))
            elif node.kind in AWAITABLES:
                self.nodes.append(None)
            else:
                self.nodes.append(Link(index, node.kind, CREATED, body))
        for index, node in enumerate(walk.nodes):
            if node.kind in AWAITABLES:
                argument = (
                    script_error(*node.argument)
                    if node.kind == ATHROW
                    else node.argument
                )
                self.nodes[index] = Awaitable(
                    index, node.kind, self.nodes[node.target], argument
                )

    # What a body asks of its host.

    def call(self, op, caller):
        """Make one call of the script, and write down what it did."""
        word, index, *rest = op
        link = self.nodes[index]
        if link is None:
            outcome = "gone"
        elif word == "drop":
            self.nodes[index] = None
            self.release(link)
            outcome = "done"
        else:
            link.references += 1
            outcome = self.describe(*self.make_call(word, link, rest))
            self.release(link)
        who = "" if caller is None else f"  {caller}: "
        self.trace.append(f"{who}{write_line(op)} -> {outcome} |{self.states()}")

    def make_call(self, word, link, rest):
        if word == "send":
            return self.send(link, rest[0])
        if word == "throw":
            return self.throw(link, script_error(*rest))
        return self.close(link, rest[0])

    def caught(self, index, error):
        self.trace.append(f"  {index}: caught {error}")

    def report_never_awaited(self, link):
        what = link.index
        if link.kind in AWAITABLES:
            what = f"{link.kind} of {link.generator.index}"
        self.trace.append(f"  never awaited {what}")

    def report_unraisable(self, error):
        self.trace.append(f"  unraisable {error}")

    # The text of the trace.

    def describe(self, status, value):
        if status in REFUSALS:
            return f"refused {REFUSALS[status]}"
        if status == ERROR:
            return f"error {value}"
        if status == PENDING:
            return "pending"
        return f"{VERBS[status]} {'none' if value is None else value}"

    def states(self):
        return "".join([self.state(link) for link in self.nodes])

    def state(self, link):
        if link is None:
            return " -"
        if link.kind in AWAITABLES:
            return " w"
        text = " " + LETTERS[link.state]
        if link.state == SUSPENDED and link.delegate is not None:
            child = link.delegate
            text += f">{child.index}" if self.nodes[child.index] is child else ">"
        return text
