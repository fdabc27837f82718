# SPDX-License-Identifier: MIT
"""Nothing is left of many lives: references, blocks and memory."""

import gc
import sys

from baton_check.bodies import awaits, fails, ready, suspend
from baton_check.registry import Group, Skip

check = Group(
    "leaks", "core", "Objects/genobject.c:gen_dealloc", shapes="relay generator"
)
WARM, ROUNDS, SLACK, WINDOWS = 20, 100, 90, 4
# For memory that Python does not count: a window has so many lives, and grows by
# more than so many bytes, if each life leaves some dozens.
LIVES, GROWN = 4000, 128 << 10


def grows(life, times=WINDOWS):
    """Whether lives leave blocks, about one for each, in every window: what is
    made once is not a leak.
    """
    for _ in range(WARM):
        life()
    return all(left(life) > SLACK for _ in range(times))


def left(life):
    """The blocks that many lives leave."""
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(ROUNDS):
        life()
    gc.collect()
    return sys.getallocatedblocks() - before


def ignored(call, *arguments):
    try:
        call(*arguments)
    except BaseException:
        pass


def never_begun(make):
    made = make()
    if hasattr(made, "close"):
        made.close()


def completed(make):
    made = make(suspend())
    made.send(None)
    ignored(made.send, 1)


def failed(make):
    ignored(make(fails(ValueError("v"))).send, None)


def thrown(make):
    made = make(suspend())
    made.send(None)
    ignored(made.throw, ValueError("v"))


def thrown_before_the_start(make):
    ignored(make(suspend()).throw, ValueError("v"))


def closed(make):
    made = make(suspend())
    made.send(None)
    made.close()


def dropped(make):
    make(suspend()).send(None)


def misused(make):
    made = make(suspend())
    ignored(made.send, 5)
    ignored(made.throw)
    made.send(None)
    ignored(made.send, 1)
    ignored(made.send, 1)
    ignored(made.throw, ValueError("v"))
    made.close()


def awaited(make):
    outer = awaits(make(suspend()))
    outer.send(None)
    ignored(outer.send, 1)
    ignored(make(suspend()).__await__().__next__)


def renamed(make):
    made = make(suspend())
    made.__name__ = "name" * 3
    made.__qualname__ = "qualname" * 3
    made.close()


def each(function, shapes):
    def experiment(make, log):
        log.leak("blocks", grows(lambda: function(make)))

    text = function.__name__.replace("_", " ")
    experiment.__doc__ = f"Nothing is left of lives of this kind: {text}"
    check.add(function.__name__, experiment, shapes=shapes)


for life in (completed, failed, thrown, thrown_before_the_start, closed, dropped):
    each(life, "relay generator")
each(never_begun, "relay generator opaque")
each(misused, "relay generator")
each(awaited, "relay")
each(renamed, "relay generator")


@check()
def references(make, log):
    """No life changes the count of references of what goes through"""
    value, error = object(), ValueError("v")
    for label, life in {
        "result": lambda: ignored(make(ready(value)).send, None),
        "yielded": lambda: make(suspend(value)).send(None),
        "raised": lambda: ignored(make(fails(error)).send, None),
        "thrown": lambda: ignored(make(ready()).throw, error),
    }.items():
        counts = []
        for _ in range(2):
            for _ in range(20):
                life()
                error.__traceback__ = None
            gc.collect()
            counts.append([sys.getrefcount(one) for one in (value, error)])
        log.leak(label, counts[0] != counts[1])


def resident():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096
    except OSError:
        raise Skip("there is no /proc to read the memory from") from None


@check(shapes="relay")
def memory(make, log):
    """The memory of the process does not grow with the number of lives"""
    took = []
    for _ in range(WINDOWS + 1):
        before = resident()
        for _ in range(LIVES):
            completed(make)
        took.append(resident() - before)
    log.leak("memory", min(took[1:]) > GROWN)


@check("Objects/genobject.c:async_gen_dealloc", shapes="produce")
def async_generators(make, log):
    """Nothing is left of async generators that end, are closed or dropped"""

    def life():
        made = make([ready(1), ready(2)])
        for _ in range(3):
            ignored(made.asend(None).send, None)
        made = make([ready(1)])
        ignored(made.asend(None).send, None)
        ignored(made.aclose().send, None)
        made = make([ready(1)])
        ignored(made.asend(None).send, None)
        ignored(made.athrow(ValueError("v")).send, None)

    log.leak("blocks", grows(life))


@check("Modules/_asynciomodule.c:task_step_impl", shapes="relay")
def tasks(make, log):
    """Nothing is left of tasks that end, fail and are cancelled"""
    import asyncio

    async def one():
        await asyncio.gather(
            asyncio.ensure_future(make(asyncio.sleep(0))),
            asyncio.ensure_future(make(fails(ValueError("v")))),
            return_exceptions=True,
        )
        task = asyncio.ensure_future(make(suspend(None)))
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            pass

    loop = asyncio.new_event_loop()
    try:
        log.leak("blocks", grows(lambda: loop.run_until_complete(one())))
    finally:
        loop.close()
