# SPDX-License-Identifier: MIT
"""close() in every state."""

from baton_check.behaviours.send import ended, inside
from baton_check.behaviours.throw import started
from baton_check.bodies import (
    Bare,
    Recorder,
    cleans,
    cleans_slowly,
    fails,
    raises_on_close,
    returns_on_close,
    stubborn,
    suspend,
)
from baton_check.registry import Group

BOTH = "relay generator"
ANY = "relay generator opaque"
check = Group("close", "core", "Objects/genobject.c:gen_close", shapes=BOTH)


@check(shapes=ANY)
def before_the_start(make, log):
    """Before the start it ends it"""
    made = make()
    log.do("close", made.close)
    log.do("send", made.send, None)


@check()
def before_the_start_nothing_runs(make, log):
    """Before the start nothing of what is awaited is touched"""
    made = make(Recorder(log))
    log.do("close", made.close)


@check(shapes=ANY)
def twice(make, log):
    """A second close does nothing"""
    made = make()
    log.do("first", made.close)
    log.do("second", made.close)


@check()
def after_the_end(make, log):
    """After the end it does nothing"""
    made = ended(make)
    log.do("close", made.close)
    made = make(fails(ValueError("v")))
    log.do("fails", made.send, None)
    log.do("close after an error", made.close)


@check()
def suspended(make, log):
    """Cleanup runs, and it has ended"""
    made = started(make, cleans(log))
    log.do("close", made.close)
    log.do("send", made.send, None)
    log.do("close again", made.close)


@check()
def cleanup_order(make, log):
    """The innermost cleans up first"""

    async def layer(inner, name):
        try:
            await inner
        finally:
            log(name)

    if make.shape == "generator":
        made = started(make, make(cleans(log, "inner")))
    else:
        made = started(make, layer(make(cleans(log, "inner")), "outer"))
    log.do("close", made.close)


@check()
def result(make, log):
    """A body that returns on GeneratorExit: the result is close's since 3.13"""
    for value in (7, (1, 2), None, ValueError("v")):
        log.do("close", started(make, returns_on_close(value)).close)


@check()
def result_through_two(make, log):
    """What close of the inner one returns does not end the outer one"""
    log.do("close", started(make, make(returns_on_close(7))).close)


@check()
def ignored(make, log):
    """A body that ignores GeneratorExit: RuntimeError, and it can go on"""
    made = started(make, stubborn(log))
    log.do("close", made.close)
    log.do("close again", made.close)


@check()
def cleanup_that_suspends(make, log):
    """A suspension in the cleanup of a close is a RuntimeError"""
    made = started(make, cleans_slowly(log))
    log.do("close", made.close)


@check()
def cleanup_that_raises(make, log):
    """An error of the cleanup comes out, with GeneratorExit as context"""
    made = started(make, raises_on_close(KeyError("k")))
    log.do("close", made.close)
    log.do("after", made.send, None)


@check()
def stop_iteration_in_cleanup(make, log):
    """StopIteration in the cleanup is a RuntimeError"""
    log.do("close", started(make, raises_on_close(StopIteration(3))).close)


@check()
def while_running(make, log):
    """Closing it from inside says that it is executing"""
    inside(make, log, lambda made: made.close())


@check("Objects/genobject.c:gen_close_iter")
def inner_close_is_called(make, log):
    """close of what is awaited is called, once"""
    made = started(make, Recorder(log))
    log.do("close", made.close)
    log.do("close again", made.close)


@check("Objects/genobject.c:gen_close_iter")
def inner_without_close(make, log):
    """What is awaited need not have a close"""
    made = started(make, Bare(1, 2))
    log.do("close", made.close)


@check("Objects/genobject.c:gen_close_iter")
def inner_close_fails(make, log):
    """An error of the inner close is raised in the body"""

    class Fails(Recorder):
        def close(self):
            raise OSError("close failed")

    made = started(make, Fails(log))
    log.do("close", made.close)
    log.do("after", made.send, None)


@check("Objects/genobject.c:gen_close_iter")
def inner_close_cannot_be_had(make, log):
    """An error of looking up the inner close is told, not raised"""

    class Odd(Bare):
        @property
        def close(self):
            raise OSError("no close")

    log.do("close", started(make, Odd(1, 2)).close)


@check(shapes=ANY)
def arity(make, log):
    """Takes no argument"""
    made = make()
    try:
        made.close(1)
    except TypeError:
        log("TypeError")
    else:
        log("accepted")
    made.close()


@check(shapes="relay")
def through_await(make, log):
    """Closing a coroutine that awaits it cleans it up"""

    async def outer():
        try:
            await make(cleans(log, "inner"))
        finally:
            log("outer")

    made = outer()
    made.send(None)
    log.do("close", made.close)


@check(shapes="relay")
def while_the_caller_handles(make, log):
    """Closed in a handler, the body's error has GeneratorExit as context"""
    made = started(make, raises_on_close(KeyError("k")))
    try:
        raise ValueError("caller's")
    except ValueError:
        log.do("close", made.close)


@check(shapes="relay")
def caught_and_awaited(make, log):
    """An await in the handler of GeneratorExit is a RuntimeError"""

    async def body():
        try:
            await suspend("first")
        except GeneratorExit:
            await suspend("second")

    made = started(make, body())
    log.do("close", made.close)
