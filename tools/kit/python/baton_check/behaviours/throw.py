# SPDX-License-Identifier: MIT
"""throw() in every form and in every state."""

import sys

from baton_check.behaviours.send import ended, inside
from baton_check.bodies import (
    Bare,
    Recorder,
    body,
    catches,
    cleans,
    cleans_slowly,
    ready,
    stubborn,
    suspend,
)
from baton_check.registry import Group

BOTH = "relay generator"
ANY = "relay generator opaque"
check = Group("throw", "core", "Objects/genobject.c:_gen_throw", shapes=BOTH)
FORMS = "Objects/genobject.c:gen_throw"
PEP_479 = "Python/intrinsics.c:stopiteration_error"


def started(make, inner):
    made = make(inner)
    made.send(None)
    return made


@check(shapes=ANY)
def before_the_start(make, log):
    """Before the start it raises and ends it; the body never runs"""
    error = log.name(ValueError("v"), "error")
    made = make()
    log.do("throw", made.throw, error)
    log.do("send", made.send, None)
    log.do("close", made.close)


@check()
def before_the_start_nothing_runs(make, log):
    """Before the start nothing of what is awaited is touched"""
    made = make(Recorder(log))
    log.do("throw", made.throw, ValueError("v"))
    log.do("throw again", made.throw, KeyError("k"))


@check(shapes=ANY)
def stop_iteration_before_the_start(make, log):
    """StopIteration before the start is not converted"""
    log.do("plain", make().throw, StopIteration(1))
    log.do("class", make().throw, StopIteration)
    log.do("async", make().throw, StopAsyncIteration(2))


@check(shapes=ANY)
def generator_exit_before_the_start(make, log):
    """GeneratorExit before the start comes out"""
    made = make()
    log.do("throw", made.throw, GeneratorExit("g"))
    log.do("close", made.close)


@check()
def caught(make, log):
    """A body that catches goes on"""
    made = started(make, catches(log))
    log.do("throw", made.throw, ValueError("v"))
    log.do("send", made.send, 3)
    log.do("throw again", made.throw, KeyError)
    log.do("stop", made.send, "stop")


@check()
def not_caught(make, log):
    """What the body does not catch comes out, the same object, and ends it"""
    error = log.name(KeyError("k"), "error")
    made = started(make, suspend())
    log.do("throw", made.throw, error)
    log.do("send", made.send, None)


@check()
def base_exceptions(make, log):
    """KeyboardInterrupt and SystemExit go through"""
    for error in (KeyboardInterrupt("i"), SystemExit(3)):
        log.do(type(error).__name__, started(make, cleans_slowly(log)).throw, error)


@check(shapes=BOTH)
def becomes_a_result(make, log):
    """A body that catches and returns ends with its result"""

    @body
    def handles():
        try:
            yield 1
        except ValueError:
            return (1, 2)

    log.do("throw", started(make, handles()).throw, ValueError("v"))


@check()
def cleanup_runs(make, log):
    """Cleanup runs, and may suspend, before the error comes out"""
    made = started(make, cleans_slowly(log))
    log.do("throw", made.throw, ValueError("v"))
    log.do("send", made.send, "clean")
    log.do("after", made.send, None)


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
    log.do("throw", made.throw, ValueError("v"))


@check(FORMS)
def as_class(make, log):
    """A class is thrown as an instance of it"""
    log.do("throw", started(make, suspend()).throw, ValueError)
    log.do("caught", started(make, catches(log)).throw, KeyError)


@check(PEP_479)
def stop_iteration(make, log):
    """StopIteration into a suspended body becomes a RuntimeError"""
    for error in (StopIteration(), StopIteration(1, 2), StopIteration((1,))):
        made = started(make, catches(log))
        log.do("caught", made.throw, error)
        made.close()
        log.do("not caught", started(make, suspend()).throw, error)


@check(PEP_479)
def stop_async_iteration(make, log):
    """StopAsyncIteration into a suspended body is not converted"""
    log.do("throw", started(make, suspend()).throw, StopAsyncIteration(9))


@check()
def after_the_end(make, log):
    """After the end it is refused as the interpreter does"""
    made = ended(make)
    log.do("throw", made.throw, ValueError("v"))
    log.do("class", made.throw, KeyError)
    log.do("again", made.throw, ValueError("w"))


@check(shapes=ANY)
def after_close(make, log):
    """After close it is refused as the interpreter does"""
    made = make()
    made.close()
    log.do("throw", made.throw, ValueError("v"))


@check(since=(3, 13))  # before, the interpreter takes apart a frame that runs
def while_running(make, log):
    """Throwing from inside says that it is executing"""
    inside(make, log, lambda made: made.throw(ValueError("v")))


@check(FORMS)
def type_and_value(make, log):
    """Type and value, the old form: works, and is deprecated since 3.12"""
    log.do("throw", started(make, suspend()).throw, ValueError, "v")
    log.do("instance", started(make, suspend()).throw, ValueError, ValueError("w"))
    log.do("none", started(make, suspend()).throw, ValueError, None)
    log.do("tuple", started(make, suspend()).throw, ValueError, (1, 2))
    log.do("caught", started(make, catches(log)).throw, KeyError, "k")


@check(FORMS)
def type_value_and_traceback(make, log):
    """The form with a traceback uses it"""

    def origin():
        raise ValueError("v")

    try:
        origin()
    except ValueError as error:
        kept, trace = error, error.__traceback__
    made = started(make, suspend())
    log.trace("three", made.throw, ValueError, kept, trace)
    made = started(make, suspend())
    log.trace("fresh", made.throw, ValueError, ValueError("w"), trace)
    del kept, trace


