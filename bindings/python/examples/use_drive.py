# SPDX-License-Identifier: MIT
import asyncio

from drive import run


async def add(left, right):
    await asyncio.sleep(0)
    return left + right


async def main():
    return await add(await add("a", "b"), "c")


print(run(main()))
for awaitable in (asyncio.sleep(1), 5):
    try:
        run(awaitable)
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__)

# Prints:
# abc
# RuntimeError
# TypeError
