# SPDX-License-Identifier: MIT
"""Checks the plumbing of the group `rust`: nothing is built, no time judged."""

import os
import re

import python_group
import python_self_test
import report
import rust_group
import rust_rows

BUDGETS = {
    ("poll, no waker touched, 1, baton", "poll, no waker touched, 1, async-ffi", 1),
    ("poll, keeping its waker, 10, baton", "poll, keeping its waker, 10, async-ffi", 1),
    ("create + run + drop, 1, baton", "create + run + drop, 1, async-ffi", 1),
    ("ready await, int, rust", "ready await, int, pyo3", 0.5),
    ("ready await, int, rust", "ready await, int, native", 1.5),
    ("resume, one more, rust", "resume, one more, native", 1.5),
    (
        "python awaited in rust, ready, rust",
        "python awaited in rust, ready, pyo3-async-runtimes",
        0.05,
    ),
}


def names_of(rows):
    return {name for row in rows for name in (row.name, row.baseline) if name}


def knows_the_budgets_of_rust():
    rows = {
        (row.name, row.baseline, row.budget)
        for row in [*rust_rows.boundary(), *rust_rows.rows()]
    }
    assert rows >= BUDGETS, BUDGETS - rows


def names_what_rust_measures():
    """Whatever a row names is a case, even if it cannot be measured here."""
    got = python_group.measure(python_self_test.Fake(), "time", 1, 0.000001, "rust")
    cases = set(got["samples"]) | set(got["missing"])
    assert names_of(rust_rows.rows()) <= cases, names_of(rust_rows.rows()) - cases
    source = (rust_group.HERE / "boundary/src/cases.rs").read_text(encoding="utf-8")
    for name in names_of(rust_rows.boundary()):
        act = re.sub("^poll, |, [0-9]+, [a-z-]+$", "", name)
        assert f'"{act}"' in source, name


def goes_on_without_cargo():
    before = os.environ.get("CARGO")
    os.environ["CARGO"] = "no-such-cargo"
    try:
        boundary, samples = rust_group.Boundary(), {}
    finally:
        del os.environ["CARGO"]
        if before is not None:
            os.environ["CARGO"] = before
    boundary.times(samples)
    assert not samples
    assert [note.split(":")[0] for note in boundary.notes] == [
        "no async-ffi",
        "no boundary",
    ], boundary.notes
    assert all("no-such-cargo" in note for note in boundary.notes), boundary.notes
    for row in rust_rows.boundary():
        assert report.figure("rust", row, samples)["met"] is None


checks = [knows_the_budgets_of_rust, names_what_rust_measures, goes_on_without_cargo]
