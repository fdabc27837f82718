# SPDX-License-Identifier: MIT
"""Imports copies of the shared types in the order given, and lets them meet.

    meet.py MODULE ...

MODULE: first and second, which are vendored.c, and baton, the package. Prints
who made the types. Anything that is not shared is an AssertionError.
"""

import asyncio
import gc
import importlib
import itertools
import sys
import weakref

PANIC, KEY, CANCELLED = 0x80000005, 10, 0x80000002


def kinds_of(module):
    if module.__name__ == "baton":
        types = module.coroutine, module.generator, module.async_generator
        return (*types, module.PanicException)
    return module.types()


async def answer(value):
    await asyncio.sleep(0)
    return value


async def numbers(limit):
    for number in range(limit):
        await asyncio.sleep(0)
        yield number


def chain(links, awaitable):
    for link in links:
        awaitable = link(awaitable)
    return awaitable


async def raised(awaitable):
    try:
        await awaitable
    except BaseException as error:
        return error


async def check_results(authors):
    """Every mix of faces and native links, through all copies and back."""
    links = [link for a in authors for link in (a.coroutine, a.native)]
    for length in (1, 2, 3):
        for mix in itertools.product(links, repeat=length):
            value = object()
            assert await chain(mix, answer(value)) is value
    assert await chain(links * 100, answer("deep")) == "deep"


async def check_errors(authors, types):
    for author, other in itertools.product(authors, repeat=2):
        error = await raised(other.coroutine(author.fail(KEY)))
        assert type(error) is KeyError, repr(error)
        assert f"from {author.__name__}" in str(error), repr(error)
        error = await raised(other.native(author.fail(PANIC)))
        assert type(error) is types[3], repr(error)
        assert str(error) == f"from {author.__name__}", repr(error)
        error = await raised(other.coroutine(author.fail(CANCELLED)))
        assert type(error) is asyncio.CancelledError, repr(error)

        async def fails(error):
            await asyncio.sleep(0)
            raise error

        mine = LookupError("mine")
        assert await raised(other.native(author.coroutine(fails(mine)))) is mine


async def check_async_generators(authors):
    makers = [author.async_generator for author in authors]
    items = chain(makers * 3, numbers(5))
    assert [item async for item in items] == [0, 1, 2, 3, 4]
    items = chain(makers, numbers(5))
    assert await anext(items) == 0
    await items.aclose()
    assert await anext(items, None) is None


def check_generators(authors):
    def echo():
        got = yield "ready"
        while got != "stop":
            got = yield got
        return "done"

    items = chain([author.generator for author in authors] * 2, echo())
    assert next(items) == "ready" and items.send(7) == 7
    try:
        items.send("stop")
    except StopIteration as stop:
        assert stop.value == "done"
    else:
        raise AssertionError("not stopped")


async def check_cancel(authors):
    cleaned = []

    async def sleeps():
        try:
            await asyncio.sleep(60)
        finally:
            cleaned.append(True)

    links = [link for a in authors for link in (a.native, a.coroutine)]
    task = asyncio.ensure_future(chain(links, sleeps()))
    await asyncio.sleep(0.001)
    task.cancel()
    assert type(await raised(task)) is asyncio.CancelledError
    assert cleaned == [True]


def check_collection(authors):
    """A cycle through the frames of both copies is garbage once it is lost."""

    class Holder:
        def __await__(self):
            yield self.what

    holder = Holder()
    holder.what = chain([a.coroutine for a in authors] * 2, holder)
    holder.what.send(None)
    lost = weakref.ref(holder)
    del holder
    gc.collect()
    assert lost() is None, "leaked"


async def check(authors, types):
    await check_results(authors)
    await check_errors(authors, types)
    await check_async_generators(authors)
    await check_cancel(authors)


def main(names):
    modules = [importlib.import_module(name) for name in names]
    types = kinds_of(modules[0])
    for module in modules:
        assert kinds_of(module) == types, f"{module.__name__} has other types"
    authors = [module for module in modules if hasattr(module, "about")]
    versions = {author.about()[0] for author in authors}
    assert len(versions) == len(authors), versions
    providers = {author.about()[1] for author in authors}
    assert len(providers) <= 1, providers
    if authors:
        made = [author.coroutine(None) for author in authors]
        assert {type(one) for one in made} == {types[0]}
        for one in made:
            one.close()
        asyncio.run(check(authors, types))
        check_generators(authors)
        check_collection(authors)
    print(*providers)


main(sys.argv[1:])
