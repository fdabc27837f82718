# SPDX-License-Identifier: MIT
"""What a coroutine or generator tells of itself."""

import collections.abc
import inspect
import sys
import types

from baton_check.behaviours.send import ended, inside
from baton_check.bodies import Recorder, ready, suspend
from baton_check.registry import Group

BOTH = "relay generator"
ANY = "relay generator opaque"
check = Group("attributes", "introspection", "Objects/genobject.c:coro_getsetlist")
RUNNING = "Objects/genobject.c:gen_getrunning"
NAMES = "Objects/genobject.c:gen_set_name"
ORIGIN = "Objects/genobject.c:compute_cr_origin"


def prefix(make):
    return "gi_" if make.shape == "generator" else "cr_"


def each_state(make, log, show):
    """Shows it created, suspended, running and closed."""

    class Inside(Recorder):
        def __next__(self):
            show("running", self.outer)
            return 1

    made = make()
    show("created", made)
    made.send(None)
    show("suspended", made)
    made.close()
    show("closed", made)
    inner = Inside(log)
    inner.outer = made = make(inner)
    made.send(None)
    del inner.outer
    show("ended", ended(make))


@check("Lib/inspect.py:getcoroutinestate", shapes=BOTH)
def state(make, log):
    """inspect tells its state"""
    tell = inspect.getcoroutinestate
    if make.shape == "generator":
        tell = inspect.getgeneratorstate
    each_state(make, log, lambda label, made: log(label, tell(made)))


@check(RUNNING, shapes=BOTH)
def running(make, log):
    """cr_running is true while it runs"""
    name = prefix(make) + "running"
    each_state(make, log, lambda label, made: log(label, getattr(made, name)))


@check("Objects/genobject.c:gen_getsuspended", shapes=BOTH, since=(3, 11))
def suspended(make, log):
    """cr_suspended is true while it is suspended"""
    name = prefix(make) + "suspended"
    each_state(make, log, lambda label, made: log(label, getattr(made, name)))


@check("Objects/genobject.c:gen_getstate", shapes=BOTH, since=(3, 15))
def state_attribute(make, log):
    """cr_state names the state"""
    name = prefix(make) + "state"
    each_state(make, log, lambda label, made: log(label, getattr(made, name)))


@check("Objects/genobject.c:coro_get_cr_await", shapes=BOTH)
def awaited(make, log):
    """cr_await is what is awaited while it is suspended, else None"""
    name = "gi_yieldfrom" if make.shape == "generator" else "cr_await"
    inner = suspend()
    log.name(inner.generator, "inner")
    made = make(inner)
    log("created", getattr(made, name))
    made.send(None)
    log("suspended", getattr(made, name))
    made.close()
    log("closed", getattr(made, name))
    if sys.version_info >= (3, 13):  # before, it looks at a frame that runs
        inside(make, log, lambda made: getattr(made, name))


@check("Objects/genobject.c:coro_get_cr_await")
def awaited_chain(make, log):
    """The chain can be walked from the outermost to the innermost"""
    inner = suspend()
    log.name(inner.generator, "inner")
    made = make(make(make(inner)))
    made.send(None)
    depth = 0
    while getattr(made, "cr_await", None) is not None:
        made = made.cr_await
        depth += 1
    log("depth", depth, made)


@check("Objects/genobject.c:coro_get_cr_await")
def walk_from_a_native(make, log):
    """A walk from a coroutine of the interpreter's goes on through it"""

    async def outer(made):
        await made

    inner = suspend()
    log.name(inner.generator, "inner")
    first = outer(make(inner))
    first.send(None)
    made = first
    while getattr(made, "cr_await", None) is not None:
        made = made.cr_await
    log("innermost", made)


@check("Objects/genobject.c:_gen_getframe", shapes=BOTH)
def frame(make, log):
    """cr_frame is a frame until the end, and then None"""
    name = prefix(make) + "frame"

    def show(label, made):
        log(label, isinstance(getattr(made, name), types.FrameType))

    each_state(make, log, show)


@check("Objects/genobject.c:_gen_getframe", shapes=BOTH)
def frame_names(make, log):
    """The frame's code has the name of the function"""
    made = make()
    frame = getattr(made, prefix(make) + "frame")
    log("name", frame.f_code.co_name == made.__name__, frame.f_lineno > 0)
    made.close()


@check("Objects/genobject.c:_gen_getcode", shapes=BOTH)
def code(make, log):
    """cr_code is a code object with the name of the function, in every state"""
    name = prefix(make) + "code"

    def show(label, made):
        code = getattr(made, name)
        named = isinstance(code, types.CodeType) and code.co_name == made.__name__
        log(label, named)

    each_state(make, log, show)


