# SPDX-License-Identifier: MIT
"""Checks the judge, not the judged: it takes a moment and no quiet machine."""

import json
import pathlib
import tempfile
import xml.etree.ElementTree

import native
import python_self_test
import report
import run
import rust_self_test

KEYS = {"group", "name", "value", "unit", "baseline", "ratio", "budget", "met"}
SPREAD = {"min", "max", "ratio_min", "ratio_max"}

# The native rows of the budgets: (what, baseline, limit).
BUDGETS = {
    ("raw slot call", "indirect call", 1.6),
    ("resume, plain guard", "indirect call", 4),
    ("resume, plain guard", "resume, c++20", 2),
    ("resume, shared guard", native.GUARDED, 1),
    ("chain of 1000", "chain of 1", 1.25),
    ("chain of 100000", "chain of 1", 1.25),
    ("mixed chain of 1000", "chain of 1", 1.25),
    ("mixed chain of 100000", "chain of 1", 1.25),
    ("chain of 1000", "python chain of 1000", 0.001),
    ("unwind, 1000 links", None, 25),
    ("close, 1000 links", None, 60),
    ("life, frame of 0", "malloc + free, frame of 0", 0.6),
    ("life, frame of 64", "malloc + free, frame of 64", 0.6),
    ("life, frame of 192", "malloc + free, frame of 192", 0.6),
    ("header", None, 64),
}


def fake():
    """Samples that keep every budget."""
    rows = list(native.rows())
    slow, quick = [10000.0, 10100.0, 9900.0], [3.0, 3.1, 2.9]
    samples = {row.baseline: slow for row in rows if row.baseline}
    samples |= {row.name: quick for row in rows if row.budget is not None}
    return {row.name: quick for row in rows} | samples


def figures_of(samples):
    return [report.figure("native", row, samples) for row in native.rows()]


def one(figures, name, baseline):
    (found,) = [
        each
        for each in figures
        if each["name"] == name and each["baseline"] == baseline
    ]
    return found


def has_every_budget():
    found = {(row.name, row.baseline, row.budget) for row in native.rows()}
    assert found >= BUDGETS, BUDGETS - found


def has_the_shape_that_is_promised():
    for each in json.loads(json.dumps(figures_of(fake()))):
        assert set(each) == KEYS | SPREAD, each
        assert each["min"] <= each["value"] <= each["max"], each
        assert (each["ratio"] is None) == (each["baseline"] is None), each
        assert (each["met"] is None) == (each["budget"] is None), each


def tells_what_is_met():
    figures = figures_of(fake())
    missed = [each["name"] for each in figures if each["met"] is False]
    assert not missed, missed
    assert run.exit_status(figures, strict=True) == 0


def tells_what_is_missed():
    for name, baseline, _ in BUDGETS:
        samples = fake()
        samples[name] = [1e6, 2e6, 3e6]
        figures = figures_of(samples)
        found = one(figures, name, baseline)
        assert found["met"] is False, found
        (line,) = [
            line
            for line, each in zip(list(report.table(figures))[1:], figures, strict=True)
            if each is found
        ]
        assert line.endswith("MISSED"), line
        assert run.exit_status(figures, strict=False) == 0
        assert run.exit_status(figures, strict=True) == 1


def tells_what_was_not_measured():
    samples = fake()
    del samples["resume, c++20"]
    figures = figures_of(samples)
    found = one(figures, "resume, plain guard", "resume, c++20")
    assert found["met"] is None and found["ratio"] is None, found
    assert "not measured" in "\n".join(report.table(figures))
    assert run.exit_status(figures, strict=True) == 1


def draws_a_picture():
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "depth.svg"
        run.write_picture(file, figures_of(fake()), native.picture())
        root = xml.etree.ElementTree.parse(file).getroot()
        drawn = [each for each in root if each.tag.endswith("polyline")]
        assert len(drawn) == len(native.picture()), drawn


def names_what_the_program_measures(build):
    """Where the program is built: a round too short to mean anything."""
    program = run.Program(build)
    samples = program.time(1, 0.001)
    known = set(samples)
    for row in native.rows():
        for name in (row.name, row.baseline):
            if name and not name.startswith(("python", "header", native.GUARDED)):
                crowd = name.startswith(tuple(native.CROWDS.values()))
                peer = "c++20" in name and not program.about()["c++"]
                assert crowd or peer or name in known, name


def run_all(build):
    checks = [
        has_every_budget,
        has_the_shape_that_is_promised,
        tells_what_is_met,
        tells_what_is_missed,
        tells_what_was_not_measured,
        draws_a_picture,
        *python_self_test.checks,
        *rust_self_test.checks,
    ]
    for check in checks:
        check()
        print(f"ok {check.__name__}")
    if (build / "baton-bench").exists():
        names_what_the_program_measures(build)
        print("ok names_what_the_program_measures")
    return 0
