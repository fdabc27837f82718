# SPDX-License-Identifier: MIT
import asyncio
from fractions import Fraction

from arguments import power


async def main():
    print(await power(Fraction(2, 3), 3), await power(2, 100))
    try:
        await power("text", 2)
    except TypeError as error:
        print(error)


asyncio.run(main())

# Prints:
# 8/27 1267650600228229401496703205376
# can't multiply sequence by non-int of type 'str'
