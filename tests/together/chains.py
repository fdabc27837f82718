# SPDX-License-Identifier: MIT
"""Chains through all members, in a process that has imported them in some order.

Whatever is not as with Python's own coroutines alone is an AssertionError.
"""

import asyncio
import gc
import importlib
import itertools
import pathlib
import traceback
import types
import weakref

# The members from the outermost to the innermost, and their links: a function
# that awaits its argument, and where its frame is in a traceback.
LINKS = {
    "rust_one": {"relay": "awaiting.rs relay"},
    "chain_there": {"relay": "chain_there.pyx relay"},
    "first": {"coroutine": "vendored.c coroutine_link"},
    "rust_two": {"relay": "lib.rs relay"},
    "chain_here": {"flat": "chain_here.pyx flat"},
    "second": {"native": "vendored.c coroutine_link"},
    "plus": {"relay": "plus.cc relay"},
}
OTHERS = {
    "rust_one": {"relay_detached": "awaiting.rs relay_detached"},
    "chain_there": {"flat": "chain_there.pyx flat"},
    "first": {"native": "vendored.c coroutine_link"},
    "chain_here": {"relay": "chain_here.pyx relay"},
    "second": {"coroutine": "vendored.c coroutine_link"},
}
STREAMS = {
    "first": "async_generator",
    "chain_here": "items",
    "second": "async_generator",
    "chain_there": "items",
    "plus": "items",
}
PANIC = 0x80000005  # of BATON_ERROR_PANIC
member = importlib.import_module


def links(table=LINKS):
    """The links of a table: each a function, and its line of a traceback."""
    for name, functions in table.items():
        for function, line in functions.items():
            yield getattr(member(name), function), line


def streams():
    return [getattr(member(name), made) for name, made in STREAMS.items()]


def chain(functions, awaitable):
    """The first of the functions is the outermost."""
    for function in reversed(functions):
        awaitable = function(awaitable)
    return awaitable


def rotations(whole):
    for some in whole, whole[::-1]:
        for at in range(len(some)):
            yield some[at:] + some[:at]


def python(links):
    """The same links with a Python coroutine inside each."""

    async def here(awaitable):
        return await awaitable

    return [one for link in links for one in (link, here)]


async def result(value):
    await asyncio.sleep(0)
    return value


async def failing(error):
    await asyncio.sleep(0)
    raise error


async def numbers(limit, closed):
    try:
        for number in range(limit):
            await asyncio.sleep(0)
            yield number
    finally:
        closed.put_nowait(limit)


async def outcome(awaitable):
    """What an awaitable fails with, caught by Python code around it."""
    try:
        await awaitable
    except BaseException as error:
        return error
    raise AssertionError("no error")


def raised(function, *arguments):
    try:
        function(*arguments)
    except BaseException as error:
        return error
    raise AssertionError("no error")


def frames(error):
    """The frames of a traceback: file and function."""
    told = traceback.extract_tb(error.__traceback__)
    return [f"{pathlib.Path(one.filename).name} {one.name}" for one in told]


# ---- Topics ------------------------------------------------------------------


def shared_types():
    """All makers, whatever their language, make objects of one type of a kind."""
    made = [link(None) for link, _ in [*links(), *links(OTHERS)]]
    coroutines = {type(one) for one in made}
    generators = {type(member(name).generator(None)) for name in ("first", "second")}
    generators.add(type(member("plus").count(1)))
    asynchronous = {type(make(())) for make in streams()}
    for one in made:
        one.close()
    panics = [member(name).panics("p") for name in ("rust_one", "rust_two", "plus")]
    panics += [member(name).fail(PANIC) for name in ("first", "second")]
    classes = {type(raised(one.send, None)) for one in panics}
    found = [coroutines, generators, asynchronous, classes]
    names = ["coroutine", "generator", "async_generator", "PanicException"]
    assert [[kind.__name__ for kind in some] for some in found] == [[n] for n in names]
    # Nobody has made another one. Python's own look alike; some of Cython's have
    # that module and name too, but no frame to show.
    every = object.__subclasses__() + BaseException.__subclasses__()
    native = types.CoroutineType, types.GeneratorType, types.AsyncGeneratorType
    every = {one for one in every if one.__module__ in ("builtins", "baton")}
    marks = "cr_frame", "gi_frame", "ag_frame", "__traceback__"
    for (kind,), name, mark in zip(found, names, marks, strict=True):
        assert getattr(member("baton"), name) is kind, name
        same = {one for one in every if one.__name__ == name and hasattr(one, mark)}
        assert same - {*native} == {kind}, same
    for name in ("first", "second"):
        assert member(name).types() == tuple(kind for (kind,) in found)


async def results():
    """Every order of the seven, and both links of a member in every pair."""
    functions = [link for link, _ in links()]
    for order in itertools.permutations(functions):
        value = object()
        assert await chain(order, result(value)) is value
    for order in rotations(functions):
        assert await chain(python(order), result("back")) == "back"
    every = [link for link, _ in [*links(), *links(OTHERS)]]
    for pair in itertools.product(every, repeat=2):
        assert await chain(pair, result(pair)) is pair


async def errors():
    """The very exception comes out, and names each frame once, in order."""
    for order in itertools.permutations(links()):
        error = LookupError("mine")
        caught = await outcome(chain([link for link, _ in order], failing(error)))
        assert caught is error and error.args == ("mine",)
        assert error.__cause__ is None and error.__context__ is None
        ours = ["chains.py outcome", *(line for _, line in order), "chains.py failing"]
        assert frames(error) == ours, (frames(error), ours)
    others = [link for link, _ in links(OTHERS)]
    told = [line for _, line in links(OTHERS)]
    error = await outcome(chain(others, failing(OSError(2, "gone"))))
    assert type(error) is FileNotFoundError and error.args == (2, "gone")
    ours = ["chains.py outcome", *told, "chains.py failing"]
    assert frames(error) == ours, (frames(error), ours)


