# SPDX-License-Identifier: MIT
"""The awaitables of an async generator: asend, athrow and aclose.

An awaitable has no body. It lends the caller's send, throw and close to the body of its
generator, and turns an item into the value that the await returns. While it has a call
in flight it *claims* the generator.
"""

from . import messages
from .links import Driver, Link
from .tables import CLAIMED, RETIRED
from .words import (
    ACCEPTED_BY,
    ACLOSE,
    ASEND,
    ASYNC_GENERATOR,
    ATHROW,
    AWAITABLES,
    CLOSED,
    CREATED,
    ERROR,
    GENERATOR_EXIT,
    INIT,
    ITEM,
    ITER,
    REFUSALS,
    RETURN,
    RUNNING,
    STOP_ASYNC_ITERATION,
    STOP_ITERATION,
    SUSPENDED,
    SUSPENSIONS,
    Error,
)

ENDS = (STOP_ASYNC_ITERATION, GENERATOR_EXIT)


class AsyncGenerator(Link):
    def __init__(self, index, body):
        super().__init__(index, ASYNC_GENERATOR, CREATED, body)
        self.claimed = False
        self.retired = False

    def condition(self):
        """The column of a `begin` row."""
        if self.claimed:
            return CLAIMED
        if self.state == CLOSED:
            return CLOSED
        if self.retired:
            return RETIRED
        return CREATED if self.state == CREATED else SUSPENDED


class Awaitable(Link):
    """One call of asend(argument), athrow(argument) or aclose()."""

    def __init__(self, index, kind, generator, argument):
        super().__init__(index, kind, INIT)
        self.generator = generator
        self.argument = argument
        generator.references += 1


class AsyncDriver(Driver):
    def runs(self, link):
        if link.kind in AWAITABLES:
            return link.state == ITER and link.generator.state == RUNNING
        return super().runs(link)

    def below(self, link):
        if link.kind in AWAITABLES:
            return link.generator if link.state == ITER else None
        return super().below(link)

    def send_awaitable(self, link, value):
        generator = link.generator
        if self.runs(link):
            return self.send(generator, value)[0], link.kind
        call = "send none" if value is None else "send value"
        action = self.look_up(link, call, link.state)
        if action == "error reuse":
            return ERROR, self.make(messages.awaitable_reuse(link.kind))
        if link.kind != ASEND and generator.state == CLOSED:
            self.look_up(link, "begin send", CLOSED)
            link.state = CLOSED
            return RETURN, None
        if action == "continue":
            return self.finish(link, self.send(generator, value), action)
        begin = self.look_up(link, "begin send", generator.condition())
        if begin == "error running":
            return self.generator_is_running(link)
        if begin == "stop async":
            link.state = CLOSED
            return ERROR, self.make(messages.stop_async())
        if action == "begin with value":
            return ERROR, self.make(messages.awaitable_not_started())
        self.claim(link)
        return self.finish(link, self.begin(link, value), action)

    def begin(self, link, value):
        """The first step of the call that the awaitable stands for."""
        generator = link.generator
        if link.kind == ASEND:
            return self.send(generator, link.argument if value is None else value)
        if link.kind == ATHROW:
            return self.throw(generator, link.argument)
        generator.retired = True
        return self.throw(generator, Error(*messages.generator_exit()))

    def throw_awaitable(self, link, error, call, make_call=None):
        if self.runs(link):
            return self.throw(link.generator, error)[0], link.kind
        action = self.look_up(link, call, link.state)
        if action == "error reuse":
            return ERROR, self.make(messages.awaitable_reuse(link.kind))
        if action == "begin":
            if (
                self.look_up(link, "begin throw", link.generator.condition())
                == "error running"
            ):
                return self.generator_is_running(link)
            self.claim(link)
        outcome = (make_call or self.throw)(link.generator, error)
        return self.finish(link, outcome, call)

    def close_awaitable(self, link, accepts):
        if self.look_up(link, "close", link.state) == "return none":
            return RETURN, None

        def exit_generator(generator, error):
            if self.look_up(generator, "throw exit", generator.state) == "inject":
                return self.exit(generator, accepts, error)
            return self.throw(generator, error)

        error = Error(*messages.generator_exit())
        status, value = self.throw_awaitable(link, error, "throw exit", exit_generator)
        if status not in SUSPENSIONS:
            return self.end_of_awaitable_close(status, value)
        if accepts & ACCEPTED_BY[status]:
            link.closing = True
            return status, value
        link.closing = link.generator.closing = None
        return ERROR, self.make(messages.ignored_exit("coroutine"))

    def end_of_awaitable_close(self, status, value):
        if (
            status == ERROR
            and value.kind not in (*ENDS, STOP_ITERATION)
            or status in REFUSALS
        ):
            return status, value
        return RETURN, None

    def claim(self, link):
        link.state = ITER
        link.generator.claimed = True

    def generator_is_running(self, link):
        link.state = CLOSED
        return ERROR, self.make(messages.generator_running(link.kind))

    def finish(self, link, outcome, call):
        """Translate what the body of the generator did, after `call`, for the awaiter."""
        status, value = outcome
        generator = link.generator
        if status == ITEM:
            if link.kind == ACLOSE:
                return self.end(
                    link, ERROR, self.make(messages.ignored_exit(ASYNC_GENERATOR))
                )
            return self.end(link, RETURN, value)
        if status in SUSPENSIONS or status in REFUSALS:
            return outcome
        if status == RETURN:
            status, value = ERROR, self.make(messages.stop_async())
        if status == ERROR and value.kind in ENDS:
            generator.retired = True
            if link.kind == ACLOSE:
                return self.end(link, RETURN, None)
        return self.end(link, status, value)

    def end(self, link, status, value):
        link.generator.claimed = False
        link.state = CLOSED
        if link.closing:
            link.closing = None
            return self.end_of_awaitable_close(status, value)
        return status, value

    def finalize(self, link):
        super().finalize(link)
        if link.kind in AWAITABLES:
            self.release(link.generator)
