# SPDX-License-Identifier: MIT
"""Tracing, profiling, monitoring and tracing of memory change nothing."""

import gc
import sys
import threading

from baton_check.bodies import awaits, catches, echo, fails, ready, suspend
from baton_check.registry import Group, Skip

check = Group("tools", "core", "Python/legacy_tracing.c:_PyEval_SetTrace")


def life(make, log):
    """All that may happen to one, once."""
    made = make(echo(2))
    log.do("first", made.send, None)
    log.do("second", made.send, "a")
    log.do("end", made.send, "b")
    made = make(catches(log))
    made.send(None)
    log.do("throw", made.throw, ValueError("v"))
    log.do("close", made.close)
    log.do("fails", make(fails(KeyError("k"))).send, None)
    if make.shape == "relay":
        outer = awaits(make(awaits(make(suspend("s")))))
        log.do("awaited", outer.send, None)
        log.do("awaited end", outer.send, 1)


@check(shapes="relay generator")
def traced(make, log):
    """It runs as always while sys.settrace is on"""
    seen = []

    def trace(frame, event, argument):
        seen.append((frame.f_code.co_name, frame.f_lineno, event))
        return trace

    kept = sys.gettrace()
    sys.settrace(trace)
    try:
        life(make, log)
    finally:
        sys.settrace(kept)
    log("bodies seen", {"echo", "catches", "fails"} <= {name for name, *_ in seen})


@check(shapes="relay generator")
def profiled(make, log):
    """It runs as always while sys.setprofile is on"""
    seen = []

    def profile(frame, event, argument):
        seen.append((frame.f_code.co_name, event))

    kept = sys.getprofile()
    sys.setprofile(profile)
    try:
        life(make, log)
    finally:
        sys.setprofile(kept)
    log("bodies seen", {"echo", "catches", "fails"} <= {name for name, _ in seen})


@check("Modules/_lsprof.c:profiler_callback", shapes="relay generator")
def c_profiler(make, log):
    """It runs as always under cProfile"""
    import cProfile

    profiler = cProfile.Profile()
    profiler.enable()
    try:
        life(make, log)
    finally:
        profiler.disable()
    names = {str(entry.code) for entry in profiler.getstats()}
    log("bodies seen", any("echo" in name for name in names))


@check("Python/instrumentation.c:_Py_call_instrumentation", since=(3, 12))
def monitored(make, log):
    """It runs as always while sys.monitoring has all its events"""
    monitoring, names = sys.monitoring, set()
    tool, events = monitoring.PROFILER_ID, monitoring.events
    if monitoring.get_tool(tool):
        raise Skip("another tool is at work")
    monitoring.use_tool_id(tool, "baton-check")
    wanted = ("PY_START", "PY_RESUME", "PY_YIELD", "PY_RETURN", "PY_THROW", "PY_UNWIND")
    try:
        for name in wanted:
            event = getattr(events, name)
            monitoring.register_callback(
                tool, event, lambda code, *_: names.add(code.co_name) and None
            )
            monitoring.set_events(tool, monitoring.get_events(tool) | event)
        life(make, log)
    finally:
        monitoring.set_events(tool, 0)
        for name in wanted:
            monitoring.register_callback(tool, getattr(events, name), None)
        monitoring.free_tool_id(tool)
    log("bodies seen", {"echo", "catches", "fails"} <= names)


@check("Python/tracemalloc.c:tracemalloc_alloc", shapes="relay generator")
def memory_traced(make, log):
    """It runs as always under tracemalloc"""
    import tracemalloc

    if tracemalloc.is_tracing():
        raise Skip("tracemalloc is on already")
    tracemalloc.start(5)
    try:
        life(make, log)
    finally:
        tracemalloc.stop()


@check("Modules/gcmodule.c:gc_collect_main", shapes="relay generator")
def collected_all_the_time(make, log):
    """It runs as always while the collector runs at each allocation"""
    kept = gc.get_threshold()
    gc.enable()
    gc.set_threshold(1, 1, 1)
    try:
        life(make, log)
    finally:
        gc.set_threshold(*kept)
        gc.disable()


@check("Modules/gcmodule.c:gc_freeze_impl", shapes="relay generator")
def inspected_by_the_collector(make, log):
    """The collector's lists can be read while it is suspended"""
    made = make(suspend())
    made.send(None)
    log("found", sum(one is made for one in gc.get_objects()))
    log.do("end", made.send, 1)


@check("Modules/faulthandler.c:faulthandler_dump_traceback_py_impl")
def dumped(make, log):
    """faulthandler can dump the stacks while it runs"""
    import faulthandler
    import tempfile

    class Dumps:
        def __await__(self):
            with tempfile.TemporaryFile() as file:
                faulthandler.dump_traceback(file)
                file.seek(0)
                log("dumped", b"dumped" in file.read())
            return iter([1])

    log.do("send", make(Dumps()).send, None)


@check("Objects/frameobject.c:frame_getback", shapes="relay generator")
def frames_looked_at(make, log):
    """All frames of all threads can be looked at while it runs"""

    class Looks:
        def __await__(self):
            depth, frame = 0, sys._current_frames()[threading.get_ident()]
            while frame is not None:
                depth, frame = depth + 1, (frame.f_locals, frame.f_back)[1]
            log("frames", depth > 2)
            return iter([1])

        __iter__ = __await__

    log.do("send", make(Looks()).send, None)


@check("Python/pythonrun.c:print_exception", shapes="relay generator")
def traceback_printed(make, log):
    """The traceback of its error can be formatted"""
    import traceback

    made = make(fails(ValueError("v")))
    try:
        made.send(None)
    except ValueError as error:
        lines = traceback.format_exception(type(error), error, error.__traceback__)
        log("last", lines[-1], any("fails" in line for line in lines))


@check("Python/sysmodule.c:sys_setrecursionlimit", shapes="relay")
def ready_many_times(make, log):
    """Many that are ready at once do not use up the stack"""

    async def body():
        total = 0
        for number in range(20000):
            total += await make(ready(number))
        return total

    log.do("send", make(body()).send, None)
