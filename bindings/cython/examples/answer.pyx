# SPDX-License-Identifier: MIT
# [answer]
from baton cimport shared


@shared
async def answer():
    return 42
# [/answer]


# [calls]
async def twice(awaitable):  # for this module's own use: stays Cython's
    return 2 * await awaitable


@shared
async def doubled(awaitable):
    return await twice(awaitable)


@shared
async def numbers(count):
    for number in range(count):
        yield number
# [/calls]


# [delegate]
from baton cimport delegate


@shared
async def logged(awaitable, log):
    result = await delegate(awaitable)  # the loop resumes what is below, not this
    log(result)
    return result
# [/delegate]
