#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random programs on native objects and on their twins across the ABI.

    fuzz.py [--seed N] [--count N] [--seconds N] [--keep-going]
    fuzz.py --case FILE       runs one case that was printed before

Each case is a program for a body and operations on its object. It is run
twice; everything that can be seen must be equal. A case that fails is made
smaller and printed with what both sides show. The cases run in a child process,
so that a crash is shrunk like any other failure.
"""

import argparse
import json
import os
import pathlib
import pprint
import random
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import differences  # noqa: E402
from support import compare, extensions, generate, observe, programs  # noqa: E402

TIME_OUT = 60  # for one case in a process of its own


def make_case(seed):
    return generate.Generator(random.Random(seed)).case()


def compared(text):
    for pattern, replacement, _, until in differences.NOT_COMPARED:
        if sys.version_info[:2] <= until:
            text = re.sub(pattern, replacement, text)
    return text


def at_the_end(entries):
    """What goes with the last reference goes in no order that anybody promises."""
    end = programs.END, ""
    at = entries.index(end) + 1 if end in entries else len(entries)
    return entries[:at] + sorted(entries[at:])


def in_any_order(entries):
    """What is seen from one operation to the next, sorted: see leaves_work."""
    found, chunk = [], []
    for entry in [*entries, ("state", "")]:
        chunk.append(entry)
        if entry[0] == "state":
            found += sorted(chunk)
            chunk = []
    return found


def sides(case):
    """What the native side and the twin show."""
    twin_kit = programs.native_kit if extensions.STAND_IN else programs.relay_kit

    def run(make_kit):
        entries = observe.observe(
            lambda kit, log: programs.play(case, make_kit, log), None
        )
        return [
            (label, compared(text))
            for label, text in entries
            if not any(part in text for part, _ in differences.NOT_FUZZED)
        ]

    expected, actual = map(at_the_end, (run(programs.native_kit), run(twin_kit)))
    generates = case["kind"] == "async_generator"
    if expected != actual and generates and leaves_work(case["body"], True):
        expected, actual = in_any_order(expected), in_any_order(actual)
    for at, (entry, other) in enumerate(zip(expected, actual, strict=False)):
        if entry[0] == other[0] and entry[0].endswith("/traceback"):
            if differences.loses_traceback(entry[1], other[1]):
                expected[at] = other
    return expected, actual


def differs(case):
    expected, actual = sides(case)
    return expected != actual


def is_unsafe(part):
    """Whether a body drives what runs it: 3.10 and 3.11 may crash when such an
    object is being closed, natively as well. Without a global lock a link in the middle
    of a chain is refused.
    """
    if not isinstance(part, list):
        return False
    if sys.version_info >= (3, 12) and not differences.FREE_THREADED:
        return False
    drives = part[:1] == ["inside"] or part[:1] == ["middle"]
    return (drives and part[-1] != ["state"]) or any(map(is_unsafe, part))


SUSPEND = ("yield", "await", "for", "loop")
CLEAN_UP = {"try": 3, "item": 3, "final": 1}  # where a statement's begins


def leaves_work(part, inside=False):
    """Whether a `for` may leave an async generator whose clean-up suspends. Dropped, it
    gives its warnings when the last reference goes, and a traceback keeps those of a
    Python frame longer than anything keeps those of a native body's.

    `inside`: the block is that of an async generator itself.
    """
    if not isinstance(part, list) or not part:
        return False
    if part[0] == "for":
        return leaves_work(part[3], True) or leaves_work(part[4], inside)
    if inside and isinstance(part[0], str) and part[0] in CLEAN_UP:
        clean_up = part[CLEAN_UP[part[0]] :]
        if any(programs.mentions(clean_up, name) for name in SUSPEND):
            return True
    return any(leaves_work(inner, inside) for inner in part)


def ends_process(case, **environment):
    done = subprocess.run(
        [sys.executable, __file__, "--case", "-", "--quiet"],
        input=json.dumps(case),
        env={**os.environ, **environment},
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=TIME_OUT,
    )
    return done.returncode not in (0, 1)


def crashes_natively(case):
    """Whether native objects alone kill the interpreter: 3.10 and 3.11 have
    such cases, and nobody can be equal to that."""
    return ends_process(case, BATON_PYTHON_TWIN="native")


def crashes(case):
    return ends_process(case) and not crashes_natively(case)


def show(case, title):
    print(f"---- {title}: run again with --case FILE, this in FILE:")
    print(json.dumps(case))
    print("---- the same, readable:")
    pprint.pprint(case, sort_dicts=False, width=100)


def show_difference(case):
    expected, actual = sides(case)
    print("---- what both sides show:")
    print(compare.diff(expected, actual, "native", "twin"))
    print(flush=True)


def run_here(options):
    """Runs the cases in this process. `options.progress` names the current."""
    progress = os.open(options.progress, os.O_WRONLY) if options.progress else None
    end = time.monotonic() + options.seconds if options.seconds else None
    failures = ran = 0
    older = differences.awaitables_run_side_by_side(1)  # see differences.py
    for seed in range(options.seed, options.seed + options.count):
        if end and time.monotonic() > end:
            break
        if progress is not None:
            os.pwrite(progress, b"%-20d" % seed, 0)
        case = make_case(seed)
        if older and case["kind"] == "async_generator" or is_unsafe(case["body"]):
            continue
        if leaves_work(case["body"]):
            continue
        ran += 1
        if not differs(case):
            continue
        failures += 1
        case = generate.shrink(case, differs)
        show(case, f"seed {seed} differs")
        show_difference(case)
        if not options.keep_going:
            break
    print(f"{ran} cases, {failures} differ", flush=True)
    return 1 if failures else 0


def child(options, seed, seconds):
    """Runs the cases in a child. Gives its status and the last seed."""
    command = [sys.executable, __file__, "--seed", str(seed)]
    command += ["--count", str(options.seed + options.count - seed)]
    command += ["--seconds", str(seconds)] if seconds else []
    command += ["--keep-going"] if options.keep_going else []
    with tempfile.NamedTemporaryFile() as progress:
        done = subprocess.run([*command, "--progress", progress.name])
        return done.returncode, int(progress.read() or seed)


def run_in_child(options):
    """Runs the cases in a child, and looks at the case that kills it."""
    end = time.monotonic() + options.seconds if options.seconds else None
    seed = options.seed
    while True:
        seconds = max(end - time.monotonic(), 0.1) if end else None
        status, seed = child(options, seed, seconds)
        if status in (0, 1, 2):
            return status
        case = make_case(seed)
        if crashes_natively(case):
            print(f"seed {seed} crashes without the twin; left out", flush=True)
            seed += 1
            continue
        print(f"seed {seed} ended the process with {status}", flush=True)
        if crashes(case):
            case = generate.shrink(case, crashes, attempts=300)
        show(case, f"seed {seed} crashes")
        return 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seconds", type=float, help="stop after this long")
    parser.add_argument("--keep-going", action="store_true")
    parser.add_argument("--case", type=argparse.FileType())
    parser.add_argument("--quiet", action="store_true", help="only the exit status")
    parser.add_argument("--progress", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.case:
        case = json.load(options.case)
        failed = differs(case)
        if not options.quiet:
            show_difference(case)
        return 1 if failed else 0
    if options.progress:
        return run_here(options)
    return run_in_child(options)


if __name__ == "__main__":
    sys.exit(main())
