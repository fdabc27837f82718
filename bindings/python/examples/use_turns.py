# SPDX-License-Identifier: MIT
import asyncio

from turns import turns


async def count(name):
    for number in range(2):
        print(name, number)
        await turns(1)


async def main():
    await asyncio.gather(count("a"), count("b"))


asyncio.run(main())

# Prints:
# a 0
# b 0
# a 1
# b 1
