# SPDX-License-Identifier: MIT
"""Turns samples into rows: medians, spread, ratios, and verdicts."""

import statistics


def ratios_of(values, baseline):
    """Pairs the samples of the same turn, or of about the same if one has
    fewer, so that noise hits both."""
    pairs = [
        (value, baseline[at * len(baseline) // len(values)])
        for at, value in enumerate(values)
        if baseline
    ]
    return [value / base for value, base in pairs if base > 0]


def figure(group, row, samples):
    """One row as it stands in the JSON; what was not measured is None."""
    values = samples.get(row.name, [])
    ratios = ratios_of(values, samples.get(row.baseline, []))
    judged = ratios if row.baseline else values
    met = None
    if row.budget is not None and judged:
        met = statistics.median(judged) <= row.budget
    return {
        "group": group,
        "name": row.name,
        "value": statistics.median(values) if values else None,
        "min": min(values, default=None),
        "max": max(values, default=None),
        "unit": row.unit,
        "baseline": row.baseline,
        "ratio": statistics.median(ratios) if ratios else None,
        "ratio_min": min(ratios, default=None),
        "ratio_max": max(ratios, default=None),
        "budget": row.budget,
        "met": met,
    }


def short(value):
    if value is None:
        return "-"
    if value and abs(value) < 0.01:
        return f"{value:.5f}"
    return f"{value:,.2f}" if abs(value) < 1000 else f"{value:,.0f}"


def verdict(figure):
    if figure["budget"] is None:
        return ""
    return {True: "met", False: "MISSED", None: "not measured"}[figure["met"]]


def table(figures):
    """The figures as lines of text."""
    heads = ["", "median", "min", "max", "", "ratio", "to", "budget", ""]
    rows = [heads]
    for each in figures:
        budget = "" if each["budget"] is None else f"<= {each['budget']:g}"
        rows.append(
            [each["name"]]
            + [short(each[key]) for key in ("value", "min", "max")]
            + [each["unit"], short(each["ratio"]) if each["baseline"] else ""]
            + [each["baseline"] or "", budget, verdict(each)]
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    right = {1, 2, 3, 5, 7}
    for row in rows:
        cells = [
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
