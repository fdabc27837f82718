# SPDX-License-Identifier: MIT
"""`await`, what `__await__` gives, and what may be awaited."""

import types

from baton_check.behaviours.send import ended
from baton_check.bodies import (
    Recorder,
    awaits,
    catches,
    echo,
    fails,
    ready,
    returns_on_close,
    suspend,
)
from baton_check.registry import Group
from baton_check.steps import next_step, send_step

check = Group("awaiting", "core", "Objects/genobject.c:coro_await")
GET = "Python/ceval.c:_PyEval_GetAwaitable"
WRAPPER = "Objects/genobject.c:coro_wrapper_send"


@check()
def is_lazy(make, log):
    """__await__ starts nothing"""
    iterator = make(Recorder(log)).__await__()
    log("made")
    log.do("first", next, iterator)
    iterator.close()


@check()
def gives_an_iterator(make, log):
    """__await__ gives an iterator whose iterator is itself"""
    iterator = make().__await__()
    log("iter", iter(iterator) is iterator)
    for name in ("__next__", "send", "throw", "close"):
        log(name, hasattr(iterator, name))
    iterator.close()


@check()
def is_no_iterator(make, log):
    """It is not an iterator itself, nor iterable"""
    made = make()
    log.do("next", next, made)
    log.do("iter", iter, made)
    made.close()


@check(WRAPPER)
def iterator_sends(make, log):
    """send() of the iterator is that of the coroutine"""
    iterator = make(echo(2)).__await__()
    log.do("too early", iterator.send, 5)
    log.do("first", iterator.send, None)
    log.do("second", iterator.send, "a")
    log.do("end", iterator.send, "b")
    log.do("after", iterator.send, None)


@check(WRAPPER)
def iterator_throws(make, log):
    """throw() of the iterator is that of the coroutine"""
    iterator = make(catches(log)).__await__()
    next(iterator)
    log.do("caught", iterator.throw, ValueError("v"))
    log.do("class", iterator.throw, KeyError)
    log.do("bad", iterator.throw, 42)


@check(WRAPPER)
def iterator_closes(make, log):
    """close() of the iterator is that of the coroutine"""
    iterator = make(returns_on_close(7)).__await__()
    next(iterator)
    log.do("close", iterator.close)
    log.do("again", iterator.close)
    log.do("next", next, iterator)


@check(WRAPPER)
def used_up_iterator(make, log):
    """An iterator that has ended says that it cannot be reused"""
    iterator = make(ready(1)).__await__()
    log.do("end", next, iterator)
    log.do("next", next, iterator)
    log.do("send", iterator.send, None)
    log.do("throw", iterator.throw, ValueError("v"))


@check()
def two_iterators(make, log):
    """Two iterators drive the same coroutine"""
    made = make(echo(2))
    first, second = made.__await__(), made.__await__()
    log.do("first", first.send, None)
    log.do("second", second.send, "a")
    log.do("itself", made.send, "b")
    log.do("first", first.send, None)


@check()
def after_the_end(make, log):
    """__await__ may be called after the end; its first step is refused"""
    made = ended(make)
    iterator = made.__await__()
    log.do("next", next, iterator)


@check(GET)
def awaited_again(make, log):
    """Awaiting what has ended is a RuntimeError"""
    made = make(ready(1))
    log.do("first", awaits(made).send, None)
    log.do("second", awaits(made).send, None)


@check(GET, shapes="relay opaque")
def awaited_after_close(make, log):
    """Awaiting what was closed is a RuntimeError"""
    made = make()
    made.close()
    log.do("await", awaits(made).send, None)


@check(GET)
def awaited_by_two(make, log):
    """A second await of what is being awaited is a RuntimeError"""
    made = make()
    first = awaits(made)
    log.do("first", first.send, None)
    log.do("second", awaits(made).send, None)
    log.do("first again", first.send, "result")


@check(GET)
def awaited_after_a_send(make, log):
    """Awaiting what was begun by send is a RuntimeError"""
    made = make()
    made.send(None)
    log.do("await", awaits(made).send, None)
    log.do("send", made.send, 1)


@check(GET)
def in_turn(make, log):
    """One after the other in one coroutine"""

    async def body():
        got = []
        for number in range(3):
            got.append(await make(suspend(number)))
        return got

    made = body()
    for number in range(4):
        log.do(f"step {number}", made.send, number or None)


