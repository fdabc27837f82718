# SPDX-License-Identifier: MIT
"""The group `python`: Baton's coroutines in CPython, beside CPython's own and
those of its compilers and libraries. Everything runs in processes of the
interpreter that is measured, several for each one, by turns."""

import json
import os
import subprocess
import sys

import python_peers
import python_rows

BATCHES = 5  # processes: where code lies matters
REPETITIONS = 9  # in each one
SLICE_MS = 2
MEMORY = 2  # processes for each figure; it hardly varies
TIMEOUT = 900
NOT_BUILT = "was not built"  # as case.py has it


def label(interpreter, row):
    """The row under a name that tells the interpreter."""
    version = interpreter.version
    baseline = row.baseline and f"{version}: {row.baseline}"
    return row._replace(name=f"{version}: {row.name}", baseline=baseline)


def measure(interpreter, *arguments):
    """What measure.py answers."""
    command = [interpreter.python, python_peers.HERE / "measure.py", *arguments]
    environment = os.environ | {"PYTHONPATH": interpreter.path()}
    try:
        done = subprocess.run(
            list(map(str, command)),
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            timeout=TIMEOUT,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return {"missing": {"": str(error)}}
    return answer(done)


def answer(done):
    try:
        return json.loads(done.stdout)
    except ValueError:
        words = " ".join(map(str, done.args[2:]))
        return {"missing": {"": f"{words}: ended with status {done.returncode}"}}


def times(interpreter, samples, notes, group="python"):
    got = measure(interpreter, "time", REPETITIONS, SLICE_MS, group)
    for name, values in got.get("samples", {}).items():
        samples.setdefault(f"{interpreter.version}: {name}", []).extend(values)
    tell(interpreter, got["missing"], notes)


def tell(interpreter, missing, notes):
    """Notes why; what was not built has a note of its own."""
    for why in missing.values():
        if not why.endswith(NOT_BUILT):
            notes.add(f"{interpreter.version}: {why}")


def memory(interpreter, samples, notes):
    for who in ["native", "baton", "baton, yielding", *python_rows.PEERS]:
        got = measure(interpreter, "memory", who)
        if "missing" in got:
            tell(interpreter, got["missing"], notes)
            continue
        for what, value in got.items():
            name = f"{interpreter.version}: memory, {what}, {who}"
            samples.setdefault(name, []).append(float(value))


def picture(interpreters):
    """The lines of the picture: {label: {depth: name of the samples}}."""
    kinds = {"Baton": "chain of {}", "CPython": "python chain of {}"}
    return {
        f"{who}, {each.version}": {
            depth: f"{each.version}: {name.format(depth)}"
            for depth in python_rows.DEPTHS
        }
        for each in interpreters
        for who, name in kinds.items()
    }


def built_interpreters(pythons, kind):
    """One of each version, by default this one, with all that can be built."""
    found = {}
    for python in pythons or [sys.executable]:
        interpreter = kind(python)
        found.setdefault(interpreter.version, interpreter)
    for each in found.values():
        each.build()
    return list(found.values())


def take(pythons):
    """Measures in each of these interpreters; by default in this one.

    @return rows, samples, picture, notes.
    """
    samples, notes = {}, set()
    interpreters = built_interpreters(pythons, python_peers.Interpreter)
    for batch in range(BATCHES):
        print(f"python batch {batch + 1} of {BATCHES}", file=sys.stderr)
        for each in interpreters:
            times(each, samples, notes)
            if batch < MEMORY:
                memory(each, samples, notes)
    rows = [
        label(each, row)
        for each in interpreters
        for row in python_rows.rows(each.number)
    ]
    built = [note for each in interpreters for note in each.notes]
    return rows, samples, picture(interpreters), [*built, *sorted(notes)]
