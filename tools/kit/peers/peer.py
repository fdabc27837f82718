# SPDX-License-Identifier: MIT
"""What Cython, mypyc and Nuitka compile, each under its own name."""


async def relay(awaitable):
    return await awaitable
