# SPDX-License-Identifier: MIT
"""The model, for walks in which exports of a library make some of the nodes."""

import re

from exports import ExportBody, made_by
from model import messages
from model.walk import Model
from model.words import (
    ACLOSE,
    ASEND,
    ASYNC_GENERATOR,
    ATHROW,
    AWAITABLES,
    COROUTINE,
    ERROR,
    GENERATOR,
    STOP_ASYNC_ITERATION,
    STOP_ITERATION,
)

# Errors that a library words itself: in walks only their kind counts. The checks
# compare the words that the contract fixes.
WORDED_FREELY = frozenset(
    text
    for _, text in (
        *map(messages.not_started, (COROUTINE, GENERATOR, ASYNC_GENERATOR)),
        *map(messages.awaitable_reuse, (ASEND, ATHROW)),
        *map(messages.generator_running, (ASEND, ATHROW, ACLOSE)),
        messages.awaitable_not_started(),
        *(
            messages.raised_stop(kind, error_kind)
            for kind in (COROUTINE, GENERATOR, ASYNC_GENERATOR)
            for error_kind in (STOP_ITERATION, STOP_ASYNC_ITERATION)
        ),
    )
)
ANY_TEXT = "'*'"
CONTEXT = re.compile(r" context [a-z-]+")
DELEGATE = re.compile(r">\d*")
UNTOLD = "a value of type "
# The value of a suspension or an end, or one that a body sends.
NUMBER = re.compile(
    rf"((?<=-> yield )|(?<=-> return )|(?<=: send \d ))(-?\d+|{UNTOLD}[^|]*[^| ])"
)


class Cause:
    """A call, and the cell of the tables where it began."""

    def __init__(self, op):
        self.op = op
        self.cell = None


class ProviderModel(Model):
    """What goes to hooks of the library's host cannot be seen here.

    `causes` tells, for each line of the trace, in which call it came.
    """

    def run_walk(self, walk):
        self.walk = walk
        self.calls = []
        self.ending = []
        self.causes = []
        return super().run_walk(walk)

    def make_nodes(self, walk):
        super().make_nodes(walk)
        for link, node in zip(self.nodes, walk.nodes, strict=True):
            if made_by(node):
                link.body = ExportBody(node.code[0], self.nodes, self)

    def export_of(self, link):
        """Which export made a link, or the generator that it belongs to."""
        if link.kind in AWAITABLES:
            link = link.generator
        return made_by(self.walk.nodes[link.index])

    def look_up(self, link, call, state):
        if self.calls[-1].cell is None:
            self.calls[-1].cell = link.kind, call, state
        return super().look_up(link, call, state)

    def call(self, op, caller):
        self.calls.append(Cause(op))
        super().call(op, caller)
        self.causes.append(self.calls.pop())

    def caught(self, index, error):
        super().caught(index, error)
        self.causes.append(self.calls[-1])

    def send(self, link, value):
        return self.reword(link, super().send(link, value))

    def throw(self, link, error):
        return self.reword(link, super().throw(link, error))

    def reword(self, link, outcome):
        status, value = outcome
        if status == ERROR and value.message in WORDED_FREELY and self.export_of(link):
            value.message = "*"
        return outcome

    def end_of_body(self, link, status, value):
        self.let_go(link)
        return super().end_of_body(link, status, value)

    def let_go(self, link):
        if isinstance(link.body, ExportBody):
            link.body.let_go()

    def finalize(self, link):
        self.ending.append(link)
        super().finalize(link)
        self.ending.pop()
        self.let_go(link)

    def report_never_awaited(self, link):
        if not self.export_of(link):
            super().report_never_awaited(link)
            self.causes.append(self.calls[-1])

    def report_unraisable(self, error):
        if not self.export_of(self.ending[-1]):
            super().report_unraisable(error)
            self.causes.append(self.calls[-1])


def visible(line, hidden):
    """A line of a trace without what is left to the languages: which error is the
    context of another, and who delegates to whom; and without the states of the nodes
    whose numbers are `hidden`.
    """
    call, bar, states = CONTEXT.sub("", line).rpartition(" |")
    if not bar:
        return states
    states = DELEGATE.sub("", states).split()
    for at in hidden:
        if at < len(states) and states[at] != "-":
            states[at] = "?"
    return f"{call} | {' '.join(states)}"


def agrees(expected, found):
    """Whether a line of an executor is what a line of the model allows. Some hosts show
    a number only to their own threads.
    """
    if UNTOLD in found:
        expected, found = (NUMBER.sub("number", line) for line in (expected, found))
    before, star, after = expected.partition(ANY_TEXT)
    if not star:
        return expected == found
    return (
        len(found) >= len(before) + len(after)
        and found.startswith(before + "'")
        and found.endswith("'" + after)
    )
