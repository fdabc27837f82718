# SPDX-License-Identifier: MIT
"""What the command asks of its loop, for asyncio, uvloop and trio alike.

loop.run(main)                     runs an async def to its end
await loop.guard(work, S)          DONE; TIMED_OUT after S seconds; CANCELLED
loop.cancel()                      cancels that work; for signal handlers too
loop.soon(call), loop.later(S, call)   calls it between two steps
"""

import asyncio
import contextlib
import importlib
import math

NAMES = ("asyncio", "uvloop", "trio")
DONE, TIMED_OUT, CANCELLED = "done", "timed out", "cancelled"


class AsyncioLoop:
    """asyncio, or uvloop in its place."""

    def __init__(self, module):
        self._module = module

    def run(self, main):
        async def entered():
            self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
            return await main()

        return self._module.run(entered())

    async def guard(self, work, seconds):
        no_limit = seconds is None
        try:
            async with (
                contextlib.nullcontext() if no_limit else asyncio.timeout(seconds)
            ):
                await work
        except TimeoutError:
            return TIMED_OUT
        except asyncio.CancelledError:
            return CANCELLED
        return DONE

    def cancel(self):
        self._loop.call_soon_threadsafe(self._task.cancel)

    def soon(self, call):
        self._loop.call_soon(call)

    def later(self, seconds, call):
        self._loop.call_later(seconds, call)


class TrioLoop:
    def __init__(self, module):
        self._trio = module
        self._cancelled = False

    def run(self, main):
        async def entered():
            self._token = self._trio.lowlevel.current_trio_token()
            self._scope = self._trio.CancelScope()
            return await main()

        return self._trio.run(entered)

    async def guard(self, work, seconds):
        limit = math.inf if seconds is None else seconds
        with self._scope, self._trio.move_on_after(limit):
            await work
            return DONE
        return CANCELLED if self._cancelled else TIMED_OUT

    def cancel(self):
        self._cancelled = True
        self._token.run_sync_soon(self._scope.cancel)

    def soon(self, call):
        self._token.run_sync_soon(call)

    def later(self, seconds, call):
        async def wait():
            await self._trio.sleep(seconds)
            call()

        self._trio.lowlevel.spawn_system_task(wait)


def find(name):
    """The loop of that name. Raises ImportError where it is not installed."""
    module = importlib.import_module(name)
    return TrioLoop(module) if name == "trio" else AsyncioLoop(module)
