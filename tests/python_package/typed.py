# SPDX-License-Identifier: MIT
"""What a type checker must know of the package; it is checked, not run."""

from collections.abc import AsyncGenerator, Awaitable, Coroutine, Generator
from typing import Any

import baton
from typing_extensions import assert_type


async def awaits(made: baton.coroutine[Any, Any, int]) -> int:
    assert_type(await made, int)
    coroutine: Coroutine[Any, Any, int] = made
    awaitable: Awaitable[int] = made
    made.close()
    assert_type(made.__name__, str)
    assert_type(made.cr_running, bool)
    return await coroutine + await awaitable


def sends(made: baton.generator[str, float, int]) -> int:
    generator: Generator[str, float, int] = made
    assert_type(made.send(1.5), str)
    assert_type([item for item in made], list[str])
    assert_type(made.gi_running, bool)
    return len(generator.throw(ValueError()))


async def iterates(made: baton.async_generator[bytes, None]) -> None:
    generator: AsyncGenerator[bytes, None] = made
    async for item in made:
        assert_type(item, bytes)
    assert_type(await anext(generator), bytes)
    assert_type(await made.asend(None), bytes)
    assert_type(await made.aclose(), None)


def reads() -> None:
    assert_type(baton.abi_version, tuple[int, int])
    assert_type(baton.lib_version, str)
    assert_type(baton.get_include(), str)
    assert_type(baton.get_shim(), str)
    try:
        assert_type([member["line"] for member in baton.await_chain(1)], list[int])
    except baton.PanicException as panic:
        base: BaseException = panic
        raise base from None


class Derived(baton.coroutine[Any, Any, int]): ...  # type: ignore[misc]
