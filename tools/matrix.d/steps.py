# SPDX-License-Identifier: MIT
"""What is run with one interpreter; each step gives rows of the table."""

import json
import os
import pathlib
import re

COLUMNS = ("version", "suite", "relays", "run", "passed", "expected", "unexpected")
COUNTS = COLUMNS[3:]
# The binding's own tests: the name of the row, and the folder of its files.
UNITS = {
    "binding": "tests/python",
    "package": "tests/python_package",
    "vendoring": "tests/vendoring",
}
NEEDS = ("tests/python", "tests/python_package")
RESULT = "build/matrix/result.json"
BUILD_LIMIT, VENV_LIMIT, UNIT_LIMIT, SUITES_LIMIT = 900, 600, 900, 4 * 3600


class Steps:
    def __init__(self, interpreter, options, log):
        self.interpreter = interpreter
        self.place = interpreter.place
        self.program = interpreter.program
        self.options = options
        self.log = log  # a binary file
        self.notes = []
        self.bad = []  # where in the log the output is of what was not as expected

    def call(self, *command, limit=60):
        """@return whether the command ended well."""
        self.log.write(f"\n$ {' '.join(command)}\n".encode())
        self.log.flush()
        self.began = self.log.tell()
        status = self.place.run(command, self.log, limit)
        if status is None:
            self.log.write(f"\nstopped after {limit} s\n".encode())
        return status == 0

    def blame(self):
        """Notes the output of the last command."""
        self.bad.append((self.began, os.fstat(self.log.fileno()).st_size))

    def clear(self):
        clear = 'mkdir -p "$(dirname "$1")" && rm -f "$1"'
        if not self.call("sh", "-c", clear, "-", RESULT):
            raise OSError(f"cannot write {RESULT} in {self.place.name}")

    def result(self):
        """What the command wrote, or None."""
        try:
            return json.loads((self.place.repository / RESULT).read_text())
        except (OSError, ValueError):
            return None

    def row(self, suite, relays, counts):
        numbers = (counts.get(name, 0) for name in COUNTS)
        values = (self.interpreter.full, suite, relays, *numbers)
        return dict(zip(COLUMNS, values, strict=True))

    def failure(self, suite):
        """What ends without a result is one unexpected thing, and no test."""
        return self.row(suite, "-", {"unexpected": 1})

    def build(self):
        program = self.program
        command = (program, "tests/python/build.py", "--python", program)
        if self.call(*command, limit=BUILD_LIMIT):
            return []
        self.blame()
        return [self.failure("build")]

    def packages(self):
        """What the tests use of PyPI, in an environment of its own."""
        folder = f".cache/matrix/venv-{self.interpreter.full}"
        python = f"{folder}/bin/python"
        if not self.call(python, "-m", "pip", "--version"):
            clear = ("rm", "-rf", folder)
            make = (self.program, "-m", "venv", folder)
            if not self.call(*clear) or not self.call(*make, limit=VENV_LIMIT):
                self.call(*clear)
                self.notes.append("no environment for packages from PyPI")
                return []
        pip = (python, "-m", "pip", "install", "-q", "--only-binary", ":all:")
        needs = requirements(self.place.repository)
        if not self.call(*pip, *needs, limit=VENV_LIMIT):
            for need in needs:
                if not self.call(*pip, need, limit=VENV_LIMIT):
                    self.notes.append(f"no wheel of {need.partition(';')[0]}")
        self.program = python
        return []

    def unit(self, suite):
        """All files of a folder, each in a process of its own."""
        total = self.row(suite, "-", {})
        skipped = {}
        for file in sorted((self.place.repository / UNITS[suite]).glob("test_*.py")):
            file = str(file.relative_to(self.place.repository))
            self.clear()
            run = (self.program, "-X", "faulthandler", "tools/matrix.d/unit.py")
            done = self.call(*run, file, RESULT, limit=UNIT_LIMIT)
            counts = self.result()
            if not done or counts is None:
                counts = {"unexpected": 1, "skipped": {}}
                self.notes.append(f"{file} broke off")
            if counts["unexpected"]:
                self.blame()
            for name in COUNTS:
                total[name] += counts.get(name, 0)
            for reason, count in counts["skipped"].items():
                skipped[reason] = skipped.get(reason, 0) + count
        self.notes += [f"{count} skipped: {why}" for why, count in skipped.items()]
        return [total if total["run"] else self.failure(suite)]

    def suites(self):
        """CPython's own."""
        self.clear()
        program = self.interpreter.program
        command = [program, "tests/python/suites/run.py", "--python", program]
        command += ["--jobs", str(self.options.jobs), "--json", RESULT]
        for option in ("suite", "relays"):
            names = [name for name in getattr(self.options, option)]
            names = [name for name in names if name not in UNITS]
            command += [f"--{option}", *names] if names else []
        done = self.call(*command, limit=SUITES_LIMIT)
        rows = self.result() or []
        for row in rows:
            row["version"] = self.interpreter.full
        if not rows or (not done and not any(row["unexpected"] for row in rows)):
            rows.append(self.failure("suites"))
        if not done:
            self.blame()
        return rows

    def all(self):
        """(name, step) in their order."""
        names = self.options.suite
        steps = [("build", self.build), ("packages", self.packages)]
        for suite in UNITS:
            if suite in names or not names:
                steps.append((suite, lambda suite=suite: self.unit(suite)))
        if not names or set(names) - set(UNITS):
            steps.append(("suites", self.suites))
        return steps


def requirements(repository):
    found = []
    for folder in NEEDS:
        file = pathlib.Path(repository, folder, "requirements.txt")
        lines = file.read_text().splitlines() if file.exists() else []
        found += [line for line in lines if re.match(r"\s*[^#\s]", line)]
    return found
