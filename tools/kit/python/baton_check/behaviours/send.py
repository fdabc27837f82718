# SPDX-License-Identifier: MIT
"""send() in every state, and what it calls of what is awaited."""

from baton_check.bodies import Bare, Recorder, echo, fails, ready, suspend
from baton_check.registry import Group

BOTH = "relay generator"
check = Group("send", "core", "Objects/genobject.c:gen_send_ex2", shapes=BOTH)
SEND = "Python/bytecodes.c:SEND"


def ended(make):
    made = make(ready())
    try:
        made.send(None)
    except StopIteration:
        pass
    return made


@check(shapes="relay generator opaque")
def value_before_start(make, log):
    """A value before the start is refused, and it can still begin"""
    made = make()
    log.do("send", made.send, 5)
    log.do("begin", made.send, None)


@check(shapes="relay generator opaque")
def value_before_start_is_no_start(make, log):
    """After a refused value it still counts as not begun"""
    made = make()
    log.do("send", made.send, 5)
    log.do("again", made.send, "x")
    log.do("close", made.close)


@check()
def after_the_end(make, log):
    """After its end it cannot be sent anything"""
    made = ended(make)
    log.do("none", made.send, None)
    log.do("value", made.send, 5)
    log.do("none again", made.send, None)


@check(shapes="opaque")
def after_the_end_of_an_unknown_body(make, log):
    """After its end it cannot be sent anything (any body)"""
    made = make()
    for _ in range(1000):
        try:
            made.send(None)
        except BaseException:
            break
    log.do("none", made.send, None)
    log.do("value", made.send, 5)
    log.do("close", made.close)


@check()
def after_an_error(make, log):
    """After an error it cannot be sent anything"""
    made = make(fails(ValueError("v")))
    log.do("fails", made.send, None)
    log.do("none", made.send, None)
    log.do("value", made.send, 5)


@check(shapes="relay generator opaque")
def after_close(make, log):
    """After close it cannot be sent anything"""
    made = make()
    made.close()
    log.do("none", made.send, None)
    log.do("value", made.send, 5)


@check()
def after_throw(make, log):
    """After an error that was thrown it cannot be sent anything"""
    made = make(suspend())
    made.send(None)
    log.do("throw", made.throw, ValueError("v"))
    log.do("none", made.send, None)
    log.do("value", made.send, 5)


class Inside(Bare):
    """Does something to what awaits it, from inside. It has no throw and no close:
    up to 3.12 the interpreter calls them before it looks at the state.
    """

    def __init__(self, log, action):
        self.log = log
        self.action = action

    def __next__(self):
        self.log.do("inside", self.action, self.outer)
        return "on"


def inside(make, log, action):
    inner = Inside(log, action)
    inner.outer = made = make(inner)
    log.do("step", made.send, None)
    log.do("next step", made.send, None)
    del inner.outer


@check("Objects/genobject.c:gen_send_ex2")
def while_running(make, log):
    """Sending to it from inside says that it is executing"""
    inside(make, log, lambda made: made.send(None))


@check("Objects/genobject.c:gen_send_ex2")
def value_while_running(make, log):
    """A value from inside says that it is executing"""
    inside(make, log, lambda made: made.send(5))


@check("Python/ceval.c:_PyEval_GetAwaitable", shapes="relay")
def awaited_while_running(make, log):
    """A coroutine that awaits it from inside is told that it is executing"""

    async def waiter(made):
        await made

    inside(make, log, lambda made: waiter(made).send(None))


@check(shapes="relay generator opaque")
def arity(make, log):
    """Takes one argument, by position"""
    made = make()
    for label, call in {
        "none": made.send,
        "two": lambda: made.send(None, None),
        "keyword": lambda: made.send(value=None),
    }.items():
        try:
            call()
        except TypeError:
            log(label, "TypeError")
        else:
            log(label, "accepted")
    log.do("close", made.close)


@check(SEND)
def begins_late(make, log):
    """Nothing of what is awaited is touched before the first send"""

    class Told:
        def __await__(self):
            log("__await__")
            return iter([1])

        __iter__ = __await__

    made = make(Told())
    log("made")
    log.do("first", made.send, None)


@check(SEND)
def none_calls_next(make, log):
    """None becomes __next__ of what is awaited, another value its send"""
    made = make(Recorder(log))
    for value in (None, 7, None, 0, False, ""):
        log.do(f"send {value!r}", made.send, value)
    made.close()


@check(SEND)
def bare_iterator(make, log):
    """An iterator with only __next__ is awaited to its end"""
    made = make(Bare(1, 2))
    for _ in range(3):
        log.do("none", made.send, None)


@check(SEND)
def value_to_a_bare_iterator(make, log):
    """A value for an iterator without send is an AttributeError inside"""
    made = make(Bare(1, 2))
    made.send(None)
    log.do("value", made.send, 7)
    log.do("after", made.send, None)


@check(SEND)
def end_of_an_iterator(make, log):
    """The value of an iterator's StopIteration is the result"""
    for end in (
        StopIteration(),
        StopIteration(1, 2),
        StopIteration((1, 2)),
        StopIteration(StopIteration(3)),
    ):
        log.do("result", make(Bare(end=end)).send, None)


@check(SEND)
def error_of_an_iterator(make, log):
    """Another error of an iterator is the body's error"""
    for error in (StopAsyncIteration(1), ValueError("v"), GeneratorExit("g")):
        made = make(Bare(end=error))
        log.do("error", made.send, None)
        log.do("after", made.send, None)


@check(SEND)
def nested(make, log):
    """Values go through many, both ways"""
    made = make(make(make(echo(2)))) if make.shape == "relay" else make(make(echo(2)))
    log.do("first", made.send, None)
    log.do("second", made.send, "a")
    log.do("end", made.send, "b")
    log.do("after", made.send, None)
