# SPDX-License-Identifier: MIT
"""Where the twins are known to differ from native objects, and why.

An entry names observations of one scenario. One that is not needed on a version
that it names fails there.
"""

import dataclasses
import fnmatch
import sys
import types
import typing
import weakref


@dataclasses.dataclass(frozen=True)
class Difference:
    scenario: str  # module.Class.scenario
    label: str  # of the observations, with * and ? as in file names
    reason: str
    since: tuple = (3, 10)  # the first version that has it
    until: tuple = (3, 99)  # the last
    when: typing.Callable = bool  # what this interpreter itself shows

    def applies(self):
        version = sys.version_info[:2]
        return self.since <= version <= self.until and self.when(1)

    def covers(self, label):
        return fnmatch.fnmatchcase(label, self.label)


# ---- What the interpreter itself does, where releases of one version differ ----


def keeps_the_frame_of_what_never_began(_):
    """Whether close() leaves the values of a frame to the object's end."""

    class Value:
        pass

    async def body(value):
        pass

    value = Value()
    made = body(value)
    made.close()
    reference = weakref.ref(value)
    del value
    return reference() is not None


def awaitables_run_side_by_side(_):
    """Whether throw() of an asend() goes through while another one runs."""

    @types.coroutine
    def pause():
        yield

    async def body():
        await pause()
        yield

    made = body()
    first, second = made.asend(None), made.asend(None)
    first.send(None)
    try:
        second.throw(KeyError)
    except (RuntimeError, KeyError) as error:
        found = isinstance(error, KeyError)
    first.close()
    return found


EXACT = "the interpreter compares the type with its own coroutine's"
FRAME = "a native body has no frame of Python's; this one only tells the place"
RULES = "the awaitables of an async generator follow the rules of 3.13 everywhere"
SLOT = "`__await__` is a method beside the slot, to tell a call of it from an await"

ACCEPTED = [
    Difference(
        "test_differential_await.Awaiting.by_a_native_coroutine",
        "cr_await is it",
        "a native coroutine shows what am_await gave it; walks go on through it",
    ),
    Difference("test_differential_await.Awaiting.yield_from", "plain", EXACT),
    Difference("test_differential_await.Awaiting.yield_from", "flagged*", EXACT),
    Difference(
        "test_differential_await.Awaiting.the_coroutine_itself_from_dunder_await",
        "await",
        EXACT,
    ),
    Difference("test_differential_coroutine.Running.clear_its_frame", "inside*", FRAME),
    Difference("test_differential_generator.Running.clear_its_frame", "inside*", FRAME),
    Difference(
        "test_differential_attributes.Attributes.cleared_frames", "suspended*", FRAME
    ),
    Difference(
        "test_differential_attributes.Attributes.cleared_frames_of_new_ones",
        "*",
        FRAME,
    ),
    Difference(
        "test_differential_attributes.Attributes.frames",
        "type",
        "the code of a frame that only tells the place begins at that line",
    ),
    Difference("test_differential_attributes.Attributes.frames", "stable", FRAME),
    Difference("test_differential_attributes.Types.inspect", "locals*", FRAME),
    Difference(
        "test_differential_attributes.Attributes.listed", "coroutine.__await__", SLOT
    ),
    Difference("test_differential_coroutine.Send.arity", "await with argument", SLOT),
    Difference(
        "test_differential_coroutine.Close.created_with_a_coroutine",
        "warning",
        "the values of a frame that never ran are released at close, as in 3.15",
        when=keeps_the_frame_of_what_never_began,
    ),
    Difference(
        "test_differential_async_generator.Athrow.every_state",
        "*",
        RULES,
        until=(3, 11),
    ),
    *(
        Difference(
            f"test_differential_async_generator.{scenario}",
            "*",
            RULES,
            until=(3, 12),
            when=awaitables_run_side_by_side,
        )
        for scenario in (
            "Awaitables.closed_before_use",
            "Awaitables.concurrent_ones",
            "Awaitables.suspended_in_an_await",
            "Awaitables.thrown_before_use",
            "Other.anext_with_a_default",
            "Running.from_inside",
        )
    ),
]

# What the fuzzer does not compare: observations with this text, and the reason.
NOT_FUZZED = [
    (
        "'run' was never awaited",
        "when the values of a frame that never ran are released differs by version",
    ),
]
