# SPDX-License-Identifier: MIT
# [use]
import asyncio

from answer import answer


async def main():
    coroutine = answer()
    print(type(coroutine).__name__, await coroutine)


asyncio.run(main())
# [/use]

# Prints:
# coroutine 42
