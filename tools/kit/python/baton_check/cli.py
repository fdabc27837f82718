# SPDX-License-Identifier: MIT
"""The command: python -m baton_check MODULE:FACTORY"""

import argparse
import datetime
import os
import random
import shlex
import sys

from baton_check import __version__, inprocess, quirks, registry
from baton_check.report import data, machine
from baton_check.report.text import Text
from baton_check.supervisor import Options, Supervisor
from baton_check.target import CannotRun

DESCRIPTION = """\
Tells whether an awaitable behaves like the interpreter's own coroutines.

The factory, of which the shape is found by itself, is one of
  relay      factory(awaitable) gives a coroutine that returns `await awaitable`
  produce    factory(awaitables) gives an async generator: `for a in awaitables:
             yield await a`
  generator  factory(iterable) gives a generator that returns `yield from iterable`
  opaque     factory() gives any awaitable
Exit status: 0 conforming, 1 not, 2 could not run, 3 nothing matched."""


def parser():
    made = argparse.ArgumentParser(
        prog="baton check --python",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = made.add_argument
    add("target", nargs="?", metavar="MODULE:FACTORY")
    shapes = ["auto", *(one for one in registry.SHAPES if one != "awaitable")]
    add("--shape", choices=shapes, default="auto")
    add("--path", action="append", default=[], metavar="DIR", help="for sys.path")
    add("--python-exe", metavar="EXE", default=sys.executable)
    add("--list", action="store_true", help="name the behaviours, and end")
    add("--filter", action="append", default=[], metavar="GLOB", help="of ids")
    add("--seed", type=int, help="of what is random; printed at the end")
    add("--timeout", type=float, default=20, metavar="SECONDS", help="per behaviour")
    add("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    add("--isolate", choices=["batch", "each"], default="batch")
    add("--quirks", metavar="FILE", help="declared deviations")
    add("--strict", action="store_true", help="without the quirks file")
    add("--json", metavar="FILE", help="- for standard output")
    add("--junit", metavar="FILE")
    add("--tap", action="store_true")
    add("--verbose", action="store_true", help="tell what is skipped, too")
    add("--in-process", action="store_true", help="for a debugger: no workers")
    add("--reproduce", metavar="ID", help="one behaviour, with all it has shown")
    add("--version", action="version", version=f"baton-check {__version__}")
    return made


def show_list(shape, globs):
    chosen = registry.select(None if shape == "auto" else shape, globs)
    for one in chosen:
        print(f"{one.id:<42} {one.title}  [{', '.join(one.shapes)}; {one.source}]")
    return 0 if chosen else 3


def options_of(arguments):
    seed = arguments.seed
    return Options(
        target=arguments.target,
        shape=arguments.shape,
        path=tuple(os.path.abspath(path) for path in arguments.path),
        seed=random.randrange(1 << 32) if seed is None else seed,
        timeout=arguments.timeout,
        python=arguments.python_exe,
        jobs=max(1, arguments.jobs),
        isolate=arguments.isolate,
    )


def nothing(arguments):
    print(
        f"nothing matches {' '.join(arguments.filter)}; --list names the behaviours",
        file=sys.stderr,
    )
    return 3


def check(arguments, options):
    text = Text(verbose=arguments.verbose)
    machine_only = arguments.tap or arguments.json == "-"
    with Supervisor(options) as supervisor:
        hello = supervisor.hello
        chosen = registry.select(hello["shape"], arguments.filter)
        if not chosen:
            return nothing(arguments)
        declared = {}
        if arguments.quirks and not arguments.strict:
            declared = quirks.read(arguments.quirks, registry.behaviours())

        def tell(result):
            if not machine_only:
                text.progress(result, len(chosen))

        results = supervisor.run(chosen, tell)
    version = hello["environment"]["python"]
    quirks.apply(declared, results, version, datetime.date.today())
    report = data.build(options, hello, results)
    if arguments.json:
        machine.write_json(report, arguments.json)
    if arguments.junit:
        machine.write_junit(report, arguments.junit)
    if arguments.tap:
        machine.write_tap(report, sys.stdout)
    if not machine_only:
        text.report(report)
    return 0 if report["conforming"] else 1


def run_here(arguments, options):
    ids = [arguments.reproduce] if arguments.reproduce else arguments.filter
    return inprocess.run(options, ids, show=bool(arguments.reproduce))


def main(words=None):
    arguments = parser().parse_args(words)
    if arguments.list:
        return show_list(arguments.shape, arguments.filter)
    try:
        if not arguments.target:
            raise CannotRun("name what to check: MODULE:FACTORY")
        options = options_of(arguments)
        if arguments.reproduce and arguments.reproduce not in registry.behaviours():
            raise CannotRun(f"{arguments.reproduce} is no behaviour; --list names them")
        if arguments.in_process:
            given = words if words is not None else sys.argv[1:]
            command = [sys.executable, "-m", "baton_check", *given]
            print(f"gdb --args {shlex.join(command)}", file=sys.stderr, flush=True)
            return run_here(arguments, options)
        if arguments.reproduce:
            return inprocess.reproduce(options, arguments.reproduce)
        return check(arguments, options)
    except (CannotRun, OSError) as error:
        print(f"baton check: {error}", file=sys.stderr)
        return 2
