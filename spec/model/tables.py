# SPDX-License-Identifier: MIT
"""What each call does, by kind of link and by state. The model looks every call up
here.

The tables are plain data: {kind: {call: {state: action}}}. A state that is missing from
a row cannot occur.
"""

from .words import (
    ACLOSE,
    ASEND,
    ASYNC_GENERATOR,
    ATHROW,
    CLOSED,
    COROUTINE,
    CREATED,
    GENERATOR,
    INIT,
    ITER,
    RUNNING,
    SUSPENDED,
)

# An extra column of "await": the child already stands in another chain.
ATTACHED = "attached"
# Extra columns of "begin": the async generator has a call in flight, or aclose() was
# called on it.
CLAIMED, RETIRED = "claimed", "retired"


def row(created, running, suspended, closed):
    return {CREATED: created, RUNNING: running, SUSPENDED: suspended, CLOSED: closed}


LINKS = {
    COROUTINE: {
        "send none": row("start", "refuse busy", "resume", "refuse invalid-state"),
        "send value": row(
            "error not-started", "refuse busy", "resume", "refuse invalid-state"
        ),
        "throw": row("end with error", "refuse busy", "inject", "refuse invalid-state"),
        "throw exit": row(
            "end with error", "refuse busy", "inject", "refuse invalid-state"
        ),
        "close": row("end", "refuse busy", "unwind", "return none"),
        "await": row("delegate", "error executing", "delegate", "error reuse")
        | {ATTACHED: "error awaited"},
        "release": {
            CREATED: "report never-awaited",
            SUSPENDED: "unwind",
            CLOSED: "free",
        },
    },
    GENERATOR: {
        "send none": row("start", "refuse busy", "resume", "return none"),
        "send value": row("error not-started", "refuse busy", "resume", "return none"),
        "throw": row("end with error", "refuse busy", "inject", "return error"),
        "throw exit": row("end with error", "refuse busy", "inject", "return error"),
        "close": row("end", "refuse busy", "unwind", "return none"),
        "await": row("delegate", "error executing", "delegate", "delegate")
        | {ATTACHED: "error awaited"},
        "release": {CREATED: "free", SUSPENDED: "unwind", CLOSED: "free"},
    },
    # Nobody calls an async generator itself: these are the calls of its awaitables.
    ASYNC_GENERATOR: {
        "send none": row("start", "refuse busy", "resume", "return none"),
        "send value": row("error not-started", "refuse busy", "resume", "return none"),
        "throw": row("end with error", "refuse busy", "inject", "return error"),
        "throw exit": row("end with error", "refuse busy", "inject", "return error"),
        "release": {CREATED: "free", SUSPENDED: "unwind", CLOSED: "free"},
    },
}


def life(init, iter_, closed):
    return {INIT: init, ITER: iter_, CLOSED: closed}


def begin(created, suspended, claimed, retired, closed):
    return {
        CREATED: created,
        SUSPENDED: suspended,
        CLAIMED: claimed,
        RETIRED: retired,
        CLOSED: closed,
    }


def awaitable(send_value, begin_send):
    return {
        "send none": life("begin", "continue", "error reuse"),
        "send value": life(send_value, "continue", "error reuse"),
        "throw": life("begin", "continue", "error reuse"),
        "throw exit": life("begin", "continue", "error reuse"),
        "close": life("unwind", "unwind", "return none"),
        "await": life("delegate", "delegate", "delegate")
        | {RUNNING: "error executing", ATTACHED: "error awaited"},
        "release": life("report never-awaited", "free", "free"),
        "begin send": begin_send,
        "begin throw": begin("drive", "drive", "error running", "drive", "drive"),
    }


AWAITABLES = {
    ASEND: awaitable(
        "begin", begin("drive", "drive", "error running", "drive", "drive")
    ),
    ATHROW: awaitable(
        "begin with value",
        begin("drive", "drive", "error running", "stop async", "return none"),
    ),
    ACLOSE: awaitable(
        "begin with value",
        begin("drive", "drive", "error running", "stop async", "return none"),
    ),
}

TABLES = LINKS | AWAITABLES
CELLS = frozenset(
    (kind, call, state)
    for kind, calls in TABLES.items()
    for call, states in calls.items()
    for state in states
)
