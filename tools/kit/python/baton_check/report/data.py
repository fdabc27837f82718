# SPDX-License-Identifier: MIT
"""The report as data."""

import collections

from baton_check import __version__
from baton_check.registry import TIERS

SCHEMA = "baton-check/1"
VERDICTS = ("PASS", "FAIL", "CRASH", "HANG", "LEAK", "SKIP", "WARN")
BAD = ("FAIL", "CRASH", "HANG", "LEAK")


def tiers(results):
    found = {}
    for tier in TIERS:
        verdicts = {one["verdict"] for one in results if one["tier"] == tier}
        if verdicts & set(BAD):
            found[tier] = "not conforming"
        elif verdicts - {"SKIP"}:
            found[tier] = "conforming"
        else:
            found[tier] = "not checked"
    return found


def build(options, hello, results):
    counts = collections.Counter(one["verdict"] for one in results)
    return {
        "schema": SCHEMA,
        "kit": {"version": __version__, "abi": None},
        "target": {"kind": "python", "name": options.target, "shape": hello["shape"]},
        "environment": hello["environment"],
        "seed": options.seed,
        "results": results,
        "summary": {one.lower(): counts[one] for one in VERDICTS},
        "tiers": tiers(results),
        "conforming": not any(counts[one] for one in BAD),
    }


def statement(report):
    """One line for a person, or for a README."""
    groups = collections.defaultdict(list)
    for tier, state in report["tiers"].items():
        groups[state].append(tier)
    word = "conforming" if report["conforming"] else "NOT conforming"
    parts = [f"{', '.join(names)} {state}" for state, names in groups.items()]
    environment = report["environment"]
    python = f"{environment['implementation']} {environment['python']}"
    return f"{report['target']['name']} is {word} on {python}: {'; '.join(parts)}"
