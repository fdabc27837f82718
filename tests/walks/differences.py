# SPDX-License-Identifier: MIT
"""Where CPython and the contract differ: one class for each difference, with its
reason, and nowhere else.

A class is laid over the model and changes one rule. `run.py --self-test` shows that
each is still needed.
"""

import re
import sys

from model import messages
from model.walk import Model
from model.words import (
    ACLOSE,
    ASEND,
    ASYNC_GENERATOR,
    ATHROW,
    AWAITABLES,
    CLOSED,
    COROUTINE,
    CREATED,
    ERROR,
    GENERATOR,
    GENERATOR_EXIT,
    INIT,
    ITEM,
    ITER,
    RETURN,
    RUNNING,
    SEND,
    STOP_ITERATION,
    SUSPENDED,
    SUSPENSIONS,
)


class ImplicitContext:
    """Python gives every new error the one that is being handled as its context. The
    contract leaves that to the language of the body, and sets a context only where it
    converts a stop.
    """

    def raising(self, error):
        for body in reversed(self.stack):
            handled = body.handled()
            if handled is not None:
                return add_context(error, handled)

    def arrive(self, link, error, from_outside):
        if from_outside and link.body.handled() is not None:
            add_context(error, link.body.handled())
        return super().arrive(link, error, from_outside)


def add_context(error, handled):
    if handled is error:
        return
    last = handled
    while last.context is not None:
        if last.context is error:
            last.context = None
            break
        last = last.context
    error.context = handled


class RefusalsAreErrors:
    """Python has no refusals: a busy or finished coroutine raises ValueError or
    RuntimeError.
    """

    def refuse(self, status, kind):
        return ERROR, self.make(self.refusal_text(status, kind))


class AwaitRefusesStarted:
    """CPython refuses to await a coroutine that is suspended; the contract, only one
    that has an awaiter.
    """

    def objection(self, link, child):
        text = super().objection(link, child)
        if text is None and child.kind == COROUTINE and child.state == SUSPENDED:
            return messages.awaited_already()
        return text


class SharedDelegates:
    """CPython lets two awaiters share one generator, or one awaitable of an async
    generator; it does not look at the chain above the one that awaits.
    """

    def is_above(self, link, other):
        return False

    def objection(self, link, child):
        text = super().objection(link, child)
        if text == messages.awaited_already() and child.kind != COROUTINE:
            return None
        return text


class RunningAwaitableAsks:
    """An awaitable in CPython does not know that it runs: it asks its async generator,
    whose error names the generator, and which ends the awaitable.
    """

    replaces = frozenset((kind, "await", RUNNING) for kind in AWAITABLES)

    def runs(self, link):
        return super().runs(link) and link.kind not in AWAITABLES


class StopIsResultOfDelegate:
    """A StopIteration that leaves a delegate is its returned value in Python, however
    it was raised.
    """

    def detach(self, link, status, value):
        if status == ERROR and value.kind == STOP_ITERATION:
            return super().detach(link, RETURN, value.payload)
        return super().detach(link, status, value)


class StopIsResultOfAwait:
    """Where Python code awaits, a StopIteration that is thrown in is the result of the
    await (since 3.12). A body of Python can suspend only by an await, so the contract's
    own suspension has no equal there.
    """

    since = (3, 12)

    def arrive(self, link, error, from_outside):
        word = link.body.node.code[link.body.at - 1][0]
        if error.kind == STOP_ITERATION and word == "yield" and link.kind != GENERATOR:
            return SEND, error.payload
        return super().arrive(link, error, from_outside)


class StopIsConvertedOutside:
    """Before 3.12 a stop is converted outside of the body, even if the body never ran."""

    before = (3, 12)

    def throw(self, link, error):
        never_ran = link.state == CREATED
        outcome = super().throw(link, error)
        return (
            self.end_of_body(link, *outcome)
            if never_ran and outcome[0] == ERROR
            else outcome
        )


class ExitIsThrownDown:
    """aclose() and athrow() throw a generator-exit all the way down in CPython, where
    the contract closes what the generator awaits. It shows only if a generator awaits
    and is not claimed, which the contract excludes.
    """

    goes_down = False

    def begin(self, link, value):
        self.goes_down = link.kind != ASEND
        outcome = super().begin(link, value)
        self.goes_down = False
        return outcome

    def ask(self, link, op, value):
        if self.goes_down and value.kind == GENERATOR_EXIT:
            self.goes_down = link.delegate.kind not in AWAITABLES
            return self.as_error(self.throw(link.delegate, value))
        self.goes_down = False
        return super().ask(link, op, value)

    def arrive(self, link, error, from_outside):
        self.goes_down = False
        return super().arrive(link, error, from_outside)


class AthrowStaysOpen:
    """An athrow() that has suspended can be called again after its end in CPython."""

    def finish(self, link, outcome, call):
        state = link.state
        result = super().finish(link, outcome, call)
        if link.kind == ATHROW and call == "continue":
            link.state = state
        return result


