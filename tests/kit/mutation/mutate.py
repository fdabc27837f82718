#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Breaks libbaton's source in small ways, and asks whether `baton check` notices.

    mutate.py [--count N] [--seed S] [--jobs N] [--only TEXT]

Each mutant is compiled into the good provider in C, and checked. Prints the rate. Fails
if a mutant survives that survivors.txt does not explain, or if a mutant does not survive
that it lists. A mutant that does not compile is none and does not count.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from mutants import mutants_of

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
RUNTIME = ROOT / "abi/runtime"
PROVIDER = ROOT / "tests/corpus/good/c"
# What the contract speaks of; groups, loops, memory and threads have their own tests.
FILES = (
    "async_generator.c await.c coro.c coro_send.c drive.c error.c exit.c hang.c "
    "introspect.c object.c refusal.c release.c"
).split()
# Of these no requirement speaks, or not of what a provider without affine coroutines
# can show: what an author calls, affinity, names and places, the walk over a chain.
OUTSIDE = (
    "is_body baton_is_coro baton_coro_body baton_coro_guard baton_link_guard enter "
    "init_extra step_guard name qualified qualified_name step_name step_qualified_name "
    "step_location baton_coro_where baton_link_returns_to visit_one baton_await_chain"
).split()
FLAGS = "-std=c11 -O0 -fPIC -fvisibility=hidden -w -pthread".split()


def compiler():
    return os.environ.get("CC", "cc").split()


def includes(build):
    return [
        f"-I{path}"
        for path in (build, ROOT / "include", RUNTIME, PROVIDER.parent, PROVIDER)
    ]


def compile_file(source, output, build):
    command = [*compiler(), *FLAGS, *includes(build), "-iquote", RUNTIME]
    done = subprocess.run(
        [*command, "-c", source, "-o", output], stderr=subprocess.PIPE, text=True
    )
    return done.returncode == 0


def link(objects, output):
    subprocess.run(
        [*compiler(), "-shared", "-pthread", *objects, "-o", output], check=True
    )


class Bench:
    """The objects that all mutants share."""

    def __init__(self, build, kit):
        self.build, self.kit = build, kit
        build.mkdir(parents=True, exist_ok=True)
        header = build / "manifest.h"
        subprocess.run(
            [sys.executable, ROOT / "abi/manifest.py", "--c-header", header], check=True
        )
        self.objects = {}
        for source in [*sorted(RUNTIME.glob("*.c")), *sorted(PROVIDER.glob("*.c"))]:
            output = build / f"{source.parent.name}_{source.stem}.o"
            if not compile_file(source, output, build):
                raise SystemExit(f"mutate: {source} does not compile")
            self.objects[source] = output

    def check(self, library):
        """Whether the kit finds something. Its exit status 2 is a defect of this test."""
        done = subprocess.run(
            [
                *self.kit,
                "check",
                library,
                "--fail-fast",
                "--seed",
                "1",
                "--jobs",
                "1",
                "--timeout",
                "5",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode != 0, done.stdout

    def run(self, mutant):
        """What the kit says if it is caught; "": survived; None: does not compile."""
        source = RUNTIME / mutant.file
        with tempfile.TemporaryDirectory(dir=self.build) as folder:
            folder = pathlib.Path(folder)
            changed = folder / mutant.file
            changed.write_text(mutant.apply(source.read_text(encoding="utf-8")))
            output, library = folder / "mutant.o", folder / "mutant.so"
            if not compile_file(changed, output, self.build):
                return None
            others = [o for path, o in self.objects.items() if path != source]
            link([*others, output], library)
            found, output = self.check(library)
            return output if found else ""


def chosen(seed, count, only):
    """The mutants of this seed, stable under edits of other functions."""
    everything = [
        mutant
        for file in FILES
        for mutant in mutants_of(file, (RUNTIME / file).read_text(encoding="utf-8"))
        if mutant.function not in OUTSIDE and (not only or only in mutant.name)
    ]
    everything.sort(key=lambda mutant: mutant.chance(seed))
    return everything[:count], len(everything)


def explained():
    """The survivors that are known: name -> reason."""
    known, reason = {}, ""
    path = HERE / "survivors.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line.startswith("    "):
            known[line.strip()] = reason
        elif line and not line.startswith("#"):
            reason = line
    return known


def report(results, known, total):
    caught = [m for m, got in results if got]
    survived = [m for m, got in results if got == ""]
    ran = len(caught) + len(survived)
    for mutant in survived:
        why = known.get(mutant.name)
        print(
            f"survived: {mutant.name}" + (f"\n    {why}" if why else "  NOT EXPLAINED")
        )
    said = {m.name: output for m, output in results if output}
    wrong = [name for name in known if name in said]
    for name in wrong:
        print(f"listed as a survivor, but caught: {name}\n{said[name]}")
    unexplained = [m for m in survived if m.name not in known]
    print(
        f"mutants: {len(caught)} of {ran} caught "
        f"({100 * len(caught) / max(ran, 1):.1f} %), {len(survived)} survived, "
        f"{len(survived) - len(unexplained)} explained; {total} are possible"
    )
    return bool(wrong or unexplained or not ran)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", help="mutants whose name has this text")
    options = parser.parse_args()
    kit = os.environ.get("BATON_KIT", str(ROOT / "build/dev/tools/kit/baton-kit"))
    bench = Bench(ROOT / "build/mutants", [kit])
    library = bench.build / "original.so"
    link(bench.objects.values(), library)
    found, output = bench.check(library)
    if found:
        print(output, file=sys.stderr)
        raise SystemExit("mutate: the provider fails as it is")
    mutants, total = chosen(options.seed, options.count, options.only)
    with ThreadPoolExecutor(options.jobs) as pool:
        results = []
        for mutant, got in zip(mutants, pool.map(bench.run, mutants), strict=True):
            results.append((mutant, got))
            if sys.stderr.isatty():
                print(f"\r{len(results)}/{len(mutants)}", end="", file=sys.stderr)
    return report(results, explained(), total)


if __name__ == "__main__":
    sys.exit(main())
