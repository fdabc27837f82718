# SPDX-License-Identifier: MIT
"""Broken models. A comparison that does not notice one of them would not notice such a
bug elsewhere.
"""

from model import messages
from model.words import (
    ACLOSE,
    ASEND,
    CLOSED,
    COROUTINE,
    CREATED,
    ERROR,
    GENERATOR_EXIT,
    ITEM,
    RETURN,
    RUNNING,
    SEND,
    SUSPENDED,
    SUSPENSIONS,
    THROW,
)


class StopEscapes:
    """A StopIteration leaves a body as it is."""

    def end_of_body(self, link, status, value):
        return status, value


class ConversionHasNoCause:
    """The converted stop is not kept as the cause."""

    def end_of_body(self, link, status, value):
        status, result = super().end_of_body(link, status, value)
        if result is not value and status == ERROR:
            result.cause = None
        return status, result


class CloseForgetsDelegate:
    """A close gives generator-exit to the driven body, and only lets go of what it
    delegates to.
    """

    def exit(self, link, accepts, error=None):
        link.state = RUNNING
        return self.exit_body(link, error)


class ExitGoesToLeaf:
    """A thrown generator-exit is thrown into the delegate like any other error."""

    def ask(self, link, op, value):
        if op is THROW and value.kind == GENERATOR_EXIT:
            return self.as_error(self.throw(link.delegate, value))
        return super().ask(link, op, value)


class FailureOfCloseIsLost:
    """The error with which a delegate fails to close is dropped."""

    def exit_body(self, link, error):
        return super().exit_body(link, None)


class CloseReturnsError:
    """A body that ends with generator-exit makes its close fail."""

    def end_of_close(self, link, outcome):
        return outcome


class IgnoredExitEnds:
    """A coroutine that ignores generator-exit is closed all the same."""

    def end_of_unwind(self, link, outcome, accepts):
        result = super().end_of_unwind(link, outcome, accepts)
        if outcome[0] in SUSPENSIONS and result[0] == ERROR:
            link.state = CLOSED
        return result


class ThrowStartsBody:
    """A throw into a body that has not started runs it."""

    def throw(self, link, error):
        if link.state == CREATED and link.kind == COROUTINE:
            return self.resume(link, SEND, None)
        return super().throw(link, error)


class FirstValueIsTaken:
    """The first send may have a value."""

    def send(self, link, value):
        if link.state == CREATED and value is not None and link.kind == COROUTINE:
            return self.resume(link, SEND, value)
        return super().send(link, value)


class BusyIsIdle:
    """A delegate that is driven by somebody else is given none."""

    def as_error(self, outcome):
        status, value = super().as_error(outcome)
        if status == ERROR and value.message.endswith("already executing"):
            return RETURN, None
        return status, value


class ResultIsLost:
    """An await gives none, whatever its delegate returns."""

    def detach(self, link, status, value):
        return super().detach(link, status, None if status == RETURN else value)


class ReleaseDoesNotClose:
    """A suspended link is freed without being closed."""

    def finalize(self, link):
        if link.state == SUSPENDED:
            link.state = CLOSED
        super().finalize(link)


class ReleaseComesLate:
    """The parent goes on before its delegate is let go."""

    def detach(self, link, status, value):
        child = link.delegate
        child.references += 1
        result = super().detach(link, status, value)
        self.late = getattr(self, "late", [])
        self.late.append(child)
        return result

    def end_of_body(self, link, status, value):
        while getattr(self, "late", None):
            self.release(self.late.pop())
        return super().end_of_body(link, status, value)


class ItemKeepsClaim:
    """An awaitable that has handed its item still claims the generator."""

    def end(self, link, status, value):
        result = super().end(link, status, value)
        link.generator.claimed = link.kind == ASEND and status == RETURN
        return result


class AcloseAcceptsItem:
    """aclose() takes an item for an answer."""

    def finish(self, link, outcome, call):
        if link.kind == ACLOSE and outcome[0] == ITEM:
            return self.end(link, RETURN, None)
        return super().finish(link, outcome, call)


class AcloseTellsExit:
    """aclose() fails with the generator-exit that it has thrown."""

    def finish(self, link, outcome, call):
        if link.kind == ACLOSE and outcome[0] == ERROR:
            return self.end(link, *outcome)
        return super().finish(link, outcome, call)


class AthrowOfEndedThrows:
    """athrow() on an ended generator raises its error."""

    def send_awaitable(self, link, value):
        if (
            link.kind == "athrow"
            and link.state == "init"
            and link.generator.state == CLOSED
        ):
            link.state = CLOSED
            return ERROR, link.argument
        return super().send_awaitable(link, value)


class AwaitOfClosedGivesNone:
    """Awaiting a coroutine that has ended gives none."""

    def objection(self, link, child):
        text = super().objection(link, child)
        if text == messages.reuse():
            child.kind = "generator"
            return None
        return text


class AcceptedExitIsIgnored:
    """A suspension that the caller of close accepts is an error all the same."""

    pushes = True

    def end_of_unwind(self, link, outcome, accepts):
        return super().end_of_unwind(link, outcome, 0)


class ResumedCloseIsASend:
    """A close that goes on by send is not a close any more."""

    pushes = True

    def resume(self, link, op, value):
        link.closing = None
        return super().resume(link, op, value)


class DelegateStaysAttached:
    """A link that has lost its awaiter counts as awaited."""

    pushes = True

    def detach(self, link, status, value):
        link.delegate.awaiters += 1
        return super().detach(link, status, value)


MUTANTS = [
    StopEscapes,
    ConversionHasNoCause,
    CloseForgetsDelegate,
    ExitGoesToLeaf,
    FailureOfCloseIsLost,
    CloseReturnsError,
    IgnoredExitEnds,
    ThrowStartsBody,
    FirstValueIsTaken,
    BusyIsIdle,
    ResultIsLost,
    ReleaseDoesNotClose,
    ReleaseComesLate,
    ItemKeepsClaim,
    AcloseAcceptsItem,
    AcloseTellsExit,
    AthrowOfEndedThrows,
    AwaitOfClosedGivesNone,
    AcceptedExitIsIgnored,
    ResumedCloseIsASend,
    DelegateStaysAttached,
]


def mutants_for(pushes):
    """The mutants that a comparison can notice; some need a push-style driver."""
    return [each for each in MUTANTS if pushes or not getattr(each, "pushes", False)]


def mutate(model, mutant):
    return type(mutant.__name__, (mutant, model), {})
