# SPDX-License-Identifier: MIT
"""The words of the contract: statuses, states and kinds."""

# Statuses. A refusal means that nothing happened.
RETURN, YIELD, AWAIT, PENDING, ITEM, ERROR = 0, 1, 2, 3, 4, -1
BUSY, INVALID_STATE, UNSUPPORTED = -16, -17, -18
REFUSALS = {BUSY: "busy", INVALID_STATE: "invalid-state", UNSUPPORTED: "unsupported"}
SUSPENSIONS = frozenset((YIELD, PENDING, ITEM))

# What a step gives to a body.
SEND, THROW = "send", "throw"

# Suspensions that the driver of a close says it can continue from.
ACCEPT_YIELD, ACCEPT_PENDING = 1, 2
ACCEPTED_BY = {YIELD: ACCEPT_YIELD, PENDING: ACCEPT_PENDING, ITEM: 0}

# States of a link that has a body.
CREATED, RUNNING, SUSPENDED, CLOSED = "created", "running", "suspended", "closed"
# States of an awaitable of an async generator.
INIT, ITER = "init", "iter"

# Kinds of link. The last three are awaitables: they have no body of their own.
COROUTINE, GENERATOR, ASYNC_GENERATOR = "coroutine", "generator", "async generator"
ASEND, ATHROW, ACLOSE = "asend", "athrow", "aclose"
AWAITABLES = frozenset((ASEND, ATHROW, ACLOSE))
TYPE_NAMES = {
    COROUTINE: "coroutine",
    GENERATOR: "generator",
    ASYNC_GENERATOR: "async_generator",
}

# Kinds of error.
STOP_ITERATION, STOP_ASYNC_ITERATION = "stop-iteration", "stop-async-iteration"
GENERATOR_EXIT, CANCELLED = "generator-exit", "cancelled"
RUNTIME, VALUE, TYPE = "runtime", "value", "type"
ERROR_KINDS = (
    STOP_ITERATION,
    STOP_ASYNC_ITERATION,
    GENERATOR_EXIT,
    CANCELLED,
    RUNTIME,
    VALUE,
    TYPE,
)
# Kinds that a handler of ordinary errors does not catch.
BASE_KINDS = frozenset((GENERATOR_EXIT, CANCELLED))


class Error:
    """An error value. `payload` is what a stop-iteration carries."""

    __slots__ = ("kind", "message", "payload", "cause", "context")

    def __init__(self, kind, message="", payload=None):
        self.kind = kind
        self.message = message
        self.payload = payload
        self.cause = None
        self.context = None

    def __str__(self):
        text = f"{self.kind} '{self.message}'"
        if self.cause is not None:
            text += f" cause {self.cause.kind}"
        if self.context is not None:
            text += f" context {self.context.kind}"
        return text
