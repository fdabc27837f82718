# SPDX-License-Identifier: MIT
"""The failures that are expected, one by one, each with its reason.

A test is listed only if it asserts what no relay can give: an exact native type, the
flags or the code of a function, or what is seen of the harness's own wrapper: the
relay's frame, or the suite's own object behind the relay. All else is a bug of the
binding. A listed test that passes, and one that does not exist, make a run fail.
"""

import dataclasses
import itertools

TYPE = "asserts an exact native type"
FLAGS = "asserts the flags or the code of a function"
WRAPPER = "sees the harness's own wrapper"

FIRST, LAST = (3, 10), (3, 99)
ALL = ("1", "4", "1n", "4n")
ANY_PART = "*"  # some of the subtests: their names hold addresses


@dataclasses.dataclass(frozen=True)
class Expected:
    suite: str
    test: str  # without the module: its name differs between versions
    kind: str  # TYPE, FLAGS or WRAPPER
    why: str
    part: str = ""  # the subtest, or the example of a docstring
    since: tuple = FIRST
    until: tuple = LAST
    relays: tuple = ALL
    but_for: str = ""  # a module of relays that has not this difference

    def applies(self, version, suite, relays, module):
        return (
            self.suite == suite
            and self.but_for != module
            and self.since <= version
            and version[: len(self.until)] <= self.until
            and relays in self.relays
        )


def several(suite, classes, tests, kind, why, **settings):
    """The same tests in each of several classes."""
    return [
        Expected(suite, f"{group}.{test}", kind, why, **settings)
        for group, test in itertools.product(classes, tests)
    ]


COROUTINES = [
    Expected(
        "coroutines",
        "CoroutineTest.test_func_1",
        TYPE,
        "isinstance(..., types.CoroutineType)",
    ),
    Expected(
        "coroutines",
        "CoroutineTest.test_func_5",
        WRAPPER,
        "a generator under @types.coroutine is relayed as a coroutine, and iterated",
    ),
    Expected(
        "coroutines",
        "CoroutineTest.test_func_7",
        TYPE,
        "`yield from` tells the exact coroutine type from others in its message",
    ),
    Expected(
        "coroutines",
        "CoroutineTest.test_func_8",
        TYPE,
        "`yield from` in @types.coroutine takes the exact coroutine type only",
    ),
    Expected(
        "coroutines",
        "CoroutineTest.test_await_12",
        TYPE,
        "the text for a coroutine from __await__ is for the exact type",
        until=(3, 14),
    ),
    Expected(
        "coroutines",
        "CoroutineTest.test_stack_in_coroutine_throw",
        TYPE,
        "throw keeps the awaiting frame on the stack for the exact type only",
        until=(3, 13),
    ),
    Expected(
        "coroutines",
        "CoroutineTest.test_cr_await",
        WRAPPER,
        "cr_await twice: finds the coroutine behind the relay, not the next one",
    ),
    Expected(
        "coroutines",
        "CoroutineTest.test_bpo_45813_2",
        WRAPPER,
        "clears cr_frame: that is the relay's, not that of the body",
        since=(3, 11),
    ),
    *several(
        "coroutines",
        ["OriginTrackingTest"],
        ["test_origin_tracking", "test_origin_tracking_warning"],
        WRAPPER,
        "the wrapper function is where the coroutine is made",
    ),
]

GENERATORS = [
    Expected(
        "generators",
        "SignalAndYieldFromTest.test_raise_and_yield_from",
        TYPE,
        "_testcapi.raise_SIGINT_then_send_None takes the exact generator type",
        until=(3, 14),
    ),
    Expected(
        "generators",
        "GeneratorStackTraceTest.test_throw_with_yield_from",
        TYPE,
        "throw keeps the delegating frame on the stack for the exact type only",
        until=(3, 13),
    ),
    Expected(
        "generators",
        "YieldFromTests.test_generator_gi_yieldfrom",
        WRAPPER,
        "gi_yieldfrom is the generator behind the relay",
    ),
    *several(
        "generators",
        ["GeneratorCloseTest"],
        ["test_close_return_value", "test_close_closed"],
        WRAPPER,
        "`yield from` drops what the close() of the generator behind it returns",
        since=(3, 13),
    ),
    Expected(
        "generators",
        "GeneratorTest.test_close_clears_frame",
        WRAPPER,
        "clears gi_frame: that is the relay's, not that of the body",
        since=(3, 14),
    ),
    Expected(
        "generators",
        "GeneratorDeallocTest.test_frame_outlives_generator",
        WRAPPER,
        "the locals of gi_frame: that is the relay's, not that of the body",
        part="(index=2)",
        since=(3, 14),
    ),
    Expected(
        "generators",
        "ModifyUnderlyingIterableTest.test_modify_f_locals",
        WRAPPER,
        "changes the locals of gi_frame: that is the relay's, not that of the body",
        part=ANY_PART,
        since=(3, 13, 5),
    ),
    Expected(
        "generators",
        "ModifyUnderlyingIterableTest.test_new_gen_from_gi_code",
        FLAGS,
        "makes a function of gi_code",
        since=(3, 13, 5),
    ),
]

