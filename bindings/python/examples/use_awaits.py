# SPDX-License-Identifier: MIT
import asyncio

from awaits import either


async def lookup(place, answer):
    await asyncio.sleep(0.001)
    print("asked", place)
    return answer


async def main():
    print(await either(lookup("cache", None), lookup("disk", "found")))
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(future.set_result, "set")
    print(await either(either(asyncio.sleep(0), future), future))


asyncio.run(main())

# Prints:
# asked cache
# asked disk
# found
# set
