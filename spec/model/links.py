# SPDX-License-Identifier: MIT
"""Coroutines and generators: send, throw, close and delegation.

The model is recursive. A link that has a delegate asks it first; what comes back is
either a suspension, which goes up unchanged, or an end, which is given to the body of
the link.

Every call returns an outcome: a status and a value. A refusal has the kind of the
refusing link as its value.
"""

from . import messages
from .tables import ATTACHED, TABLES
from .words import (
    ACCEPTED_BY,
    ASYNC_GENERATOR,
    AWAIT,
    AWAITABLES,
    BUSY,
    CLOSED,
    COROUTINE,
    ERROR,
    GENERATOR,
    GENERATOR_EXIT,
    INVALID_STATE,
    REFUSALS,
    RETURN,
    RUNNING,
    SEND,
    STOP_ASYNC_ITERATION,
    STOP_ITERATION,
    SUSPENDED,
    SUSPENSIONS,
    THROW,
    TYPE_NAMES,
    Error,
)

# What a link that is being closed waits for.
CLOSING_DELEGATE, CLOSING_BODY = "delegate", "body"


class Link:
    """A coroutine, a generator, an async generator, or an awaitable of one."""

    def __init__(self, index, kind, state, body=None):
        self.index = index
        self.kind = kind
        self.state = state
        self.body = body
        self.delegate = None
        self.awaiters = 0
        self.references = 1
        self.closing = None


