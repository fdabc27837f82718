# SPDX-License-Identifier: MIT
"""The items of an async generator, and how it ends."""

from baton_check.bodies import Bare, Recorder, collect, echo, fails, ready, suspend
from baton_check.registry import Group
from baton_check.steps import send_step

check = Group(
    "items",
    "async iteration",
    "Objects/genobject.c:async_gen_unwrap_value",
    shapes="produce",
)
ASEND = "Objects/genobject.c:async_gen_asend_send"
SHAPES = {
    "none": None,
    "integer": 1 << 80,
    "tuple": (1, 2),
    "empty_tuple": (),
    "exception": ValueError("v"),
    "stop_iteration": StopIteration(5),
    "stop_async_iteration": StopAsyncIteration(6),
    "exception_class": StopAsyncIteration,
}


@check.each(SHAPES)
def item(make, log, value):
    """An item is handed on as it is: {}"""
    for label, step in {
        "asend": lambda made: made.asend(None).send(None),
        "anext": lambda made: next(made.__anext__()),
        "await": lambda made: collect(made).send(None),
    }.items():
        try:
            log(label, "went on", step(make([ready(value)])))
        except StopIteration as stop:
            came = stop.value[0] if label == "await" else stop.value
            log(label, came, came is value)
        except BaseException as error:
            log(label, "raised", error)


@check("Python/bytecodes.c:GET_ANEXT")
def async_for(make, log):
    """async for has its items in order, with the awaits between them"""
    made = collect(make([suspend("a"), ready(1), suspend("b")]))
    log.do("first", made.send, None)
    log.do("second", made.send, "A")
    log.do("end", made.send, "B")


@check("Python/bytecodes.c:GET_ANEXT")
def left_early(make, log):
    """async for may be left early; the rest is not awaited"""

    async def body():
        async for item in make([ready(1), Recorder(log)]):
            return item

    log.do("end", body().send, None)


@check()
def begins_late(make, log):
    """Nothing is asked for before the first step"""

    def awaitables():
        log("asked")
        yield ready(1)

    made = make(awaitables())
    log("made")
    step = made.asend(None)
    log("asend")
    log.do("send", step.send, None)


@check(ASEND)
def awaits_inside(make, log):
    """What is awaited inside reaches the loop, and gets what is sent"""
    step = make([echo(2)]).asend(None)
    log.do("first", step.send, None)
    log.do("second", step.send, "a")
    log.do("item", step.send, "b")


@check(ASEND)
def sent_values(make, log):
    """asend takes any value once it has begun"""
    made = make([ready(1), ready(2)])
    log.do("first", made.asend(None).send, None)
    log.do("second", made.asend("ignored").send, None)
    log.do("end", made.asend(3).send, None)


@check(ASEND)
def value_before_start(make, log):
    """asend of a value before the start is refused, and it can still begin"""
    made = make([ready(1)])
    log.do("asend(5)", made.asend(5).send, None)
    log.do("begin", made.asend(None).send, None)


@check(ASEND)
def step_value_before_start(make, log):
    """A value for the first step of an asend is refused before the start"""
    made = make([ready(1)])
    log.do("send(5)", made.asend(None).send, 5)
    log.do("begin", made.asend(None).send, None)


@check(ASEND)
def end(make, log):
    """The end is StopAsyncIteration, again and again"""
    made = make([])
    for number in range(3):
        log.do(f"asend {number}", made.asend(None).send, None)
    log.do("anext", next, made.__anext__())


@check(ASEND)
def error(make, log):
    """An error inside comes out, and it has ended"""
    problem = log.name(KeyError("k"), "problem")
    made = make([fails(problem), ready(2)])
    log.do("fails", made.asend(None).send, None)
    log.do("after", made.asend(None).send, None)


@check("Python/intrinsics.c:stopiteration_error")
def stop_errors(make, log):
    """StopIteration and StopAsyncIteration inside become RuntimeErrors"""
    for problem in (StopAsyncIteration(4), StopIteration(5)):

        def awaitables(problem=problem):
            class Raises:
                def __await__(self):
                    raise problem

            yield Raises()

        made = make(awaitables())
        log.do(type(problem).__name__, made.asend(None).send, None)
        log.do("after", made.asend(None).send, None)


@check(ASEND)
def not_awaitable(make, log):
    """Something that cannot be awaited is a TypeError"""
    made = make([42])
    try:
        made.asend(None).send(None)
    except TypeError as error:
        log("names the type", "int" in str(error))
    log.do("after", made.asend(None).send, None)


@check("Objects/iterobject.c:anextawaitable_iternext")
def anext_with_a_default(make, log):
    """anext() with a default gives that at the end"""
    made = make([suspend("s")])

    async def body():
        return await anext(made, "default"), await anext(made, "default")

    outer = body()
    log.do("first", outer.send, None)
    log.do("end", outer.send, 1)


@check("Python/bltinmodule.c:builtin_aiter")
def own_iterator(make, log):
    """It is its own async iterator"""
    made = make([])
    log("aiter", aiter(made) is made, made.__aiter__() is made)


