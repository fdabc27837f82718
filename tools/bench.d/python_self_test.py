# SPDX-License-Identifier: MIT
"""Checks the plumbing of the group `python`: no peer is installed, no time judged."""

import subprocess
import sys

import python_group
import python_peers
import python_rows
import report

INT, NONE = "ready await, int, baton", "ready await, None, baton"
BUDGETS = {
    (3, 11): {INT: 0.7, NONE: 0.7},
    (3, 12): {INT: 1.1, NONE: 0.95},
    (3, 13): {INT: 1.1, NONE: 0.95},
    (3, 14): {INT: 1.3, NONE: 1.2},
    (3, 15): {INT: 1.1, NONE: 1.1},
}
OTHERS = {
    ("resume, async def over baton", "resume, async def over C iterator", 1.1),
    ("chain of 1000", "chain of 1", 1.25),
    ("handle, async def", "PyIter_Send, async def", 1.1),
    ("one of 100 pairs, baton", "two of 200 levels, python", 1.5),
    ("memory, resident, baton", "memory, resident, native", 0.9),
}


class Fake:
    """An interpreter with nothing built for it."""

    python = sys.executable
    version = "3.11.99"
    number = (3, 11)

    def path(self):
        return ""


def knows_the_budgets_of_each_version():
    for number, budgets in BUDGETS.items():
        rows = {
            (row.name, row.baseline, row.budget) for row in python_rows.rows(number)
        }
        for name, budget in budgets.items():
            assert (name, name.replace("baton", "native"), budget) in rows, name
        assert rows >= OTHERS, OTHERS - rows
    names = {row.name for row in python_rows.rows((3, 10)) if row.budget}
    assert INT not in names, "3.10 has no such budget"


def names_what_is_measured():
    """Whatever a row names is a case, even if it cannot be measured here."""
    got = python_group.measure(Fake(), "time", 1, 0.000001)
    cases = set(got["samples"]) | set(got["missing"])
    for row in python_rows.rows(Fake.number):
        for name in (row.name, row.baseline):
            if name and not name.startswith("memory"):
                assert name in cases, name
    assert "ready await, int, native" in got["samples"]
    assert len(got["samples"]["ready await, int, native"]) == 1


def tells_what_is_missing():
    samples, notes = {}, set()
    python_group.times(Fake(), samples, notes)
    assert not notes, "what was not built is noted where it is built"
    python_group.tell(Fake(), {"a case": "ImportError: why"}, notes)
    assert notes == {"3.11.99: ImportError: why"}, notes
    rows = [python_group.label(Fake(), row) for row in python_rows.rows(Fake.number)]
    figures = {row.name: report.figure("python", row, samples) for row in rows}
    native = figures["3.11.99: ready await, int, native"]
    assert native["value"] > 0, native
    for who in "cython", "baton":
        found = figures[f"3.11.99: ready await, int, {who}"]
        assert found["value"] is None and found["ratio"] is None, found
        assert found["met"] is None, found


def survives_a_process_that_crashes():
    done = subprocess.CompletedProcess(["exe", "file", "memory", "x"], -11, "")
    assert python_group.answer(done) == {
        "missing": {"": "memory x: ended with status -11"}
    }


def tells_why_a_peer_was_not_built():
    interpreter = python_peers.Interpreter(sys.executable)

    def fail():
        python_peers.run(sys.executable, "-c", "raise SystemExit('error: no wheel')")

    interpreter.attempt("peer", fail)
    version = interpreter.version
    assert interpreter.notes == [f"{version}: no peer: error: no wheel"], (
        interpreter.notes
    )


checks = [
    knows_the_budgets_of_each_version,
    names_what_is_measured,
    tells_what_is_missing,
    survives_a_process_that_crashes,
    tells_why_a_peer_was_not_built,
]
