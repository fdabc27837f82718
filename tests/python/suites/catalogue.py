# SPDX-License-Identifier: MIT
"""CPython's suites: in which modules they are, from which version on.

`since` is the first version that surely has the suite: from there on it must be
found. `modules` are alternatives, as names differ between versions. Of `test_inspect`
only the classes named are run.
"""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Suite:
    name: str
    modules: tuple
    since: tuple = (3, 10)
    classes: tuple = ()


def core(name, **settings):
    return Suite(name, (f"test.test_{name}",), **settings)


def asyncio(name, **settings):
    return Suite(name, (f"test.test_asyncio.test_{name}",), **settings)


SUITES = [
    core("coroutines"),
    core("asyncgen"),
    core("generators"),
    core("yield_from"),
    core("generator_stop"),
    core("types"),
    core("contextlib_async"),
    Suite(
        "inspect",
        ("test.test_inspect.test_inspect", "test.test_inspect"),
        classes=(
            "TestGetGeneratorState",
            "TestGetCoroutineState",
            "TestGetAsyncGenState",
        ),
    ),
    Suite(
        "async_case",
        ("test.test_unittest.test_async_case", "unittest.test.test_async_case"),
    ),
    asyncio("tasks"),
    asyncio("futures"),
    asyncio("futures2"),
    asyncio("taskgroups", since=(3, 11)),
    asyncio("timeouts", since=(3, 11)),
    asyncio("waitfor"),
    asyncio("locks"),
    asyncio("queues"),
    asyncio("streams"),
    asyncio("runners"),
    asyncio("staggered", since=(3, 13)),
    asyncio("eager_task_factory", since=(3, 12)),
    asyncio("base_events"),
    asyncio("events"),
    asyncio("pep492"),
    asyncio("graph", since=(3, 14)),
    asyncio("free_threading", since=(3, 14)),
]


def by_name(name):
    for suite in SUITES:
        if suite.name == name:
            return suite
    raise KeyError(f"no suite {name!r}; there are: {' '.join(s.name for s in SUITES)}")