@check("Objects/genobject.c:_gen_getcode", shapes=BOTH, level="should")
def code_flags(make, log):
    """cr_code has the flag of its kind"""
    code = getattr(make(), prefix(make) + "code")
    log("flags", bool(code.co_flags & (inspect.CO_COROUTINE | inspect.CO_GENERATOR)))


@check("Lib/inspect.py:getcoroutinelocals")
def local_variables(make, log):
    """inspect gives its local variables as a mapping, empty at the end"""
    made = make()
    created = inspect.getcoroutinelocals(made)
    log("created", isinstance(created, collections.abc.Mapping))
    made.close()
    log("closed", inspect.getcoroutinelocals(made))


@check(ORIGIN)
def no_origin(make, log):
    """cr_origin is None unless origins are tracked"""
    log("origin", make().cr_origin)


@check(ORIGIN)
def origin(make, log):
    """cr_origin tells where it was made, up to the depth that is tracked"""

    def inner():
        return make()

    for depth in (1, 2, 50):
        sys.set_coroutine_origin_tracking_depth(depth)
        made = inner()
        sys.set_coroutine_origin_tracking_depth(0)
        places = [name for file, line, name in made.cr_origin]
        log(f"depth {depth}", len(made.cr_origin) <= depth, bool(places))
        log("lines", all(type(line) is int for _, line, _ in made.cr_origin))
        if depth == 50:
            log("callers", [name for name in places if name in ("inner", "origin")])
        made.close()


@check(NAMES, shapes=ANY)
def names(make, log):
    """It has the names of its function, as text"""
    made = make()
    log("name", made.__name__)
    log("qualname", made.__qualname__)
    made.close()


@check(NAMES, shapes=ANY)
def names_can_be_set(make, log):
    """Both names can be set"""
    made = make()
    made.__name__ = "first"
    made.__qualname__ = "second.third"
    log("names", made.__name__, made.__qualname__)
    log("repr", repr(made))
    made.close()


@check(NAMES, shapes=ANY)
def names_are_text(make, log):
    """A name that is no text is refused, and so is deleting it"""
    made = make()
    for name in ("__name__", "__qualname__"):
        log.do(f"set {name}", setattr, made, name, 42)
        log.do(f"delete {name}", delattr, made, name)
    log("names", made.__name__, made.__qualname__)
    made.close()


@check("Objects/genobject.c:gen_repr", shapes=ANY)
def representation(make, log):
    """repr tells kind, qualname and address"""
    made = make()
    log("repr", repr(made))
    log("str", str(made))
    made.close()


@check("Objects/genobject.c:coro_getsetlist", shapes=ANY)
def read_only(make, log):
    """What tells the state cannot be set"""
    made = make()
    family = types.GeneratorType if make.shape == "generator" else types.CoroutineType
    for name in dir(family):
        if name.startswith(prefix(make)):
            try:
                setattr(made, name, None)
            except AttributeError:
                log(name, "AttributeError")
            else:
                log(name, "was set")
    made.close()


@check("Objects/typeobject.c:_PyObject_GenericSetAttrWithDict", shapes=ANY)
def no_other_attributes(make, log):
    """Other attributes cannot be set"""
    made = make()
    try:
        made.something = 1
    except AttributeError:
        log("AttributeError")
    else:
        log("was set")
    made.close()


@check("Objects/genobject.c:coro_methods", shapes=ANY)
def directory(make, log):
    """All attributes of the interpreter's are there"""
    made = make()
    family = types.GeneratorType if make.shape == "generator" else types.CoroutineType
    missing = [name for name in dir(family) if not hasattr(made, name)]
    log("missing", missing)
    made.close()


@check("Objects/genobject.c:gen_sizeof", shapes=ANY)
def size(make, log):
    """sys.getsizeof gives a positive size"""
    made = make()
    log("positive", sys.getsizeof(made) > 0)
    made.close()


@check("Objects/genobject.c:coro_getsetlist", shapes="relay")
def of_the_iterator(make, log):
    """What __await__ gives tells as much as the walk through it needs"""
    made = make()
    iterator = made.__await__()
    log("type", type(iterator).__name__)
    iterator.close()


@check("Lib/inspect.py:getcoroutinestate", shapes="relay", since=(3, 11))
def state_after_errors(make, log):
    """It is closed after an error"""
    made = make(ready(1))
    log.do("throw", made.throw, ValueError("v"))
    log("thrown", inspect.getcoroutinestate(made))


@check("Objects/frameobject.c:frame_clear_impl", level="should")
def clearing_the_frame(make, log):
    """The frame of a suspended one cannot be cleared"""
    made = make()
    made.send(None)
    log.do("clear", made.cr_frame.clear)
    log.do("send", made.send, 1)
