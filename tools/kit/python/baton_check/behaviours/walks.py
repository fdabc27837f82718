# SPDX-License-Identifier: MIT
"""Random walks: the same calls in the same order on both sides."""

from random import Random

from baton_check.bodies import awaits, body, finish
from baton_check.registry import Group

check = Group(
    "walks", "core", "Objects/genobject.c:gen_send_ex2", shapes="relay generator"
)
WALKS, STEPS = 60, 12
VALUES = (None, None, None, 1, "text", (1, 2), ValueError)
ERRORS = (
    ValueError,
    KeyError("k"),
    StopIteration(1),
    GeneratorExit,
    StopAsyncIteration,
)


@body
def scripted(random, log):
    """Does at random what a body may do."""
    for number in range(random.randrange(6)):
        try:
            sent = yield number
            log("got", sent)
        except Exception as error:
            log("caught", error)
            if random.random() < 0.3:
                raise
        except GeneratorExit:
            log("closed")
            raise
    if random.random() < 0.2:
        raise OSError("end")
    return random.choice(VALUES)


def step(random, log, made, number):
    label, way = f"step {number}", random.random()
    if way < 0.65:
        value = random.choice(VALUES)
        log.do(f"{label} send {value!r}", made.send, value)
    elif way < 0.9:
        error = random.choice(ERRORS)
        log.do(f"{label} throw {error!r}", made.throw, error)
    else:
        log.do(f"{label} close", made.close)


def walk(make, log, wrap, begun=False):
    for _ in range(WALKS):
        random = Random(make.random.random())
        made = wrap(scripted(Random(make.random.random()), log))
        if begun:  # else what is inside warns that it never was, sooner or later
            log.do("begin", made.send, None)
        for number in range(random.randrange(1, STEPS)):
            step(random, log, made, number)
        log.do("close", made.close)
        log.do("close again", made.close)
        del made


@check()
def of_one(make, log):
    """Random sends, throws and closes of one"""
    walk(make, log, make)


@check()
def of_three(make, log):
    """The same through three"""
    walk(make, log, lambda inner: make(make(make(inner))), begun=True)


@check(shapes="relay")
def between_natives(make, log):
    """The same with the interpreter's coroutines between"""
    walk(make, log, lambda inner: awaits(make(awaits(make(inner)))), begun=True)


@check(shapes="relay")
def by_the_iterator(make, log):
    """The same on what __await__ gives"""
    walk(make, log, lambda inner: make(inner).__await__())


@check("Objects/genobject.c:async_gen_athrow_send", shapes="produce", since=(3, 13))
def of_async_generators(make, log):
    """Random steps of async generators, several at a time"""
    for _ in range(WALKS):
        random = Random(make.random.random())
        seeds = [make.random.random() for _ in range(3)]
        made = make([scripted(Random(seed), log) for seed in seeds])
        pending = []
        for number in range(random.randrange(2, STEPS)):
            if not pending or random.random() < 0.4:
                pending.append(begin(random, made))
            step(random, log, random.choice(pending), number)
        for begun in pending:
            log.do("close", begun.close)
        try:
            finish(made.aclose())
        except BaseException as error:
            log("aclose", error)


def begin(random, made):
    way = random.random()
    if way < 0.6:
        return made.asend(random.choice((None, None, 1)))
    if way < 0.8:
        return made.athrow(random.choice(ERRORS))
    return made.aclose()