class FinalizerReportsEnd:
    """The finalizer of an async generator calls its ordinary end an unraisable
    StopAsyncIteration in CPython.
    """

    def end_of_close(self, link, outcome):
        if link.kind == ASYNC_GENERATOR and outcome[0] == RETURN:
            return ERROR, self.make(messages.stop_async())
        return super().end_of_close(link, outcome)


class CloseDropsValue:
    """close() returns the value of the body since 3.13."""

    before = (3, 13)

    def end_of_close(self, link, outcome):
        status, value = super().end_of_close(link, outcome)
        return (RETURN, None) if status == RETURN else (status, value)


class TellsClaim:
    """CPython tells whether an awaitable of an async generator is under way. The
    contract has no call for it.
    """

    def state(self, link):
        text = super().state(link)
        if link is not None and link.kind == ASYNC_GENERATOR and link.claimed:
            text += "*"
        return text


class AwaitablesDropSilently:
    """Before 3.13 nobody hears of an awaitable of an async generator that was never
    awaited.
    """

    before = (3, 13)

    def report_never_awaited(self, link):
        if link.kind not in AWAITABLES:
            super().report_never_awaited(link)


class BusyLooksAwaited:
    """Before 3.13 a coroutine looks suspended while an error is thrown into its
    delegate, or that is closed.
    """

    before = (3, 13)

    def objection(self, link, child):
        text = super().objection(link, child)
        if (
            text == messages.executing(COROUTINE)
            and child.delegate
            and child.body not in self.stack
        ):
            return messages.awaited_already()
        return text


class ThrowBreaksBusy:
    """Before 3.12 an error that a body throws into a coroutine or generator above it,
    while that has an error thrown into its delegate, breaks the one above: it forgets
    its delegate. Nothing can be said about it.
    """

    before = (3, 12)

    def throw(self, link, error):
        if link.state == RUNNING and link.delegate and link.body not in self.stack:
            raise Unspeakable
        return super().throw(link, error)


class Unspeakable(Exception):
    """The host breaks its own rules here: the walk is left out, and counted."""


class LooseAwaitables:
    """Before 3.13 an awaitable of an async generator does not claim its generator for a
    throw, and its close does nothing but end it. An asend() claims at every send, and
    does not end when its generator is busy.
    """

    before = (3, 13)

    def generator_is_running(self, link):
        outcome = super().generator_is_running(link)
        if link.kind == ASEND:
            link.state = INIT
        return outcome

    def send_awaitable(self, link, value):
        if link.kind == ASEND and link.state == ITER:
            link.generator.claimed = True
        return super().send_awaitable(link, value)

    def throw_awaitable(self, link, error, call):
        if link.state == CLOSED:
            return super().throw_awaitable(link, error, call)
        if self.look_up(link, call, link.state) == "begin":
            self.look_up(link, "begin throw", link.generator.condition())
        generator = link.generator
        outcome = self.throw(generator, error)
        state, claimed, retired = link.state, generator.claimed, generator.retired
        status, value = self.finish(link, outcome, call)
        if link.kind == ACLOSE and outcome[0] != ITEM:
            link.state, generator.claimed, generator.retired = state, claimed, retired
        elif outcome[0] == ITEM or outcome[0] not in SUSPENSIONS:
            generator.claimed = False
            if link.kind == ATHROW:
                link.state = state
        return status, value

    def close_awaitable(self, link, accepts):
        self.look_up(link, "close", link.state)
        link.state = CLOSED
        return RETURN, None


DIFFERENCES = [
    ImplicitContext,
    RefusalsAreErrors,
    AwaitRefusesStarted,
    SharedDelegates,
    RunningAwaitableAsks,
    StopIsResultOfDelegate,
    StopIsResultOfAwait,
    StopIsConvertedOutside,
    ExitIsThrownDown,
    AthrowStaysOpen,
    FinalizerReportsEnd,
    CloseDropsValue,
    TellsClaim,
    AwaitablesDropSilently,
    BusyLooksAwaited,
    ThrowBreaksBusy,
    LooseAwaitables,
]


def applies(difference):
    since, before = (
        getattr(difference, "since", (3, 11)),
        getattr(difference, "before", (4, 0)),
    )
    return since <= sys.version_info[:2] < before


def model_of_this_python(without=None):
    """The model with every difference that this version of CPython has."""
    layers = [each for each in DIFFERENCES if applies(each) and each is not without]
    return type("ModelOfCPython", (*layers, Model), {})


def replaced_cells():
    """Cells of the tables that no walk of this CPython can reach."""
    none = frozenset()
    return none.union(
        *(getattr(each, "replaces", none) for each in DIFFERENCES if applies(each))
    )


# Texts that changed between versions of CPython, with the text of the newest.
MESSAGES = [
    (
        re.compile(r"^object (\w+) can't be used in 'await' expression$"),
        r"'\1' object can't be awaited",
    ),
]


def same_message(text):
    if text.startswith("object "):
        for pattern, newest in MESSAGES:
            text = pattern.sub(newest, text)
    return text