@check("Objects/abstract.c:PyIter_Send")
def by_the_c_api(make, log):
    """PyIter_Send drives its steps"""
    made = make([suspend("s"), ready(2)])
    step = made.asend(None)
    log("first", *send_step(step, None))
    log("item", *send_step(step, "value"))
    log("next", *send_step(made.__anext__(), None))
    log("end", *send_step(made.asend(None), None))


@check(ASEND)
def many(make, log):
    """A thousand items"""
    made = collect(make(ready(number) for number in range(1000)))
    try:
        made.send(None)
    except StopIteration as stop:
        log("sum", sum(stop.value), len(stop.value))


@check(ASEND)
def of_another(make, log):
    """It may take its awaitables from what another one gives"""
    inner = make([ready(1), suspend("s"), ready(3)])
    made = collect(make(inner.asend(None) for _ in range(3)))
    log.do("first", made.send, None)
    log.do("end", made.send, "two")


@check(ASEND)
def bare_iterator(make, log):
    """An iterator with only __next__ can be awaited inside"""
    step = make([Bare("s")]).asend(None)
    log.do("first", step.send, None)
    log.do("value", step.send, 7)


# ---- What it tells of itself -------------------------------------------------

tell = Group(
    "agen",
    "async iteration",
    "Objects/genobject.c:async_gen_getsetlist",
    shapes="produce",
)


def each_state(make, log, name):
    made = make([suspend("s"), ready(2)])
    log("created", getattr(made, name))
    step = made.asend(None)
    log("asked", getattr(made, name))
    step.send(None)
    log("waiting", getattr(made, name))
    try:
        step.send(1)
    except StopIteration:
        pass
    log("suspended", getattr(made, name))
    for _ in range(2):
        try:
            made.asend(None).send(None)
        except (StopIteration, StopAsyncIteration):
            pass
    log("closed", getattr(made, name))


@tell("Objects/genobject.c:ag_getrunning")
def running(make, log):
    """ag_running is true while a step is under way"""
    each_state(make, log, "ag_running")


@tell("Objects/genobject.c:ag_getsuspended", since=(3, 12))
def suspended(make, log):
    """ag_suspended is true while it is suspended"""
    each_state(make, log, "ag_suspended")


@tell("Objects/genobject.c:gen_getstate", since=(3, 15))
def state(make, log):
    """ag_state names the state"""
    each_state(make, log, "ag_state")


@tell("Lib/inspect.py:getasyncgenstate", since=(3, 12))
def inspected(make, log):
    """inspect tells its state"""
    import inspect

    made = make([ready(1)])
    log("created", inspect.getasyncgenstate(made))
    log.do("item", made.asend(None).send, None)
    log("suspended", inspect.getasyncgenstate(made))
    log.do("end", made.asend(None).send, None)
    log("closed", inspect.getasyncgenstate(made))


@tell("Objects/genobject.c:coro_get_cr_await")
def awaited(make, log):
    """ag_await is what is awaited, else None"""
    inner = suspend("s")
    log.name(inner.generator, "inner")
    made = make([inner])
    log("created", made.ag_await)
    step = made.asend(None)
    step.send(None)
    log("waiting", made.ag_await)
    log.do("item", step.send, 1)
    log("suspended", made.ag_await)


@tell("Objects/genobject.c:_gen_getframe")
def frame(make, log):
    """ag_frame is a frame until the end; ag_code is a code object"""
    import types

    made = make([])
    log("frame", isinstance(made.ag_frame, types.FrameType))
    log("code", isinstance(made.ag_code, types.CodeType))
    log.do("end", made.asend(None).send, None)
    log("frame", made.ag_frame)
    log("code", isinstance(made.ag_code, types.CodeType))


@tell("Objects/genobject.c:gen_set_name")
def names(make, log):
    """It has names that can be set to text only"""
    made = make([])
    log("names", made.__name__, made.__qualname__)
    for name in ("__name__", "__qualname__"):
        log.do("number", setattr, made, name, 42)
        log.do("delete", delattr, made, name)
        setattr(made, name, "other")
    log("names", made.__name__, made.__qualname__)
    log("repr", repr(made))


@tell("Objects/genobject.c:async_gen_repr")
def representation(make, log):
    """repr tells kind, qualname and address"""
    made = make([])
    log("repr", repr(made))


@tell()
def read_only(make, log):
    """What tells the state cannot be set"""
    import types

    made = make([])
    for name in dir(types.AsyncGeneratorType):
        if name.startswith("ag_"):
            try:
                setattr(made, name, None)
            except AttributeError:
                log(name, "AttributeError")
            else:
                log(name, "was set")


@tell("Objects/genobject.c:async_gen_methods")
def directory(make, log):
    """All attributes of the interpreter's are there"""
    import types

    made = make([])
    names = dir(types.AsyncGeneratorType)
    log("missing", [name for name in names if not hasattr(made, name)])
