# SPDX-License-Identifier: MIT
"""The functions of tests/python/ext/relay.c, made by Cython: relays that pass
everything on. With `native` the inner ones are delegated to."""
from baton cimport delegate, shared


@shared
async def relay(target):
    return await target


@shared
async def flat_relay(target):
    return await delegate(target)


@shared
def generator_relay(target):
    return (yield from target)


@shared
async def forward(target):
    step = target.asend(None)
    while True:
        try:
            item = await step
        except StopAsyncIteration:
            return
        step = None
        try:
            sent = yield item
        except BaseException as error:
            step = target.athrow(error)
        else:
            step = target.asend(sent)


def chain(make, target, depth, name, qualname):
    if depth < 1:
        raise ValueError("depth must be 1 or more")
    for _ in range(depth):
        target = make(target)
        target.__name__ = target.__qualname__ = "relay"
    if name is not None:
        target.__name__ = name
    if qualname is not None:
        target.__qualname__ = qualname
    return target


def coroutine(target, int depth=1, bint native=0, name=None, qualname=None,
              bint quiet=0):
    make = flat_relay if native else relay
    return chain(make, target, depth, name, qualname)


def generator(target, int depth=1, bint native=0, name=None, qualname=None,
              bint quiet=0):
    return chain(generator_relay, target, depth, name, qualname)


def async_generator(target, int depth=1, bint native=0, name=None, qualname=None,
                    bint quiet=0):
    return chain(forward, target, depth, name, qualname)
