# SPDX-License-Identifier: MIT
"""Async generators that are wrong: bodies, methods, steps, hooks."""

import contextvars
import sys

from subjects import faithful, good
from subjects.faithful import AsyncGenerator
from subjects.table import bad

KEPT = []


@bad("produce")
async def other_items(awaitables):
    """Yields something else."""
    for awaitable in awaitables:
        yield [await awaitable]


@bad("produce")
async def unpacks(awaitables):
    """A tuple becomes its first element, an exception is raised."""
    for awaitable in awaitables:
        item = await awaitable
        if isinstance(item, BaseException):
            raise item
        yield item[0] if type(item) is tuple and item else item


@bad("produce")
async def numbers_only(awaitables):
    """None and classes become 0."""
    for awaitable in awaitables:
        item = await awaitable
        yield 0 if item is None or isinstance(item, type) else item


@bad("produce")
async def copies(awaitables):
    """Items are copies."""
    for awaitable in awaitables:
        item = await awaitable
        yield item + 0 if type(item) is int else item


@bad("produce")
async def all_at_once(awaitables):
    """Takes all awaitables before the first item."""
    for awaitable in list(awaitables):
        yield await awaitable


@bad("produce")
async def ends_late(awaitables):
    """Has one item more."""
    for awaitable in awaitables:
        yield await awaitable
    yield None


@bad("produce")
async def swallows(awaitables):
    """Errors become items."""
    for awaitable in awaitables:
        try:
            yield await awaitable
        except Exception as error:
            yield error


@bad("produce")
async def goes_on(awaitables):
    """What is thrown at an item is ignored."""
    for awaitable in awaitables:
        item = await awaitable
        try:
            yield item
        except BaseException:
            yield "ignored"


@bad("produce")
async def other_errors(awaitables):
    """Errors become other errors."""
    try:
        for awaitable in awaitables:
            yield await awaitable
    except (Exception, GeneratorExit) as error:
        raise RuntimeError("failed") from error


@bad("produce")
async def keeps(awaitables):
    """Lets go of nothing."""
    iterator = iter(awaitables)
    KEPT.append(iterator)
    for awaitable in iterator:
        item = await awaitable
        KEPT.append([item])
        yield item


@bad("produce")
async def keeps_awaitables(awaitables):
    """Lets go of nothing that it has awaited."""
    for awaitable in awaitables:
        KEPT.append(awaitable)
        yield await awaitable


@bad("produce")
async def own_context(awaitables):
    """Awaits in a context of its own."""
    context = contextvars.copy_context()

    class Inside:
        def __init__(self, awaitable):
            self.inner = awaitable.__await__()

        def __await__(self):
            return self

        def __next__(self):
            return context.run(next, self.inner)

    for awaitable in awaitables:
        yield await Inside(awaitable)


@bad("produce")
async def ignores_cancel(awaitables):
    """Cancellation ends it as if nothing was."""
    for awaitable in awaitables:
        try:
            item = await awaitable
        except Exception:
            raise
        except BaseException:
            item = "cancelled"
        yield item


def early(awaitables):
    """Asks for the awaitables when it is made."""
    return good.produce(list(awaitables))


bad("produce")(early)


def wrong(cls):
    return bad("produce")(faithful.async_generators(cls), cls)


class Step:
    """A step that may be wrong."""

    def __init__(self, inner):
        self.inner = inner

    def __iter__(self):
        return self

    __await__ = __iter__

    def __next__(self):
        return next(self.inner)

    def send(self, value):
        return self.inner.send(value)

    def throw(self, *arguments):
        return self.inner.throw(*arguments)

    def close(self):
        return self.inner.close()


def stepping(name, why, **members):
    """An async generator with steps that have other members."""
    step = type(name, (Step,), members)

    def method(way):
        return lambda self, *given: step(getattr(self.inner, way)(*given))

    ways = ("asend", "athrow", "aclose", "__anext__")
    body = {way: method(way) for way in ways}
    body |= {"__slots__": (), "__doc__": why, "__module__": __name__}
    return wrong(type(name, (AsyncGenerator,), body))


