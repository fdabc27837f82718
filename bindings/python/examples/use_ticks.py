# SPDX-License-Identifier: MIT
import asyncio

from ticks import count, every


async def numbers(limit):
    for number in range(limit):
        await asyncio.sleep(0)
        yield number


async def main():
    print([number async for number in every(3, numbers(10))])
    print(await count(every(2, every(2, numbers(100)))))
    items = every(1, numbers(3))
    print(await anext(items), await items.asend(None))
    await items.aclose()
    print(await anext(items, "closed"))


asyncio.run(main())

# Prints:
# [0, 3, 6, 9]
# 25
# 0 1
# closed
