# SPDX-License-Identifier: MIT
import asyncio
import traceback

from errors import fail, fallback


async def look_up(table, key):
    await asyncio.sleep(0)
    return table[key]


async def main():
    for argument in (None, "bread", [], 1):
        try:
            print(await fail(argument))
        except Exception as error:
            print(f"{type(error).__name__}: {error}")
    print(await fallback(look_up({}, "x"), "none"))
    try:
        await fallback(look_up([], 0), "none")
    except IndexError as error:
        entries = traceback.extract_tb(error.__traceback__)
        print(" > ".join(entry.name for entry in entries))


asyncio.run(main())

# Prints:
# ValueError: 0 is too few
# LookupError: no bread here
# TypeError: bad operand type for unary -: 'list'
# None
# none
# main > fallback > look_up
