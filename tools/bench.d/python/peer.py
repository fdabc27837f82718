# SPDX-License-Identifier: MIT
"""What Cython, mypyc and Nuitka compile, each under its own name."""


async def ready(value):
    return value


async def hold(value, awaitable):
    await awaitable
    return value
