# SPDX-License-Identifier: MIT
import asyncio
import time

from wake import nap


async def main():
    started = time.monotonic()
    print(await asyncio.gather(*[nap(50) for _ in range(20)]) == [True] * 20)
    print("all at a time:", time.monotonic() - started < 0.5)
    try:
        await asyncio.wait_for(nap(100), 0.01)
    except asyncio.TimeoutError:
        print("timed out")


asyncio.run(main())
try:
    nap(1).send(None)
except RuntimeError as error:
    print("no event loop runs" in str(error))

# Prints:
# True
# all at a time: True
# timed out
# True
