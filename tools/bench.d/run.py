#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the benchmarks and says which budgets are met.

    run.py [--only GROUP] [--python EXE]... [--json FILE] [--svg FILE] [--strict]
    run.py --self-test

A missed budget is reported; with --strict it is the exit status too. The groups
`python` and `rust` measure in each interpreter that is named, by default in this one.
"""

import argparse
import json
import pathlib
import platform
import subprocess
import sys

import chart
import native
import python_group
import python_peer
import report
import rust_group

ROOT = pathlib.Path(__file__).resolve().parents[2]
BATCHES = 5  # each a process of its own: where code and stack lie matters
REPETITIONS = 9  # in each batch; Python's peers and crowds take fewer
SLICE_MS = 1
FEWER = 2
NEEDED = 200  # bytes for each coroutine of a crowd


class Program:
    """baton-bench, as bench.c describes it."""

    def __init__(self, build):
        self.path = build / "baton-bench"
        self.library = build / "libbaton.so"
        if not self.path.exists():
            raise SystemExit(f"{self.path} is missing: use tools/bench")

    def call(self, *arguments):
        command = [self.path, *map(str, arguments)]
        done = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def about(self):
        return self.call("about")[0]

    def time(self, repetitions, slice_ms):
        arguments = ["time", repetitions, slice_ms]
        if self.library.exists():
            arguments.append(self.library)
        return {each["name"]: each["samples"] for each in self.call(*arguments)}

    def crowd(self, whose, count):
        return self.call("crowd", whose, count)[0]


# --- Samples -----------------------------------------------------------------


def memory_is_enough(count):
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            lines = dict(line.split(":") for line in file)
        return int(lines["MemAvailable"].split()[0]) * 1024 > 2 * count * NEEDED
    except (OSError, KeyError, ValueError):
        return False


def crowd_samples(program, has_peer):
    """One sample of each crowd. A machine without the memory has none."""
    taken = {}
    for count, name in native.CROWDS.items():
        if not memory_is_enough(count):
            print(f"{name} coroutines do not fit in memory", file=sys.stderr)
            continue
        for whose, suffix in (("baton", ""), ("peer", ", c++20")):
            if whose == "peer" and not has_peer:
                continue
            found = program.crowd(whose, count)
            found["resident"] = found.pop("bytes")
            for act, value in found.items():
                taken[f"{name}{suffix}, {act}"] = [value]
    return taken


def native_samples(program, about):
    """Everything in turns: batches of the program, of Python, of crowds."""
    samples = {"header": [float(about["header"])]}
    for batch in range(BATCHES):
        print(f"batch {batch + 1} of {BATCHES}", file=sys.stderr)
        parts = [
            program.time(REPETITIONS, SLICE_MS),
            python_peer.samples(FEWER),
        ]
        parts += [crowd_samples(program, bool(about["c++"])) for _ in range(FEWER)]
        for part in parts:
            for name, values in part.items():
                samples.setdefault(name, []).extend(values)
    native.derive(samples)
    return samples


def native_group(program, about, arguments):
    samples = native_samples(program, about)
    return list(native.rows()), samples, native.picture(), []


def python_measured(program, about, arguments):
    return python_group.take(arguments.python)


def rust_measured(program, about, arguments):
    return rust_group.take(arguments.python)


# How to measure a group: gives rows, samples, the lines of a picture, notes.
GROUPS = {"native": native_group, "python": python_measured, "rust": rust_measured}

# --- Reports -----------------------------------------------------------------


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def machine(about):
    compilers = {}
    if about:
        compilers["c"] = about["c"]
        compilers["c++"] = about["c++"] or "no c++20 coroutines"
    return {
        "cpu": processor(),
        "system": f"{platform.system()} {platform.release()}",
        **compilers,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }


def lines_of(figures, picture):
    """The lines of the picture, from figures."""
    values = {each["name"]: each["value"] for each in figures}
    lines = {}
    for label, names in picture.items():
        found = {depth: values.get(name) for depth, name in names.items()}
        lines[label] = {depth: value for depth, value in found.items() if value}
    return {label: line for label, line in lines.items() if line}


def write_picture(file, figures, picture):
    lines = lines_of(figures, picture)
    if not lines:
        return
    title = "Resuming a chain of coroutines"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = chart.draw(title, "links", "nanoseconds a resume", lines)
    file.write_text(text, encoding="utf-8")


def picture_file(arguments, group, groups):
    """Each group has its own; FILE is the first one's."""
    if arguments.svg and (groups == 1 or group == "native"):
        return arguments.svg
    first = arguments.svg or arguments.build / "bench-depth.svg"
    return first if group == "native" else first.with_stem(f"{first.stem}-{group}")


def exit_status(figures, strict):
    budgets = [each for each in figures if each["budget"] is not None]
    return int(strict and not all(each["met"] for each in budgets))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", metavar="GROUP", choices=GROUPS)
    parser.add_argument("--python", metavar="EXE", action="append")
    parser.add_argument("--json", metavar="FILE", type=pathlib.Path)
    parser.add_argument("--svg", metavar="FILE", type=pathlib.Path)
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument(
        "--build", metavar="DIR", type=pathlib.Path, default=ROOT / "build/release"
    )
    arguments = parser.parse_args()
    if arguments.self_test:
        import self_test

        return self_test.run_all(arguments.build)
    needed = arguments.only in (None, "native")
    program = Program(arguments.build) if needed else None
    about = program.about() if program else {}
    where = machine(about)
    for key, value in where.items():
        print(f"{key + ':':8}{value}")
    figures, notes, pictures = [], [], {}
    for group in [arguments.only] if arguments.only else GROUPS:
        rows, samples, pictures[group], told = GROUPS[group](program, about, arguments)
        figures += [report.figure(group, row, samples) for row in rows]
        notes += told
    print("\n".join([*report.table(figures), *notes]))
    if arguments.json:
        found = {"machine": where, "notes": notes, "figures": figures}
        text = json.dumps(found, indent=1)
        arguments.json.write_text(text + "\n", encoding="utf-8")
    for group, picture in pictures.items():
        if not picture:
            continue
        file = picture_file(arguments, group, len(pictures))
        write_picture(file, figures, picture)
        print(f"picture: {file}")
    return exit_status(figures, arguments.strict)


if __name__ == "__main__":
    sys.exit(main())
