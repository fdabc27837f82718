# SPDX-License-Identifier: MIT
"""What can be seen of a chain from outside: asyncio's call graph, frames."""

import asyncio
import sys

from baton_check.behaviours.tasks import pause, run
from baton_check.registry import Group

check = Group("graph", "introspection", "Lib/asyncio/graph.py:_build_graph_for_future")


@check(since=(3, 14))
def captured(make, log):
    """asyncio's call graph goes through it"""

    async def inner(future):
        await future

    async def main(loop):
        future = loop.create_future()
        task = loop.create_task(make(inner(future)))
        await pause()
        graph = asyncio.capture_call_graph(task)
        names = [entry.frame.f_code.co_name for entry in graph.call_stack]
        future.set_result(None)
        await task
        return "inner" in names, len(names)

    log.do("run", run, main)


@check("Lib/asyncio/graph.py:format_call_graph", since=(3, 14))
def formatted(make, log):
    """asyncio can format a call graph with it"""

    async def main(loop):
        task = loop.create_task(make(asyncio.sleep(60)))
        await pause()
        text = asyncio.format_call_graph(task)
        task.cancel()
        await asyncio.wait([task])
        return "sleep" in text

    log.do("run", run, main)


@check("Python/sysmodule.c:sys__getframe_impl")
def frames_below(make, log):
    """What runs below finds the caller's frames above"""

    class Looks:
        def __await__(self):
            frame, names = sys._getframe(), []
            while frame is not None:
                names.append(frame.f_code.co_name)
                frame = frame.f_back
            log("caller", "frames_below" in names)
            return iter(())

    log.do("send", make(Looks()).send, None)
