#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs CPython's own test suites through native relays.

    run.py [--python EXE] [--suite NAME ...] [--relays 1|4|1n|4n ...] [--jobs N]
           [--json FILE] [--path FOLDER] [--show]

EXE needs the package `test` (Debian: libpython3.X-testsuite), and the extension
`relay` in FOLDER; by default it is built by ../build.py. "4" is four relays, each a
Python object; of "4n" Python sees the outermost only. Fails if anything happens that
expected.py does not list, and the other way round.
"""

import argparse
import concurrent.futures
import itertools
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import catalogue  # noqa: E402
import expected  # noqa: E402
from judge import Verdict, judge  # noqa: E402
from process import run_suite  # noqa: E402
from rewrite import KINDS  # noqa: E402

PROBE = """
import json, sys
sys.path.insert(0, sys.argv[1])
import catalogue, resolve
print(json.dumps([sys.version_info[:3], sys.version.split()[0],
    {suite.name: resolve.module_of(suite) for suite in catalogue.SUITES}]))
"""
COLUMNS = ("version", "suite", "relays", "run", "passed", "expected", "unexpected")
SHOWN_LINES = 12


def call(*command):
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, timeout=600
    )
    return done.stdout.strip().rpartition("\n")[2]


def relays_of(name):
    return {"depth": int(name.rstrip("n")), "native": name.endswith("n")}


class Runner:
    def __init__(self, options):
        self.options = options
        minor, self.full_version, self.modules = json.loads(
            call(options.python, "-c", PROBE, str(HERE))
        )
        self.version = tuple(minor)
        self.rows, self.verdicts, self.absent = [], [], []

    def job(self, suite, relay, relays):
        module = self.modules[suite.name]
        return {
            "module": module,
            "names": [module],
            "classes": list(suite.classes),
            "kinds": list(KINDS),
            "relay": relay,
            "path": [str(path) for path in self.options.path],
            **relays_of(relays),
        }

    def start(self, pool, suite, relay, relays="1"):
        job = self.job(suite, relay, relays)
        return pool.submit(run_suite, self.options.python, job, self.options.silence)

    def run(self, suites):
        """The native runs and those through relays, `jobs` at a time."""
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            started = {}
            for suite in suites:
                if self.modules[suite.name] is None:
                    continue
                started[suite.name, None] = self.start(pool, suite, None)
                for relays in self.options.relays:
                    run = self.start(pool, suite, self.options.relay, relays)
                    started[suite.name, relays] = run
            for suite, relays in itertools.product(suites, self.options.relays):
                self.judge(suite, relays, started)

    def judge(self, suite, relays, started):
        module = self.modules[suite.name]
        if module is None:
            self.judge_absent(suite, relays)
            return
        cases = [
            case
            for case in expected.EXPECTED
            if case.applies(self.version, suite.name, relays, self.options.relay)
        ]
        native, relayed = (started[suite.name, key].result() for key in (None, relays))
        self.add(suite, relays, judge(native, relayed, module, cases))

    def judge_absent(self, suite, relays):
        verdict = Verdict()
        if self.version >= suite.since:
            since = ".".join(map(str, suite.since))
            verdict.complain(
                "(suite)",
                f"is not installed, and {since} has it: install the package `test`",
            )
        elif suite.name not in self.absent:
            self.absent.append(suite.name)
        self.add(suite, relays, verdict)

    def add(self, suite, relays, verdict):
        values = (self.full_version, suite.name, relays, verdict.run, verdict.passed)
        row = (*values, verdict.expected, len(verdict.unexpected))
        self.rows.append(dict(zip(COLUMNS, row, strict=True)))
        self.verdicts.append(verdict)
        self.report(suite, relays, verdict)

    def report(self, suite, relays, verdict):
        for test, what, text in verdict.unexpected:
            print(f"{suite.name} {relays}: {test}: {what}")
            lines = text.rstrip().splitlines()
            for line in lines if self.options.show else lines[-SHOWN_LINES:]:
                print(f"    {line}")

    def natively(self):
        """What fails without relays on this machine, and is not counted."""
        found = {}
        for row, verdict in zip(self.rows, self.verdicts, strict=True):
            for test, outcome in verdict.natively:
                found[f"{row['suite']}: {test}"] = outcome
        return found

    def table(self):
        cells = [COLUMNS, *([str(row[c]) for c in COLUMNS] for row in self.rows)]
        cells[0] = (*COLUMNS, "made")
        for line, verdict in zip(cells[1:], self.verdicts, strict=True):
            line.append(str(verdict.made))
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        for line in cells:
            print(
                "  ".join(
                    text.ljust(width) if at < 3 else text.rjust(width)
                    for at, (text, width) in enumerate(zip(line, widths, strict=True))
                )
            )

    def finish(self):
        print()
        self.table()
        for test, outcome in self.natively().items():
            print(f"not counted, natively {outcome}: {test}")
        if self.absent:
            print(f"not in {self.full_version}: {' '.join(self.absent)}")
        total = {c: sum(row[c] for row in self.rows) for c in COLUMNS[3:]}
        print(", ".join(f"{count} {what}" for what, count in total.items()))
        return 1 if total["unexpected"] or not total["run"] else 0


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--suite", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--relays", nargs="+", default=list(expected.ALL))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--path", type=pathlib.Path, action="append", default=[])
    parser.add_argument("--show", action="store_true", help="whole tracebacks")
    parser.add_argument(
        "--silence", type=float, default=240, help="seconds without a test: it hangs"
    )
    parser.add_argument(
        "--relay", default="relay", help="the module of the relays, or MODULE:CLASS"
    )
    return parser.parse_args(arguments)


def main():
    options = parse(sys.argv[1:])
    options.path = [path.resolve() for path in options.path]
    if options.relay == "relay" and not options.path:
        build = str(HERE.parent / "build.py")
        folder = call(sys.executable, build, "--python", options.python, "relay")
        options.path.append(pathlib.Path(folder))
    names = options.suite or [suite.name for suite in catalogue.SUITES]
    runner = Runner(options)
    runner.run([catalogue.by_name(name) for name in names])
    if options.json:
        options.json.write_text(json.dumps(runner.rows, indent=1) + "\n")
    return runner.finish()


if __name__ == "__main__":
    sys.exit(main())
