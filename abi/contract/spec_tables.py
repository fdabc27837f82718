# SPDX-License-Identifier: MIT
"""Reads the Markdown tables of spec/: requirements, and states and calls."""

import re
from dataclasses import dataclass
from pathlib import Path

ID = re.compile(r"\b[A-Z]{3}-[0-9]+\b")
NOT_IDS = {"UTF-8"}

REQUIREMENTS = ["id", "level", "requirement", "tested by"]

_STATE_OF_COLUMN = {"it is attached": "attached", "it runs": "RUNNING"}


class SpecError(Exception):
    """A table of the specification that cannot be read."""


@dataclass
class Table:
    heading: str  # the nearest one above
    line: int  # of the header row
    columns: list[str]
    rows: list[tuple[int, list[str]]]  # (line, cells)


@dataclass
class Requirement:
    id: str
    level: str
    text: str
    checks: list[str]
    line: int


@dataclass
class Cell:
    action: str
    outcome: str
    next_state: str
    line: int

    def __str__(self):
        return f"{self.action}: {self.outcome}; {self.next_state}"


def ids(text):
    """The requirement ids that a text mentions; `A-1 to A-3` are three."""
    found = {name for name in ID.findall(text) if name not in NOT_IDS}
    for area, first, last in re.findall(
        r"\b([A-Z]{3})-(\d+)\s+to\s+(?:\*\s+)?\1-(\d+)\b", text
    ):
        found |= {f"{area}-{n}" for n in range(int(first), int(last) + 1)}
    return found


def id_order(name):
    area, number = name.split("-")
    return area, int(number)


def tables(text):
    """All Markdown tables of a text."""
    found, heading, table = [], "", None
    for line, raw in enumerate(text.splitlines(), 1):
        if raw.startswith("#"):
            heading = raw.lstrip("#").strip()
        if not raw.startswith("|"):
            table = None
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", raw.strip())[1:-1]]
        if table is None:
            table = Table(heading, line, cells, [])
            found.append(table)
        elif not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            table.rows.append((line, cells))
    return found


def requirements(path):
    """The requirements of spec/requirements.md, in its order."""
    found = []
    for table in tables(Path(path).read_text(encoding="utf-8")):
        if table.columns != REQUIREMENTS:
            continue
        for line, cells in table.rows:
            if len(cells) != len(REQUIREMENTS):
                raise SpecError(f"{path}:{line}: a requirement has four cells")
            name, level, text, tested = cells
            checks = [check.strip() for check in tested.split(",")]
            found.append(Requirement(name, level, text, checks, line))
    return found


def states(path):
    """{kind: {call: {state: Cell}}} of spec/states.md.

    A heading may name two kinds, "athrow and aclose"; a `-` cannot occur. What
    awaiting does to a link that is attached or runs may stand in one table for
    all kinds, with the kinds in the first column.
    """
    found = {}
    for table in tables(Path(path).read_text(encoding="utf-8")):
        for line, cells in table.rows:
            if len(cells) != len(table.columns):
                raise SpecError(f"{path}:{line}: a cell is missing or too many")
            if re.match(r"(call|begin) \\ ", table.columns[0]):
                kinds, call = table.heading.lower().split(" and "), cells[0]
            elif table.columns[0] == "what is awaited":
                kinds, call = cells[0].split(", "), "await"
            else:
                break
            for kind in kinds:
                row = found.setdefault(kind, {}).setdefault(call, {})
                for column, cell in zip(table.columns[1:], cells[1:], strict=True):
                    if cell != "-" and not cell.startswith("see "):
                        state = _STATE_OF_COLUMN.get(column, column)
                        row[state] = _cell(path, line, cell)
    return found


def _cell(path, line, text):
    found = re.fullmatch(r"([^:]+): (.+); ([\w ]+)", text)
    if not found:
        raise SpecError(
            f'{path}:{line}: "{text}" is not of the form "action: outcome; next state"'
        )
    return Cell(found[1], found[2], found[3], line)
