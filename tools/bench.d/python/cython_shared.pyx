# SPDX-License-Identifier: MIT
"""What Cython's peer does, through the shared type."""
from baton cimport delegate, shared


@shared
async def ready(value):
    return value


@shared
async def hold(value, awaitable):
    await awaitable
    return value


@shared
async def flat(value, awaitable):
    await delegate(awaitable)
    return value