def quietly(call, *given):
    try:
        return call(*given)
    except RuntimeError:
        return None


not_awaitable = stepping("not_awaitable", "Steps cannot be awaited.", __await__=None)
not_iterators = stepping("not_iterators", "Steps are no iterators.", __iter__=None)
reusable = stepping(
    "reusable",
    "A step that was used gives None.",
    send=lambda self, value: quietly(self.inner.send, value),
    throw=lambda self, *given: quietly(self.inner.throw, *given),
)
no_first_value = stepping(
    "no_first_value",
    "Steps take no value.",
    send=lambda self, value: self.inner.send(None),
)
step_throws_itself = stepping(
    "step_throws_itself",
    "What is thrown into a step stays there.",
    throw=lambda self, error, *_: exec("raise error", {"error": error}),
)
step_not_closed = stepping(
    "step_not_closed", "A step is not closed.", close=lambda self: None
)
step_always_fails = stepping(
    "step_always_fails",
    "A step that was closed is an error.",
    close=lambda self: exec("raise RuntimeError('closed')"),
)


def method(name, why, **members):
    body = {"__slots__": (), "__doc__": why, "__module__": __name__, **members}
    return wrong(type(name, (AsyncGenerator,), body))


def without_hooks(way):
    def call(self, *given):
        hooks = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(None, None)
        try:
            return getattr(self.inner, way)(*given)
        finally:
            sys.set_asyncgen_hooks(*hooks)

    return call


async def ended():
    raise StopAsyncIteration


async def nothing():
    pass


WAYS = ("asend", "athrow", "aclose", "__anext__")
no_hooks = method(
    "no_hooks", "Calls no hooks.", **{way: without_hooks(way) for way in WAYS}
)
closes_nothing = method(
    "closes_nothing", "Its aclose does nothing.", aclose=lambda self: nothing()
)
throws_nothing = method(
    "throws_nothing",
    "Its athrow does nothing.",
    athrow=lambda self, *_: nothing(),
)
ends_at_once = method(
    "ends_at_once",
    "Has no items.",
    asend=lambda self, _: ended(),
    __anext__=lambda self: ended(),
)
other_iterator = method(
    "other_iterator", "Is not its own iterator.", __aiter__=lambda self: self.inner
)
is_awaitable = method(
    "is_awaitable", "Can be awaited.", __await__=lambda self: iter(())
)
other_repr = method("other_repr", "Has another repr.", __repr__=lambda self: "it")
missing = method(
    "missing",
    "Has none of the attributes.",
    **{
        name: property(lambda self: exec("raise AttributeError"))
        for name in dir(AsyncGenerator)
        if name.startswith("ag_")
    },
)
telling = method(
    "telling",
    "Tells nothing.",
    **{
        name: property(lambda self: None)
        for name in dir(AsyncGenerator)
        if name.startswith("ag_")
    },
)
last_anext = method(
    "last_anext", "Its __anext__ ends it.", __anext__=lambda self: ended()
)


@wrong
class settable(AsyncGenerator):
    """What tells its state can be set."""

    __slots__ = ()

    def __setattr__(self, name, value):
        if not name.startswith("ag_"):
            super().__setattr__(name, value)


@wrong
class named_once(AsyncGenerator):
    """Its names stay as they are."""

    __slots__ = ()

    def __setattr__(self, name, value):
        if name not in ("__name__", "__qualname__"):
            super().__setattr__(name, value)


@wrong
class calls_hooks_when_made(AsyncGenerator):
    """Is dropped with a hook that is called always."""

    __slots__ = ()

    def __del__(self):
        first, last = sys.get_asyncgen_hooks()
        if last is not None:
            last(self.inner)


@wrong
class keeps_itself(AsyncGenerator):
    """Is never let go of."""

    __slots__ = ()

    def __del__(self):
        KEPT.append(self.inner)