# Examples of docstrings, which are rewritten from 3.11 on: 3.10 does not run them.
EXAMPLES = [
    Expected(
        "generators",
        "__test__.email",
        TYPE,
        "isinstance(..., types.GeneratorType)",
        part="isinstance(i, types.GeneratorType)",
        since=(3, 11),
    ),
    Expected(
        "generators",
        "__test__.syntax",
        FLAGS,
        "gi_code is the relay's",
        part="g.gi_code is f.__code__",
        since=(3, 11),
    ),
    *[
        Expected(
            "generators",
            "__test__.coroutine",
            WRAPPER,
            "throw() of what is no exception ends a generator that delegates",
            part=part,
            since=(3, 11),
            but_for="relay_cython",  # its throw looks at what it is given
        )
        for part in (
            "throw(g,ValueError) # do it with traceback included",
            "g.send(1)",
        )
    ],
    Expected(
        "generators",
        "__test__.coroutine",
        WRAPPER,
        "counts traceback entries of a body that never began: the relay has no place",
        part="levels",
        since=(3, 11),
    ),
]

TYPES = [
    Expected("types", "CoroutineTests.test_async_def", FLAGS, "the flags of cr_code"),
    Expected("types", "CoroutineTests.test_genfunc", FLAGS, "the flags of gi_code"),
    Expected(
        "types",
        "CoroutineTests.test_gen",
        TYPE,
        "types.coroutine returns an exact generator as it is",
    ),
]

INSPECT = [
    *several(
        "inspect",
        ["TestGetGeneratorState"],
        ["test_getgeneratorlocals", "test_getgeneratorlocals_empty"],
        TYPE,
        "inspect.getgeneratorlocals takes the exact type only",
    ),
    *several(
        "inspect",
        ["TestGetAsyncGenState"],
        ["test_getasyncgenlocals", "test_getasyncgenlocals_empty"],
        TYPE,
        "inspect.getasyncgenlocals takes the exact type only",
        since=(3, 12),
    ),
    Expected(
        "inspect",
        "TestGetCoroutineState.test_getcoroutinelocals",
        WRAPPER,
        "the locals of cr_frame: that is the relay's, not that of the body",
    ),
]

TASK_CLASSES = [
    "CTask_CFuture_Tests",
    "CTask_CFuture_SubclassTests",
    "CTaskSubclass_PyFuture_Tests",
    "CTask_PyFuture_Tests",
    "PyTask_CFutureSubclass_Tests",
    "PyTask_CFuture_Tests",
    "PyTask_PyFuture_Tests",
    "PyTask_PyFuture_SubclassTests",
]

REFCYCLES = "finds by cr_frame who refers to an exception: the body behind the relay"

ASYNCIO = [
    *several(
        "tasks",
        TASK_CLASSES,
        ["test_task_repr"],
        WRAPPER,
        "the file and line of cr_code: it is the relay's",
    ),
    *several(
        "tasks",
        TASK_CLASSES,
        ["test_cancel_gather_1"],
        TYPE,
        "exact generators count as coroutines for asyncio",
        until=(3, 11),
    ),
    *several(
        "tasks",
        TASK_CLASSES,
        [
            "test_corowrapper_throw",
            "test_corowrapper_weakref",
            "test_yield_from_corowrapper_send",
        ],
        TYPE,
        "CoroWrapper takes the exact generator and coroutine types only",
        until=(3, 10),
    ),
    *several(
        "tasks",
        TASK_CLASSES,
        ["test_task_repr_partial_corowrapper"],
        FLAGS,
        "the wrapper function is no coroutine function before 3.11",
        until=(3, 10),
    ),
    Expected(
        "pep492",
        "CoroutineTests.test_iscoroutinefunction",
        FLAGS,
        "the wrapper function is no coroutine function before 3.11",
        until=(3, 10),
    ),
    Expected(
        "base_events",
        "BaseEventLoopTests.test_create_task_error_closes_coro",
        WRAPPER,
        "close() before the first send: the coroutine behind the relay warns",
    ),
    *several(
        "taskgroups",
        ["TestTaskGroup", "TestEagerTaskTaskGroup"],
        [
            "test_exception_refcycles_base_error",
            "test_exception_refcycles_direct",
            "test_exception_refcycles_errors",
            "test_exception_refcycles_parent_task",
            "test_exception_refcycles_parent_task_wr",
            "test_exception_refcycles_propagate_cancellation_error",
        ],
        WRAPPER,
        REFCYCLES,
        since=(3, 14),
    ),
    Expected(
        "streams",
        "StreamTests.test_open_connection_happy_eyeball_refcycles",
        WRAPPER,
        REFCYCLES,
        since=(3, 14),
    ),
    *several(
        "graph",
        ["TestCallStackC", "TestCallStackPy"],
        [
            "test_stack_as_completed",
            "test_stack_as_completed_timeout",
            "test_stack_future",
            "test_stack_gather",
            "test_stack_gather_survivor",
            "test_stack_shield",
            "test_stack_task",
            "test_stack_tgroup",
            "test_stack_timeout",
            "test_stack_wait",
            "test_stack_wait_for_non_positive_timeout",
        ],
        WRAPPER,
        "the call graph shows the relay and the body behind it",
    ),
]

EXPECTED = [*COROUTINES, *GENERATORS, *EXAMPLES, *TYPES, *INSPECT, *ASYNCIO]
