# SPDX-License-Identifier: MIT
"""The same in Cython, as objects of the shared types."""
from baton cimport shared


@shared
async def relay(awaitable):
    return await awaitable


@shared
async def produce(awaitables):
    for awaitable in awaitables:
        yield await awaitable