async def cancellation():
    """Each cleanup runs once, the innermost first, in the cancelled task."""

    def noted(number, log):
        async def here(awaitable):
            try:
                return await awaitable
            finally:
                await asyncio.sleep(0)
                log.append(number)

        return here

    async def waits(begun):
        begun.set()
        await asyncio.Event().wait()

    for order in rotations([link for link, _ in links()]):
        log, begun = [], asyncio.Event()
        between = [[link, noted(at, log)] for at, link in enumerate(order)]
        functions = [one for some in between for one in some]
        inner = member("rust_one").guarded(log, chain(functions, waits(begun)))
        task = asyncio.ensure_future(outcome(chain(order, inner)))
        await begun.wait()
        task.cancel("why")
        error = await task
        assert type(error) is asyncio.CancelledError, repr(error)
        assert error.args == ("why",), error.args
        assert log == [6, 5, 4, 3, 2, 1, 0, "dropped"], log


def by_hand():
    """send, throw and close reach the innermost through all."""

    @types.coroutine
    def echo(log):
        try:
            got = yield "ready"
            while True:
                try:
                    got = yield got
                except LookupError as error:
                    got = error
        finally:
            log.append("closed")

    for order in rotations([link for link, _ in [*links(), *links(OTHERS)]]):
        log = []
        made, error = chain(order, echo(log)), KeyError("in")
        assert made.send(None) == "ready"
        assert made.send(7) == 7 and made.throw(error) is error
        assert log == []
        left = ValueError("out")
        assert raised(made.throw, left) is left and log == ["closed"]
        told = raised(made.send, None)
        assert str(told) == "cannot reuse already awaited coroutine", repr(told)
        made = chain(order, echo(log))
        made.send(None)
        made.close()
        made.close()
        assert log == ["closed"] * 2


async def panics():
    """One class of panics, whoever panics; those of Python's stay themselves."""
    kind = member("baton").PanicException
    one, two, plus = map(member, ("rust_one", "rust_two", "plus"))
    for order in rotations([link for link, _ in links()]):
        for last in two.panics("p"), plus.panics("p"), one.panics_after(result(1), "p"):
            error = await outcome(chain(python(order), last))
            assert type(error) is kind and error.args == ("p",), repr(error)
        mine = kind("mine")
        assert await outcome(chain(order, failing(mine))) is mine
        assert frames(mine)[-1] == "chains.py failing"


async def streaming():
    """Async generators through async generators; Rust collects them, too."""
    collect, closed = member("rust_one").collect, asyncio.Queue()

    async def fails(error):
        yield 1
        raise error

    for order in itertools.permutations(streams()):
        made = chain(order, numbers(4, closed))
        assert [item async for item in made] == [0, 1, 2, 3]
        assert await collect(chain(order, numbers(3, closed))) == [0, 1, 2]
        assert [closed.get_nowait(), closed.get_nowait()] == [4, 3]
        error = LookupError("mine")
        made = chain(order, fails(error))
        assert await anext(made) == 1
        assert await outcome(anext(made)) is error
        made = chain(order, numbers(2, closed))
        assert await anext(made) == 0
        await made.aclose()
        assert await anext(made, None) is None
        del made  # who has lost its consumer is closed by the loop, one by one
        assert await closed.get() == 2 and closed.empty()


async def depth():
    """A hundred rounds of all, and of each language with Python."""
    order = [link for link, _ in links()] * 100
    assert await chain(order, result("deep")) == "deep"
    error = LookupError("deep")
    assert await outcome(chain(order, failing(error))) is error
    assert len(frames(error)) == len(order) + 2
    task = asyncio.ensure_future(chain(order, asyncio.Event().wait()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    assert type(await outcome(task)) is asyncio.CancelledError
    for link, _ in links():
        assert await chain(python([link] * 50), result(link)) is link


def leaks():
    """Nothing of a chain is left, however it ended, or in a cycle."""

    class Suspends:
        inner = None

        def __await__(self):
            return (yield self)

    def use(order, end):
        last = Suspends()
        made = chain(order, last)
        if end == "cycle":
            last.inner = made, last  # nobody else would hold it while that is closed
        assert made.send(None) is last
        if end == "return":
            assert raised(made.send, last).value is last
        if end == "throw":
            assert raised(made.throw, LookupError(last)).args == (last,)
        if end == "close":
            made.close()
        return weakref.ref(last)

    orders = [*rotations([link for link, _ in links()])]
    orders += [python(order) for order in orders]
    one, plus, before = member("rust_one"), member("plus"), None
    for turn in range(3):
        for order, end in itertools.product(
            orders, ("return", "throw", "close", "drop", "cycle")
        ):
            lost = use(order, end)
            if end in ("throw", "cycle"):  # the traceback has the exception
                gc.collect()
            assert lost() is None, (turn, order, end)
        gc.collect()
        after = one.alive(), one.blocks(), plus.blocks()
        assert after[0] == 0 and before in (None, after), (before, after)
        before = after
    baton = member("baton")
    kinds = baton.coroutine, baton.generator, baton.async_generator
    assert [one for one in gc.get_objects() if type(one) in kinds] == []


def run(names, topics):
    """Imports the modules, then calls the functions, each of these by its name."""
    for name in names:
        member(name)
    for topic in topics:
        done = globals()[topic]()
        if done is not None:
            asyncio.run(done)
        print(topic, flush=True)
