# SPDX-License-Identifier: MIT
import asyncio

from cleanup import scope


class Step:
    def __init__(self, name, seconds=0.0):
        self.name, self.seconds = name, seconds

    def __await__(self):
        yield from asyncio.sleep(self.seconds).__await__()
        print(self.name)
        return self.name


async def main():
    end = Step("commit"), Step("roll back")
    print("returns", await scope(Step("work"), *end))

    task = asyncio.create_task(scope(Step("work", 60), *end))
    await asyncio.sleep(0.01)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("is cancelled")


asyncio.run(main())

# Prints:
# work
# commit
# returns work
# roll back
# is cancelled
