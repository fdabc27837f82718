# SPDX-License-Identifier: MIT
"""Runs one body. A body knows nothing of chains: it gets a value or an error, and runs
to its next stop.
"""

from .words import (
    AWAIT,
    BASE_KINDS,
    ERROR,
    GENERATOR,
    GENERATOR_EXIT,
    ITEM,
    PENDING,
    RETURN,
    STOP_ITERATION,
    THROW,
    YIELD,
    Error,
)

TRY, HANDLER, FINAL = "try", "handler", "final"


def script_error(kind, message):
    payload = message if kind == STOP_ITERATION else None
    return Error(kind, str(message), payload)


def catches(chosen, error):
    if chosen == "all":
        return True
    if chosen == "exit":
        return error.kind == GENERATOR_EXIT
    return error.kind not in BASE_KINDS


class Region:
    """An open try: the place of its handler and end, and what it is doing."""

    __slots__ = ("handler", "end", "phase", "error", "returns")

    def __init__(self, handler, end):
        self.handler = handler
        self.end = end
        self.phase = TRY
        self.error = None
        self.returns = None


class Body:
    """`host` makes the calls of the script, and hears of errors that are raised and
    caught.
    """

    __slots__ = ("node", "index", "host", "at", "result", "regions")

    def __init__(self, node, index, host):
        self.node = node
        self.index = index
        self.host = host
        self.at = 0
        self.result = None
        self.regions = []

    def handled(self):
        """The error that this body is handling now, if any."""
        for region in reversed(self.regions):
            if region.error is not None:
                return region.error
        return None

    def awaits(self):
        """True if the body stopped at an await; a coroutine of Python has no other way
        to stop.
        """
        word = self.node.code[self.at - 1][0]
        return word == "await" or word == "yield" and self.node.kind != GENERATOR

    def step(self, op, value):
        """Give the body a value or an error; returns the status and the value of its
        next stop.
        """
        if op is THROW:
            stop = self.raised(value)
        else:
            self.result = value
            stop = None
        while stop is None:
            stop = self.instruction()
        return stop

    def instruction(self):
        code = self.node.code
        if self.at == len(code):
            return RETURN, None
        word, *rest = code[self.at]
        self.at += 1
        if word == "yield":
            return YIELD, self.value(rest[0])
        if word == "item":
            return ITEM, self.value(rest[0])
        if word == "pending":
            return PENDING, None
        if word == "await":
            if self.host.nodes[rest[0]] is None:
                self.result = None
                return None
            return AWAIT, self.host.nodes[rest[0]]
        if word == "return":
            return self.returned(self.value(rest[0]))
        if word == "raise":
            error = script_error(*rest)
            self.host.raising(error)
            return self.raised(error)
        if word == "reraise":
            return self.raised(self.handled())
        if word in ("try", "except", "finally", "end"):
            return self.border(word)
        if len(rest) > 1 and rest[1] == "result":
            rest[1] = self.result
        self.host.call((word, *rest), self.index)
        return None

    def value(self, value):
        return self.result if value == "result" else value

    def border(self, word):
        if word == "try":
            self.regions.append(Region(*self.node.matches[self.at - 1]))
            return None
        region = self.regions[-1]
        if word == "except":
            self.regions.pop()
            self.at = region.end + 1
        elif word == "finally":
            region.phase = FINAL
        else:
            self.regions.pop()
            if region.phase is FINAL and region.error is not None:
                return self.raised(region.error)
            if region.phase is FINAL and region.returns is not None:
                return self.returned(*region.returns)
        return None

    def raised(self, error):
        """Find the handler of an error, or end with it."""
        while self.regions:
            region = self.regions[-1]
            word, *chosen = self.node.code[region.handler]
            if region.phase is TRY and word == "finally":
                region.phase = FINAL
            elif region.phase is TRY and catches(chosen[0], error):
                region.phase = HANDLER
                self.host.caught(self.index, error)
            else:
                self.regions.pop()
                continue
            region.error = error
            self.at = region.handler + 1
            return None
        return ERROR, error

    def returned(self, value):
        """Run the finally regions that a return leaves, then end."""
        while self.regions:
            region = self.regions[-1]
            if region.phase is TRY and self.node.code[region.handler][0] == "finally":
                region.phase = FINAL
                region.returns = (value,)
                self.at = region.handler + 1
                return None
            self.regions.pop()
        return RETURN, value
