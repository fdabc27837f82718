# SPDX-License-Identifier: MIT
"""Where the twins are known to differ from native objects, and why.

An entry names observations of one scenario. One that is not needed on a version
that it names fails there.
"""

import dataclasses
import fnmatch
import sys
import sysconfig
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


FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


def has_no_global_lock(_):
    return FREE_THREADED


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

MIDDLE = "only the driver of a shared chain may drive or look at a link in its middle"

ACCEPTED = [
    *(
        Difference(
            f"test_differential_{scenario}", "*", MIDDLE, when=has_no_global_lock
        )
        for scenario in (
            "async_generator.Aclose.cleanup_awaits",
            "async_generator.Awaitables.suspended_in_an_await",
            "async_generator.Items.runs_to_the_end",
            "attributes.Attributes.delegates",
            "coroutine.Running.driven_in_the_middle",
            "coroutine.Running.middle_closed",
            "coroutine.Running.middle_runs_outer",
        )
    ),
    Difference(
        "test_differential_await.Awaiting.by_a_native_coroutine",
        "cr_await is it",
        "a native coroutine shows what am_await gave it; walks go on through it",
    ),
    Difference("test_differential_await.Awaiting.yield_from", "plain", EXACT),
    Difference("test_differential_await.Awaiting.yield_from", "flagged*", EXACT),
    *(
        Difference(
            "test_differential_await.Awaiting.the_coroutine_itself_from_dunder_await",
            label,
            EXACT,
            until=(3, 14),
        )
        for label in ("await", "through links")
    ),
    Difference(
        "test_differential_await.Awaiting.the_coroutine_itself_from_dunder_await",
        "warning",
        "an unawaited coroutine goes when the link that was to await it has ended",
        since=(3, 12),
        until=(3, 13),
    ),
    Difference(
        "test_differential_coroutine.Close.ignored_twice",
        "*",
        "a delegate that refuses to end is released before its parent learns of it",
    ),
    Difference(
        "test_differential_coroutine.Send.awaitables_that_are_wrong",
        "await NoneType",
        "None crosses as none, and the driver names it so",
    ),
    Difference(
        "test_differential_coroutine.Throw.keywords",
        "*",
        "another calling convention, whose message names the type",
        until=(3, 10),
    ),
    Difference(
        "test_differential_coroutine.Throw.delegate_whose_attributes_fail",
        "*",
        "an error in looking up `throw` is thrown into who awaits, as others are",
    ),
    Difference(
        "test_differential_coroutine.Throw.delegate_that_returns_from_throw",
        "*",
        "a StopIteration from a delegate's close is an error, not a result (LNK-8)",
        since=(3, 12),
    ),
    *(
        Difference(
            f"test_differential_{kind}.Throw.every_form",
            "warning",
            "arguments that cannot be thrown reach the innermost throw, which warns",
            since=(3, 12),
        )
        for kind in ("coroutine", "generator")
    ),
    *(
        Difference(
            "test_differential_async_generator.Athrow.every_form",
            label,
            "a wrong number of arguments does not leave the generator claimed",
            until=(3, 14),
        )
        for label in ("*athrow() state", "*, None, None) state")
    ),
    Difference(
        "test_differential_async_generator.Athrow.every_form",
        "warning",
        "an athrow whose arguments are refused does not reach the inner generator",
        since=(3, 15),
    ),
    Difference(
        "test_differential_async_generator.Awaitables.throw_forms",
        "warning",
        "a throw without arguments has not used the awaitable",
        since=(3, 13),
    ),
    Difference(
        "test_differential_async_generator.Running.its_own_step",
        "throw*",
        "an asend that its own body drives says so of throw as it does of send",
    ),
    Difference(
        "test_differential_async_generator.Awaitables.suspended_in_an_await",
        "athrow again*",
        "an athrow that was closed is used up, as an aclose is",
        since=(3, 13),
    ),
    Difference(
        "test_differential_async_generator.Items.values_before_the_start",
        "warning",
        "an awaitable that has refused a value counts as used",
        since=(3, 13),
    ),
    Difference(
        "test_differential_finalize.NeverAwaited.as_an_error",
        "unraisable",
        "a warning that became an error names the awaitable, not its generator",
        since=(3, 13),
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
    (
        "<class 'TypeError'>, 'do:",
        "what cannot be thrown is refused by the innermost throw: one entry more",
    ),
    *(
        (text, "what a dropped async generator reports names its native link")
        for text in (
            "in', <async_generator object",
            "in', 'async_generator'",
            "closing generator <async_generator object",
            "closing generator 'async_generator'",
        )
    ),
    (
        "signature of throw() is deprecated",
        "arguments that cannot be thrown reach the innermost throw, which warns",
    ),
    (
        "coroutine method '",
        "an awaitable that was refused goes at another moment",
    ),
]

# Parts of observations that the fuzzer does not compare: pattern, what it becomes,
# the reason, and the last version.
NOT_COMPARED = [
    (
        r"(_RUNNING .*(?:cr_await|gi_yieldfrom))=\w+",
        r"\1=...",
        "while something is thrown through it, a running object names what it awaits",
        (3, 12),
    ),
    *([(r"(ag_await)=\w+", r"\1=...", MIDDLE, (3, 99))] if FREE_THREADED else []),
    (
        r"GeneratorExit\(\) \[context LookupError\('callers'\)\]",
        "GeneratorExit()",
        "libbaton closes with an error that has no context of its own",
        (3, 99),
    ),
]


def loses_traceback(expected, actual):
    """Whether a native traceback lacks the end that the twin's has: up to 3.11 throw()
    loses it where another exception is being handled.
    """
    return sys.version_info < (3, 12) and actual.startswith(
        expected.rstrip("'") + " > "
    )
