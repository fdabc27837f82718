# SPDX-License-Identifier: MIT
import asyncio

from relay import relay


async def main():
    print(await relay(relay(asyncio.sleep(0.001, "through"))))


asyncio.run(main())

# Prints:
# through
