# SPDX-License-Identifier: MIT
"""The same with an async generator, which not all of them have."""


async def produce(awaitables):
    for awaitable in awaitables:
        yield await awaitable
