#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the model with an executor on random walks."""

import argparse
import os
import shlex
import sys
import time
from multiprocessing import Pool
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "spec")]
sys.dont_write_bytecode = True

from compare import Result, Subject, compare  # noqa: E402
from differences import DIFFERENCES, applies, model_of_this_python  # noqa: E402
from model.script import read_walk, write_walk  # noqa: E402
from mutants import mutants_for, mutate  # noqa: E402
from shrink import shrink  # noqa: E402

BATCH = 500
# From this number of walks on, every cell of the tables must be reached.
COVERAGE_FROM = 50_000
# A self-test gives up on a mutant after so many walks.
SELF_TEST_LIMIT = 200_000


def start_worker(command, seed):
    global subject, run_seed
    subject, run_seed = Subject(command), seed


def work(numbers):
    return compare(subject, run_seed, numbers)


def batches(count):
    return [range(first, min(first + BATCH, count)) for first in range(0, count, BATCH)]


def run(options):
    """Compare all walks, with one process for each core."""
    total, started = Result(), time.monotonic()
    with Pool(options.jobs, start_worker, (options.against, options.seed)) as pool:
        for result in pool.imap_unordered(work, batches(options.count)):
            total.add(result)
            if sys.stdout.isatty():
                print(f"\r{total.walks} of {options.count} walks", end="", flush=True)
            if total.different:
                break
    if sys.stdout.isatty():
        print("\r\033[K", end="")
    return total, time.monotonic() - started


def command_line(options, *more):
    parts = [sys.executable, "tests/walks/run.py", "--seed", hex(options.seed), *more]
    return shlex.join([*parts, "--against", *options.against])


def show(subject, walk, options, number=None):
    """Print the smallest walk that shows a difference, both traces, and how to see it
    again.
    """
    small = shrink(walk, subject.first_different)
    print("The smallest walk that differs:\n")
    print(write_walk(small))
    expected, found = subject.expected(small), subject.traces([small])[0]
    for at in range(max(len(expected), len(found))):
        left = expected[at] if at < len(expected) else "(nothing)"
        right = found[at] if at < len(found) else "(nothing)"
        print(f"    {left}" if left == right else f"  model  {left}\n  found  {right}")
    if number is not None:
        print(f"\nSee it again: {command_line(options, '--only', str(number))}")


def one_walk(options):
    subject = Subject(options.against)
    if options.walk:
        walk = read_walk(Path(options.walk).read_text())
    else:
        walk = subject.walk(options.seed, options.only)
    if subject.first_different([walk]):
        show(subject, walk, options, options.only)
        return 1
    print(write_walk(walk))
    print(
        "\n".join(
            subject.expected(walk) or ["left out: the host breaks its own rules here"]
        )
    )
    print("\nno difference")
    return 0


def all_walks(options):
    print(
        f"seed {hex(options.seed)}, against {shlex.join(options.against)}", flush=True
    )
    total, seconds = run(options)
    subject = Subject(options.against)
    if total.different:
        number = min(total.different)
        show(subject, subject.walk(options.seed, number), options, number)
        print(f"{total.walks} walks, walk {number} differs (seed {hex(options.seed)})")
        return 1
    missed = sorted(subject.cells - total.hits)
    print(
        f"{len(subject.cells) - len(missed)} of {len(subject.cells)} cells of the state "
        "tables reached"
    )
    for cell in missed:
        print("  not reached: " + ", ".join(cell))
    if total.left_out:
        print(f"{total.left_out} walks left out, where the host breaks its own rules")
    print(f"{total.walks / seconds:.0f} walks a second")
    print(f"{total.walks} walks, 0 differences (seed {hex(options.seed)})")
    return 1 if missed and options.count >= COVERAGE_FROM else 0


def walks_until_found(options, model):
    """How many walks a comparison with this model needs to notice that it is wrong;
    None: too many.
    """
    subject = Subject(options.against)
    subject.model = model
    for numbers in batches(SELF_TEST_LIMIT):
        result = compare(subject, options.seed, numbers)
        if result.different:
            return result.different[0] + 1
    return None


def self_test(options):
    """Every broken model must be noticed, and so must the absence of every declared
    difference.
    """
    subject = Subject(options.against)
    mutants = mutants_for(subject.pushes)
    cases = [(mutant, mutate(subject.model, mutant)) for mutant in mutants]
    if subject.in_process:
        cases += [
            (each, model_of_this_python(without=each))
            for each in DIFFERENCES
            if applies(each)
        ]
    missed = 0
    for case, model in cases:
        needed = walks_until_found(options, model)
        what = "without the difference" if case in DIFFERENCES else "broken rule"
        print(
            f"{what} {case.__name__}: "
            + (f"found by walk {needed}" if needed else "NOT FOUND")
        )
        missed += needed is None
    print(
        f"{len(cases)} changes of the model, {missed} not found "
        f"(seed {hex(options.seed)})"
    )
    return 1 if missed else 0


def read_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="how many walks")
    parser.add_argument("--seed", type=lambda text: int(text, 0), default=0x5EED)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument(
        "--only", type=int, metavar="NUMBER", help="only this walk of the run"
    )
    parser.add_argument("--walk", metavar="FILE", help="only the walk in this file")
    parser.add_argument(
        "--self-test", action="store_true", help="show that wrong models are noticed"
    )
    parser.add_argument(
        "--against",
        nargs=argparse.REMAINDER,
        default=["cpython"],
        metavar="cpython | COMMAND",
    )
    return parser.parse_args(arguments)


def main(arguments):
    options = read_options(arguments)
    if options.self_test:
        return self_test(options)
    if options.walk or options.only is not None:
        return one_walk(options)
    return all_walks(options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
