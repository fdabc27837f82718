#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares a library's exports kit.* with the model of the contract, on random walks.

Exit status: 0 they agree, 1 they differ, 2 it could not be run, 3 no export to walk on.
"""

import argparse
import itertools
import json
import shlex
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(ROOT / "tests/walks"), str(ROOT / "spec")]
sys.dont_write_bytecode = True

from model.script import is_valid, read_walk, write_walk  # noqa: E402
from oracle import agrees  # noqa: E402
from provider import CannotRun, Provider  # noqa: E402
from shrink import shrink  # noqa: E402

AGREE, DIFFER, COULD_NOT_RUN, NOTHING_TO_DO = range(4)
STATUSES = {
    "PASS": AGREE,
    "FAIL": DIFFER,
    "CRASH": DIFFER,
    "HANG": DIFFER,
    "ERROR": COULD_NOT_RUN,
    "SKIP": NOTHING_TO_DO,
}
BATCH = 500
SHRINKING_LIMIT = 1  # seconds for each attempt at a walk that hangs


def batches(count):
    return [range(first, min(first + BATCH, count)) for first in range(0, count, BATCH)]


def examine(options):
    """One report, as a dictionary."""
    left_out = options.without.split()
    provider = Provider(shlex.split(options.executor), options.limit, left_out)
    if not provider.links:
        return {"verdict": "SKIP", "reason": "the library has no export kit.*"}
    if options.walk:
        walk = read_walk(Path(options.walk).read_text())
        provider.settles = True
        different = provider.first_different([walk]) is not None
        return judge(provider, walk) if different else {"verdict": "PASS", "walks": 1}
    for numbers in batches(options.count):
        different = differing(provider, options.seed, numbers)
        if different and not provider.ended:
            provider.settles = True
            different = differing(provider, options.seed, different)
        if different:
            walk = provider.walk(options.seed, different[0])
            return {"number": different[0], **judge(provider, walk)}
        provider.settles = False
    return {"verdict": "PASS", "walks": options.count}


def differing(provider, seed, numbers):
    """The walks that differ from the model; if the library has ended in one, that."""
    walks = {number: provider.walk(seed, number) for number in numbers}
    expected = {number: provider.expected(walk) for number, walk in walks.items()}
    wanted = [number for number in numbers if expected[number] is not None]
    found = provider.traces([walks[number] for number in wanted]) if wanted else []
    if wanted and provider.ended:
        return [wanted[len(found) - 1]]
    return [
        number
        for number, trace in zip(wanted, found, strict=True)
        if not provider.same(expected[number], trace)
    ]


def judge(provider, walk):
    """The verdict about a walk that differs, as small as it can be."""
    provider.traces([walk])
    if provider.hangs:
        provider.settles = False
        provider.limit = min(provider.limit, SHRINKING_LIMIT)
    small = shrink(
        walk,
        provider.first_different,
        lambda each: is_valid(each) and provider.allowed(each),
    )
    expected, found = provider.expected(small), provider.traces([small])[0]
    report = {
        "verdict": "FAIL",
        "walk": write_walk(small).splitlines(),
        "expected": expected,
        "found": found,
    }
    if provider.ended:
        verdict = "HANG" if provider.hangs else "CRASH"
        return {**report, "verdict": verdict, "reason": provider.ended}
    if provider.same(expected, found):
        raise CannotRun("a walk differs after others, and not alone")
    blamed = provider.blamed(small, expected, found)
    return {**report, "requirement": blamed, "reason": "the traces differ"}


def first_difference(report):
    """The first lines that differ: of the model, of the library."""
    lines = itertools.zip_longest(report["expected"], report["found"], fillvalue="")
    for expected, found in lines:
        if not agrees(expected, found):
            return expected or "nothing more", found or "nothing more"
    raise ValueError("no difference")


def write_fields(report):
    """For the kit: a word and its text on each line, up to an empty one."""
    fields = {key: report[key] for key in ("verdict", "requirement") if key in report}
    if "requirement" in report:
        fields["expected"], fields["came"] = first_difference(report)
    fields["reason"] = report.get("reason", "")
    for key, text in fields.items():
        print(f"{key} {text}")
    print()


def write_report(report, options):
    requirement = f" {report['requirement']}" if "requirement" in report else ""
    reason = report.get("reason") or f"{report['walks']} walks"
    print(f"{report['verdict']}{requirement}: {reason}")
    if "walk" not in report:
        return
    print(f"seed {hex(options.seed)}, walk {report.get('number', options.walk)}:\n")
    print("\n".join("    " + text for text in report["walk"]))
    print("\nthe traces:\n")
    expected, found = report["expected"], report["found"]
    for at in range(max(len(expected), len(found))):
        left = expected[at] if at < len(expected) else "(nothing)"
        right = found[at] if at < len(found) else "(nothing)"
        print(f"    {left}" if left == right else f"  model  {left}\n  found  {right}")


def read_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--executor", required=True, metavar="COMMAND", help="'baton-kit walk LIB'"
    )
    parser.add_argument("--seed", type=lambda text: int(text, 0), default=0x5EED)
    parser.add_argument("--count", type=int, default=2000, help="how many walks")
    parser.add_argument("--walk", metavar="FILE", help="only the walk in this file")
    parser.add_argument(
        "--limit", type=float, default=20, help="seconds for a batch of walks"
    )
    parser.add_argument(
        "--without",
        default="",
        metavar="'WORD ...'",
        help="exports, asend, athrow, aclose, and sharing of nodes: what no walk has",
    )
    parser.add_argument("--json", action="store_true", help="one object on a line")
    parser.add_argument("--fields", action="store_true", help="for `baton check`")
    return parser.parse_args(arguments)


def main(arguments):
    options = read_options(arguments)
    try:
        report = examine(options)
    except CannotRun as error:
        report = {"verdict": "ERROR", "reason": str(error)}
    if options.json:
        print(json.dumps({**report, "seed": hex(options.seed)}))
    else:
        if options.fields:
            write_fields(report)
        write_report(report, options)
    return STATUSES[report["verdict"]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