@check(FORMS)
def instance_with_traceback(make, log):
    """The traceback of an instance is extended, not replaced"""

    def origin():
        raise ValueError("v")

    try:
        origin()
    except ValueError as error:
        kept = error
    log.trace("suspended", started(make, suspend()).throw, kept)
    del kept


@check(FORMS)
def not_an_exception(make, log):
    """What is no exception is a TypeError"""
    for value in (42, None, "text", int, ()):
        made = make(suspend())
        log.do(f"before the start {value!r}", made.throw, value)
        log.do("then", made.send, None)


@check(FORMS)
def not_an_exception_when_suspended(make, log):
    """What is no exception reaches the innermost throw, whose TypeError is raised"""
    made = started(make, catches(log))
    log.do("throw 42", made.throw, 42)
    log.do("then", made.send, 1)
    made.close()


@check(FORMS)
def bad_traceback(make, log):
    """What is no traceback is a TypeError"""
    made = make(suspend())
    log.do("before the start", made.throw, ValueError, ValueError("v"), 42)
    log.do("then", made.send, None)


@check(FORMS)
def instance_and_value(make, log):
    """An instance may not have a value as well"""
    made = make(suspend())
    log.do("before the start", made.throw, ValueError("v"), "x")
    log.do("then", made.send, None)


@check(FORMS, shapes=ANY)
def arity(make, log):
    """Takes one to three arguments"""
    made = make()
    for label, arguments in {"none": (), "four": (ValueError, None, None, 1)}.items():
        try:
            made.throw(*arguments)
        except TypeError:
            log(label, "TypeError")
        else:
            log(label, "accepted")
    log.do("begin", made.send, None)


@check()
def forwarded_form(make, log):
    """What is awaited gets the arguments as they were given"""
    made = started(make, Recorder(log))
    log.do("instance", made.throw, ValueError("v"))
    log.do("class", made.throw, ValueError)
    log.do("two", made.throw, ValueError, "v")
    log.do("three", made.throw, ValueError, ValueError("v"), None)
    log.do("bad", made.throw, 42)


@check()
def yields_from_throw(make, log):
    """What the inner throw returns is yielded, and it goes on"""
    made = started(make, Recorder(log))
    log.do("throw", made.throw, ValueError("v"))
    log.do("send", made.send, 5)


@check()
def inner_throw_ends(make, log):
    """StopIteration of the inner throw is the result"""

    class Ends(Recorder):
        def throw(self, *args):
            raise StopIteration((1, 2))

    log.do("throw", started(make, Ends(log)).throw, ValueError("v"))


@check()
def inner_throw_fails(make, log):
    """Another error of the inner throw is raised in the body"""

    class Fails(Recorder):
        def throw(self, *args):
            raise OSError("instead")

    log.do("throw", started(make, Fails(log)).throw, ValueError("v"))


@check()
def inner_without_throw(make, log):
    """Where what is awaited has no throw, the error is raised there"""
    made = started(make, Bare(1, 2))
    log.do("throw", made.throw, ValueError("v"))
    log.do("after", made.send, None)


@check()
def inner_throw_cannot_be_had(make, log):
    """An error of looking up the inner throw comes out"""

    class Odd(Bare):
        @property
        def throw(self):
            raise OSError("no throw")

    made = started(make, Odd(1, 2))
    log.do("throw", made.throw, ValueError("v"))


@check("Objects/genobject.c:gen_close_iter")
def generator_exit_closes(make, log):
    """GeneratorExit closes what is awaited, and then is raised"""
    made = started(make, Recorder(log))
    log.do("throw", made.throw, GeneratorExit("g"))
    log.do("after", made.send, None)
    log.do("class", started(make, Recorder(log)).throw, GeneratorExit)


@check("Objects/genobject.c:gen_close_iter")
def generator_exit_ignored_inside(make, log):
    """A body that ignores GeneratorExit raises RuntimeError"""
    made = started(make, stubborn(log))
    log.do("throw", made.throw, GeneratorExit)
    log.do("after", made.send, None)


@check("Objects/genobject.c:gen_close_iter")
def generator_exit_without_close(make, log):
    """GeneratorExit where what is awaited has no close"""
    log.do("throw", started(make, Bare(1, 2)).throw, GeneratorExit("g"))


@check("Python/errors.c:_PyErr_SetObject")
def context(make, log):
    """What is thrown does not get the caller's error as its context"""
    made = make(suspend())
    other = started(make, suspend())
    try:
        raise TypeError("caller's")
    except TypeError:
        log.do("before the start", made.throw, KeyError("k"))
        log.do("suspended", other.throw, KeyError("k"))
        log("the caller's", sys.exc_info()[1])


@check("Python/errors.c:_PyErr_SetObject")
def context_of_the_body(make, log):
    """What is thrown gets the error that the body handles as its context"""

    @body
    def handles():
        try:
            raise ValueError("inner")
        except ValueError:
            yield

    log.do("throw", started(make, handles()).throw, KeyError("k"))


@check(shapes="relay")
def into_a_finished_inner(make, log):
    """An awaitable that was at once ready leaves nothing to throw into"""

    async def two():
        await make(ready())
        await suspend("second")

    made = started(make, two())
    log.do("throw", made.throw, ValueError("v"))
