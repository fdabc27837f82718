# SPDX-License-Identifier: MIT
"""Measures in this interpreter, and prints JSON.

    measure.py time REPETITIONS SLICE_MS [GROUP]
                                        {"samples": {case: [ns, ...]}, "missing"}
    measure.py memory WHO               {"resident", "traced", "sizeof"}
    measure.py profile CASE SECONDS     does nothing else for so long

GROUP is `python`, unless told, or `rust`. "missing" is {case: why it could not be measured}.
"""

import gc
import json
import sys
import threading
import time

import case
import chains
import ends
import loops
import memory
import ready
import resumes
import rust

GROUPS = {"python": [ready, resumes, chains, ends, loops], "rust": [rust]}


class Opened:
    """A case, and how often it is done in one sample."""

    def __init__(self, one, slice_ns):
        self.name, self.per = one.name, one.per
        self.run = one.open()
        self.count = 8
        while (took := self.run(self.count)) < slice_ns / 4:
            self.count *= 2
        self.count = max(1, round(self.count * slice_ns / max(took, 1)))

    def sample(self):
        return self.run(self.count) / self.count / self.per


def time_all(repetitions, slice_ms, group="python"):
    opened, missing = [], {}
    for part in GROUPS[group]:
        for one in part.cases():
            try:
                opened.append(Opened(one, slice_ms * 1e6))
            except case.Missing as error:
                missing[one.name] = str(error)
            except Exception as error:
                why = f"{type(error).__name__}: {error}"
                missing[one.name] = f"{one.name}: {why}"
    gc.collect()
    gc.freeze()
    samples = {each.name: [] for each in opened}
    for _ in range(repetitions):
        for each in opened:
            samples[each.name].append(each.sample())
    return {"samples": samples, "missing": missing}


def profile(name, seconds):
    parts = [part for group in GROUPS.values() for part in group]
    (one,) = [one for part in parts for one in part.cases() if one.name == name]
    opened, end = Opened(one, 1e6), time.monotonic() + seconds
    while time.monotonic() < end:
        took = opened.sample()
    return {name: took}


def deep(function, *arguments):
    """Calls on a large stack: each await of Python's may take some of it."""
    results = []
    sys.setrecursionlimit(100000)
    threading.stack_size(256 << 20)
    thread = threading.Thread(target=lambda: results.append(function(*arguments)))
    thread.start()
    thread.join()
    if not results:
        raise SystemExit(1)
    return results[0]


def main():
    what, *arguments = sys.argv[1:]
    if what == "time":
        got = deep(time_all, int(arguments[0]), float(arguments[1]), *arguments[2:])
    elif what == "profile":
        got = deep(profile, arguments[0], float(arguments[1]))
    else:
        try:
            got = memory.measure(arguments[0])
        except case.Missing as error:
            got = {"missing": {arguments[0]: str(error)}}
    json.dump(got, sys.stdout)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
