# SPDX-License-Identifier: MIT
"""Repeats the binding's tests on every CPython it can get; see tools/matrix."""

import argparse
import json
import os
import pathlib
import signal
import sys
import time

from interpreters import RELEASES, Search, program_of, wanted
from places import ROOT, Release
from steps import COLUMNS, COUNTS, Steps

LOGS = ROOT / "build/log"
TAIL = 60


def say(text):
    print(f"matrix: {text}", flush=True)


def version(text):
    if not wanted(text):
        raise argparse.ArgumentTypeError(
            f"{text} is no version such as 3.14, 3.14t or 3.14d"
        )
    return text


def parse():
    parser = argparse.ArgumentParser(prog="tools/matrix", description=__doc__)
    parser.add_argument(
        "--only", type=version, action="append", default=[], metavar="VERSION"
    )
    parser.add_argument("--suite", action="append", default=[], metavar="NAME")
    parser.add_argument("--relays", action="append", default=[], metavar="1|4|1n|4n")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE")
    parser.add_argument(
        "--list", action="store_true", help="say what would be used, and make nothing"
    )
    return parser.parse_args()


def tell(search):
    """What is there, and what would be made."""
    for name in RELEASES:
        place = Release(name)
        for each in search.versions_of(name):
            program = program_of(each)
            if place.exists and place.has(program):
                search.add(program, place)
            else:
                say(f"{each} would be made in {place.name}")
    for interpreter in search.chosen():
        print(interpreter)


def find(search):
    LOGS.mkdir(parents=True, exist_ok=True)
    for name in RELEASES:
        with (LOGS / f"matrix-{name}.log").open("wb") as log:
            search.in_release(name, log)
    for each in search.only:
        if each not in search.found and each not in search.failed:
            say(f"there is no {each}")
            search.failed.append(each)


def headlines(text):
    """Of the output of the suites: what was unexpected, without the tracebacks."""
    text = text.partition("\n\nversion ")[0]
    return [line for line in text.splitlines() if line and line[0] not in " $"]


def show(path, parts, lines_of):
    """The end of each part of a log."""
    with path.open("rb") as log:
        for start, end in parts:
            log.seek(start)
            text = log.read(end - start).decode(errors="replace")
            print("    ...")
            for line in lines_of(text)[-TAIL:]:
                print(f"    {line}")
    print(f"    all of it: {path.relative_to(ROOT)}")


def repeat(interpreter, options):
    """@return the rows of one interpreter."""
    path = LOGS / f"matrix-{interpreter.full}.log"
    rows = []
    with path.open("wb") as log:
        steps = Steps(interpreter, options, log)
        for name, step in steps.all():
            print(f"{interpreter.full:<9} {name:<10}", end="", flush=True)
            began = time.monotonic()
            found = step()
            rows += found
            bad = sum(row["unexpected"] for row in found)
            took = time.monotonic() - began
            passed = sum(row["passed"] for row in found)
            about = f"{passed} passed, {bad} unexpected" if found else ""
            print(f"{'FAIL' if bad else 'ok':<4} {took:5.0f} s  {about}", flush=True)
            for note in steps.notes:
                print(f"    {note}")
            steps.notes.clear()
            if steps.bad:
                show(path, steps.bad, headlines if name == "suites" else str.splitlines)
                steps.bad.clear()
            if bad and name == "build":
                break
    return rows


def table(rows):
    lines = [COLUMNS, *([str(row[name]) for name in COLUMNS] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = zip(line, widths, strict=True)
        print(
            "  ".join(
                text.ljust(width) if at < 3 else text.rjust(width)
                for at, (text, width) in enumerate(cells)
            )
        )


def main():
    options = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # ends the children, too
    # A job in the background ignores it, and so would the tests, which need it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    search = Search(options.only, say)
    search.here()
    if options.list:
        tell(search)
        return 0
    find(search)
    chosen = search.chosen()
    for interpreter in chosen:
        say(f"using {interpreter}")
    rows = [row for interpreter in chosen for row in repeat(interpreter, options)]
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    print()
    table(rows)
    if search.failed:
        print(f"not there: {' '.join(search.failed)}")
    total = {name: sum(row[name] for row in rows) for name in COUNTS}
    counts = ", ".join(f"{count} {name}" for name, count in total.items())
    print(f"{len(chosen)} versions: {counts}")
    return 1 if search.failed or total["unexpected"] or not total["run"] else 0


if __name__ == "__main__":
    sys.exit(main())
