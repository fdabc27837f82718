# SPDX-License-Identifier: MIT
"""What the group `native` reports, and its budgets.

A row's budget limits its ratio to the baseline, or, where there is none, its
value.
"""

import typing

ALL_DEPTHS = [1, 10, 100, 1000, 10000, 100000]
FRAMES = [0, 64, 192]
CROWDS = {1000000: "1 million", 10000000: "10 million"}
GUARDED = "plain guard + compare-and-swap pair"


class Row(typing.NamedTuple):
    name: str
    baseline: str | None = None
    budget: float | None = None
    unit: str = "ns"


def calls():
    yield Row("indirect call")
    yield Row("raw slot call", "indirect call", 1.6)
    yield Row("resume, c++20", "indirect call")
    yield Row("resume, plain guard", "indirect call", 4)
    yield Row("resume, plain guard", "resume, c++20", 2)
    yield Row("compare-and-swap pair")
    yield Row("resume, shared guard", GUARDED, 1)


def chains():
    yield Row("chain of 1")
    for depth in ALL_DEPTHS[1:]:
        yield Row(f"chain of {depth}", "chain of 1", 1.25)
    for depth in ALL_DEPTHS:
        yield Row(f"mixed chain of {depth}", "chain of 1", 1.25)
    for depth in ALL_DEPTHS[:-1]:
        yield Row(f"recursive chain of {depth}", f"chain of {depth}")
    for depth in ALL_DEPTHS[:4]:
        yield Row(f"python chain of {depth}", f"chain of {depth}")
    yield Row("chain of 1000", "python chain of 1000", 0.001)


def ends():
    """Deeper chains leave the caches, shorter ones have a larger root."""
    for end, budget in ("unwind", 25), ("close", 60):
        yield Row(f"{end}, 100 links")
        yield Row(f"{end}, 1000 links", None, budget)
        yield Row(f"{end}, 100000 links")
    yield Row("unwind with frames, 1000 links", "unwind, 1000 links")


def lives():
    for frame in FRAMES:
        yield Row(f"malloc + free, frame of {frame}")
        yield Row(f"life, frame of {frame}", f"malloc + free, frame of {frame}", 0.6)
        yield Row(f"life, frame of {frame}", f"life, c++20, frame of {frame}")
    yield Row("life, 100 at a time", "malloc + free, 100 at a time", 0.6)


def cpp():
    """A coroutine of C++ that awaits one of C, or resumes it, beside plain C++."""
    for what in "await", "resume in a task":
        peer = f"{what}, c++20"
        yield Row(f"{what}, c++ in c++", peer)
        yield Row(f"{what}, c in c++", peer, 1.2)


def memory():
    yield Row("header", None, 64, "bytes")
    for crowd in CROWDS.values():
        peer = f"{crowd}, c++20"
        yield Row(f"{crowd}, resident", f"{peer}, resident", None, "bytes")
        for act in "create", "resume", "destroy":
            yield Row(f"{crowd}, {act}", f"{peer}, {act}")


def wakes():
    yield Row("async generator, item", "python async generator, item")
    yield Row("group of 1, wake")
    yield Row("group of 1000, wake", "group of 1, wake")
    yield Row("block_on, round trip", "condition variables, round trip")


def rows():
    for part in calls, chains, ends, lives, cpp, memory, wakes:
        yield from part()


def derive(samples):
    """Adds what is made of other samples."""
    plain = samples.get("resume, plain guard")
    pair = samples.get("compare-and-swap pair")
    if plain and pair:
        samples[GUARDED] = [a + b for a, b in zip(plain, pair, strict=True)]


def picture():
    """The lines of the picture: {label: {depth: name of the samples}}."""
    flat = {
        "one libbaton": "chain of {}",
        "two, by turns": "mixed chain of {}",
        "recursive sends": "recursive chain of {}",
        "CPython": "python chain of {}",
    }
    return {
        label: {depth: name.format(depth) for depth in ALL_DEPTHS}
        for label, name in flat.items()
    }