@check()
def wraps_natives(make, log):
    """The interpreter's coroutines above, below and between"""
    made = awaits(make(awaits(make(awaits(echo(2))))))
    log.do("first", made.send, None)
    log.do("second", made.send, "a")
    log.do("end", made.send, "b")


@check()
def throws_through_natives(make, log):
    """An error that is thrown reaches the innermost and comes back"""
    made = awaits(make(awaits(make(catches(log)))))
    made.send(None)
    log.do("caught", made.throw, ValueError("v"))
    log.do("sent", made.send, "value")
    log.do("result", made.send, "stop")


@check("Objects/abstract.c:PyIter_Send")
def steps_of_c(make, log):
    """Steps by PyIter_Send and by tp_iternext may be mixed"""
    iterator = make(echo(3)).__await__()
    log("next", *next_step(iterator))
    log("send", *send_step(iterator, "a"))
    log("next", *next_step(iterator))
    log("send", *send_step(iterator, "b"))
    log("next", *next_step(iterator))


@check("Objects/abstract.c:PyIter_Send")
def c_step_after_the_end(make, log):
    """PyIter_Send refuses what has ended, and a value before the start"""
    made = make(ready(1))
    log("value", *send_step(made, 5))
    log("end", *send_step(made, None))
    log("after", *send_step(made, None))


@check("Objects/genobject.c:_PyGen_yf")
def yield_from_a_plain_generator(make, log):
    """A plain generator cannot delegate to it"""

    def plain(made):
        yield from made

    made = make()
    try:
        next(plain(made))
    except TypeError:
        log("TypeError")
    made.close()


@check()
def yield_from_what_await_gives(make, log):
    """A generator may delegate to what __await__ gives"""

    @types.coroutine
    def flagged(made):
        return (yield from made.__await__())

    made = flagged(make(suspend("s")))
    log.do("first", made.send, None)
    log.do("end", made.send, 7)


@check(GET)
def from_an_objects_await(make, log):
    """An object whose __await__ gives its iterator can be awaited"""

    class Wraps:
        def __await__(self):
            return make(suspend("s")).__await__()

    made = awaits(Wraps())
    log.do("first", made.send, None)
    log.do("end", made.send, 7)


@check("Python/bytecodes.c:BEFORE_ASYNC_WITH")
def enters_and_leaves(make, log):
    """Serves as __aenter__ and __aexit__"""

    class Manager:
        def __aenter__(self):
            return make(suspend("enter"))

        def __aexit__(self, *args):
            log("leaving with", args[1])
            return make(suspend("leave"))

    async def body():
        async with Manager() as entered:
            log("entered", entered)
            raise ValueError("v")
        return "suppressed"

    made = body()
    log.do("enter", made.send, None)
    log.do("leave", made.send, "E")
    log.do("end", made.send, True)


class Numbers:
    """An async iterator whose __anext__ gives the subject's."""

    def __init__(self, make, *items):
        self.make = make
        self.items = list(items)

    def __aiter__(self):
        return self

    def __anext__(self):
        if not self.items:
            return self.make(fails(StopAsyncIteration()))
        return self.make(suspend(self.items.pop(0)))


@check("Python/bytecodes.c:GET_ANEXT")
def iterates(make, log):
    """Serves as __anext__"""

    async def body():
        return [item async for item in Numbers(make, 1, 2)]

    made = body()
    log.do("first", made.send, None)
    log.do("second", made.send, "a")
    log.do("end", made.send, "b")


@check("Objects/iterobject.c:anextawaitable_iternext")
def anext_with_a_default(make, log):
    """anext() with a default asks for the iterator at each step"""
    made = awaits(anext(Numbers(make, 1), "default"))
    log.do("first", made.send, None)
    log.do("end", made.send, "value")
    made = awaits(anext(Numbers(make), "default"))
    log.do("default", made.send, None)


@check("Objects/object.c:PyObject_SelfIter", shapes="generator")
def iterator_of_a_generator(make, log):
    """A generator is its own iterator, and its values come by next"""
    made = make(iter([1, 2]))
    log("iter", iter(made) is made)
    log("items", *made)
    log.do("after", next, made)


@check("Objects/genobject.c:gen_iternext", shapes="generator")
def generator_in_a_for_loop(make, log):
    """A for loop gets its items, and not its result"""

    def body():
        yield 1
        return "result"

    log("items", list(make(body())))


@check(GET, shapes="generator")
def generator_is_not_awaitable(make, log):
    """A plain generator cannot be awaited"""
    log.do("await", awaits(make(iter([1]))).send, None)
