# SPDX-License-Identifier: MIT
"""Built twice, by two versions of Cython: chain_here and chain_there."""
from baton cimport delegate, shared


@shared
async def relay(awaitable):
    return await awaitable


@shared
async def flat(awaitable):
    return await delegate(awaitable)


@shared
async def items(iterable):
    async for item in iterable:
        yield item
