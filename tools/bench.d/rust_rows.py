# SPDX-License-Identifier: MIT
"""What the group `rust` reports, and its budgets.

Names are those that the cases in rust/boundary and in python/rust.py have.
"""

from native import Row

LEVELS = [1, 10]
ACTS = ["poll, no waker touched", "poll, keeping its waker", "create + run + drop"]


def boundary():
    """Rust to Rust: as good as an ABI that only Rust speaks."""
    for levels in LEVELS:
        for act in ACTS:
            peer = f"{act}, {levels}, async-ffi"
            yield Row(peer)
            yield Row(f"{act}, {levels}, baton", peer, 1)


def awaited():
    """A Rust future awaited from Python."""
    for what in "ready await, int", "ready await, heap object":
        yield Row(f"{what}, native")
        yield Row(f"{what}, pyo3")
        yield Row(f"{what}, rust", f"{what}, native", 1.5)
        yield Row(f"{what}, rust", f"{what}, pyo3", 0.5)
    under = "resume, async def over C iterator"
    yield Row(under)
    yield Row("resume, one more, native", under)
    yield Row("resume, one more, rust", "resume, one more, native", 1.5)
    called = "wake by a thread, call_soon_threadsafe"
    yield Row(called)
    yield Row("wake by a thread, pyo3", called)
    yield Row("wake by a thread, rust", called)
    yield Row("wake by a thread, rust", "wake by a thread, pyo3")
    # Woken in its own poll: PyO3 asks the loop to go on, as sleep(0) does.
    yield Row("task step, native")
    yield Row("task step, pyo3", "task step, native")
    yield Row("task step, rust", "task step, native")


def awaiting():
    """Rust that awaits a coroutine of Python's, as often as one is made."""
    for kind in "ready", "suspended once":
        name = f"python awaited in rust, {kind}, {{}}".format
        yield Row(name("pyo3-async-runtimes"))
        yield Row(name("rust"), name("pyo3-async-runtimes"), 0.05)


def rows():
    """Those of one interpreter."""
    yield from awaited()
    yield from awaiting()