class Driver:
    """Drives links. `hits` collects the cells of the tables that were used, `stack` the
    bodies that run now.

    `raising`, `arrive` and `refuse` are where hosts that differ from the contract have
    rules of their own.
    """

    def __init__(self):
        self.hits = set()
        self.stack = []

    def look_up(self, link, call, state):
        self.hits.add((link.kind, call, state))
        return TABLES[link.kind][call][state]

    # Errors.

    def make(self, text):
        """A new error of the contract."""
        error = Error(*text)
        self.raising(error)
        return error

    def raising(self, error):
        """A new error is about to be raised, by the contract or by a body."""

    def arrive(self, link, error, from_outside):
        """An error is about to be raised in a body; returns what the body gets."""
        return THROW, error

    def refuse(self, status, kind):
        return status, kind

    def refusal_text(self, status, kind):
        if status == BUSY:
            return messages.executing(COROUTINE if kind in AWAITABLES else kind)
        return messages.reuse()

    def runs(self, link):
        return link.state == RUNNING

    def is_above(self, link, other):
        """Whether `other` stands below `link` in a chain, or is the same."""
        while link is not None and link is not other:
            link = self.below(link)
        return link is other

    def below(self, link):
        return link.delegate

    # The calls.

    def send(self, link, value):
        if link.kind in AWAITABLES:
            return self.send_awaitable(link, value)
        action = self.look_up(
            link, "send none" if value is None else "send value", link.state
        )
        if action == "start" or action == "resume":
            return self.resume(link, SEND, value)
        if action == "error not-started":
            return ERROR, self.make(messages.not_started(link.kind))
        return self.answer(action, link)

    def throw(self, link, error):
        call = "throw exit" if error.kind == GENERATOR_EXIT else "throw"
        if link.kind in AWAITABLES:
            return self.throw_awaitable(link, error, call)
        action = self.look_up(link, call, link.state)
        if action == "inject":
            return self.resume(link, THROW, error)
        if action == "end with error":
            link.state = CLOSED
            return ERROR, error
        if action == "return error":
            return ERROR, error
        return self.answer(action, link)

    def close(self, link, accepts=0):
        """Ask a link to end. A suspension is returned if `accepts` has it, and is an
        error otherwise.
        """
        if link.kind in AWAITABLES:
            return self.close_awaitable(link, accepts)
        action = self.look_up(link, "close", link.state)
        if action == "unwind":
            return self.unwind(link, accepts)
        if action == "end":
            link.state = CLOSED
            return RETURN, None
        return self.answer(action, link)

    def answer(self, action, link):
        if action == "refuse busy":
            return self.refuse(BUSY, link.kind)
        if action == "refuse invalid-state":
            return self.refuse(INVALID_STATE, link.kind)
        assert action == "return none", action
        return RETURN, None

    # Running.

    def resume(self, link, op, value):
        """Give a value or an error to the innermost delegate of a link that does not
        run.
        """
        if link.closing == CLOSING_DELEGATE:
            outcome = self.resume_exit(link, op, value)
        else:
            outcome = self.run(link, op, value)
        if link.closing and outcome[0] not in SUSPENSIONS:
            link.closing = None
            # The end of an async generator is for its awaitable to judge.
            return (
                outcome
                if link.kind == ASYNC_GENERATOR
                else self.end_of_close(link, outcome)
            )
        return outcome

    def run(self, link, op, value):
        """Drive the delegate, then the body, until the link suspends or ends."""
        link.state = RUNNING
        from_outside = op is THROW
        while True:
            if link.delegate is not None:
                status, value = self.ask(link, op, value)
                if status in SUSPENSIONS:
                    link.state = SUSPENDED
                    return status, value
                op, value = self.detach(link, status, value)
            if op is THROW:
                op, value = self.arrive(link, value, from_outside)
            from_outside = False
            self.stack.append(link.body)
            status, value = link.body.step(op, value)
            if status == AWAIT:
                op, value = self.attach(link, value)
                self.stack.pop()
                continue
            self.stack.pop()
            if status in SUSPENSIONS:
                link.state = SUSPENDED
                return status, value
            link.state = CLOSED
            return self.end_of_body(link, status, value)

    def ask(self, link, op, value):
        """Pass a value or an error on to the delegate. An exit closes it, and then is
        meant for the link.
        """
        child = link.delegate
        if op is SEND:
            self.stack.append(link.body)
            outcome = self.as_error(self.send(child, value))
            self.stack.pop()
            return outcome
        if value.kind != GENERATOR_EXIT:
            return self.as_error(self.throw(child, value))
        status, failure = self.as_error(self.close(child))
        return ERROR, failure if status == ERROR else value

    def as_error(self, outcome):
        """In the middle of a chain a refusal is an error."""
        status, kind = outcome
        if status in REFUSALS:
            return ERROR, self.make(self.refusal_text(status, kind))
        return outcome

    def end_of_body(self, link, status, value):
        """A stop that escapes from a body is a mistake, not an end."""
        if link.kind == ASYNC_GENERATOR and status == RETURN:
            return RETURN, None
        if status == ERROR and (
            value.kind == STOP_ITERATION
            or value.kind == STOP_ASYNC_ITERATION
            and link.kind == ASYNC_GENERATOR
        ):
            error = Error(*messages.raised_stop(link.kind, value.kind))
            error.cause = error.context = value
            return ERROR, error
        return status, value

    # Delegation.

    def attach(self, link, child):
        """Start a delegation; returns what goes to the delegate or, if it cannot be, to
        the body.
        """
        text = self.objection(link, child)
        if text is not None:
            return THROW, self.make(text)
        link.delegate = child
        child.awaiters += 1
        child.references += 1
        return SEND, None

    def objection(self, link, child):
        if child.kind == ASYNC_GENERATOR and link.kind == GENERATOR:
            return messages.not_iterable(TYPE_NAMES[child.kind])
        if child.kind == ASYNC_GENERATOR:
            return messages.not_awaitable(TYPE_NAMES[child.kind])
        if child.kind == GENERATOR and link.kind != GENERATOR:
            return messages.not_awaitable(TYPE_NAMES[child.kind])
        if child.kind == COROUTINE and link.kind == GENERATOR:
            return messages.yield_from_coroutine()
        state = child.state
        if self.runs(child) or self.is_above(child, link):
            state = RUNNING
        elif child.awaiters and state != CLOSED:
            state = ATTACHED
        action = self.look_up(child, "await", state)
        if action == "error awaited":
            return messages.awaited_already()
        if action == "error executing":
            return self.refusal_text(BUSY, child.kind)
        if action == "error reuse":
            return messages.reuse()
        return None

    def detach(self, link, status, value):
        """End a delegation: let go of the delegate, then say what the body gets."""
        child = link.delegate
        link.delegate = None
        child.awaiters -= 1
        self.stack.append(link.body)
        self.release(child)
        self.stack.pop()
        if status == RETURN:
            return SEND, value
        return THROW, value

    # Closing.

    def unwind(self, link, accepts):
        return self.end_of_unwind(link, self.exit(link, accepts), accepts)

    def exit(self, link, accepts, error=None):
        """Close the delegate, then give the body its failure or else a generator-exit."""
        link.state = RUNNING
        link.closing = CLOSING_BODY
        if link.delegate is None:
            return self.exit_body(link, error)
        status, value = self.as_error(self.close(link.delegate, accepts))
        if status in SUSPENSIONS:
            link.state = SUSPENDED
            link.closing = CLOSING_DELEGATE
            return status, value
        return self.exit_body(link, value if status == ERROR else error)

    def exit_body(self, link, error):
        link.closing = CLOSING_BODY
        error = error or self.make(messages.generator_exit())
        if link.delegate is not None:
            self.detach(link, ERROR, error)
        return self.run(link, THROW, error)

    def resume_exit(self, link, op, value):
        """Go on with a close that was suspended in the delegate."""
        link.state = RUNNING
        status, value = self.ask(link, op, value)
        if status in SUSPENSIONS:
            link.state = SUSPENDED
            return status, value
        return self.exit_body(link, value if status == ERROR else None)

    def end_of_unwind(self, link, outcome, accepts):
        """What the caller of close gets."""
        status, value = outcome
        if status in SUSPENSIONS and accepts & ACCEPTED_BY[status]:
            return outcome
        link.closing = None
        if status in SUSPENSIONS:
            return ERROR, self.make(messages.ignored_exit(link.kind))
        return self.end_of_close(link, outcome)

    def end_of_close(self, link, outcome):
        status, value = outcome
        if status == ERROR and value.kind in (GENERATOR_EXIT, STOP_ITERATION):
            return RETURN, None
        return outcome

    # Letting go.

    def release(self, link):
        link.references -= 1
        if link.references == 0:
            self.finalize(link)

    def finalize(self, link):
        """The last reference is gone: a suspended link is closed, and nobody hears of
        its error but the hook.
        """
        action = self.look_up(link, "release", link.state)
        if action == "report never-awaited":
            self.report_never_awaited(link)
        elif action == "unwind":
            status, value = self.unwind(link, 0)
            if status == ERROR:
                self.report_unraisable(value)
        if link.delegate is not None:
            child, link.delegate = link.delegate, None
            child.awaiters -= 1
            self.release(child)
