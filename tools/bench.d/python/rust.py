# SPDX-License-Identifier: MIT
"""Rust's futures awaited in Python, and Python's coroutines awaited in Rust."""

import asyncio
import functools

import loops
import ready
import resumes
from case import Case, fresh, module, resuming

MODULES = {"rust": "rust_coroutines", "pyo3": "peer_pyo3"}
TRIPS = {"rust": "rust_coroutines", "pyo3-async-runtimes": "peer_runtimes"}
KINDS = {"int": 1, "heap object": object()}


async def nothing():
    pass


async def once():
    await asyncio.sleep(0)


AWAITED = {"ready": nothing, "suspended once": once}


def function_of(who):
    return fresh(ready.ready) if who == "native" else module(MODULES[who]).ready


def steps(who):
    """In a task, run again soon by itself each time."""
    return lambda: fresh(loops.steps) if who == "native" else module(MODULES[who]).steps


def woken(who):
    """From the wake by a thread to the next step."""
    native = who == "call_soon_threadsafe"
    return lambda: loops.called if native else module(MODULES[who]).woken


def hold(who):
    """One more, between Python's coroutine and a bare iterator in C."""
    if who == "native":
        return resumes.native
    return lambda: module(MODULES[who]).hold(resumes.iterator())


def round_trips(who, awaited):
    return lambda: functools.partial(
        awaiting_trips, module(TRIPS[who]).round_trips, awaited
    )


async def awaiting_trips(function, awaited, count):
    await function(awaited, count)


def cases():
    for kind, value in KINDS.items():
        for who in ["native", *MODULES]:
            name = f"ready await, {kind}, {who}"
            yield Case(name, ready.awaiting(who, value, function_of))
    for who in ["native", *MODULES]:
        yield Case(f"task step, {who}", loops.tasks(steps(who)))
    for who in ["call_soon_threadsafe", *MODULES]:
        yield Case(f"wake by a thread, {who}", loops.from_a_thread(woken(who)))
    under = "resume, async def over C iterator"
    yield Case(under, resuming(resumes.awaited(resumes.iterator)))
    for who in ["native", "rust"]:
        yield Case(f"resume, one more, {who}", resuming(resumes.awaited(hold(who))))
    for kind, awaited in AWAITED.items():
        for who in TRIPS:
            name = f"python awaited in rust, {kind}, {who}"
            yield Case(name, loops.from_a_thread(round_trips(who, awaited)))
