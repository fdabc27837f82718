# SPDX-License-Identifier: MIT
"""Runs pairs, each in a process of its own, and judges their cells."""

import dataclasses
import fnmatch
import json
import operator
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TIME = 60  # seconds a process may take
DEATHS = 5  # of a pair's processes; then its other cells are not run
ENTRY = re.compile(r"(?:\[python (.*?)\] )?(\S+) -> (\S+) (\S+) (.*) => (.*)")
COMPARE = {"<": operator.lt, ">=": operator.ge}


@dataclasses.dataclass
class Cell:
    producer: str
    consumer: str
    mode: str
    scenario: str
    wrong: str
    excuse: str = ""
    defect: bool = False

    def __str__(self):
        return f"{self.producer} -> {self.consumer} {self.mode} {self.scenario}"


def ending(process, reported):
    """What became of a process that did not finish, in a line."""
    lines = [line for line in reported.splitlines() if line.strip()]
    signs = [
        line for line in lines if re.search("ERROR:|panicked|Fatal|what\\(\\)", line)
    ]
    told = (signs or lines[-1:] or [""])[0][:200]
    return f"the process {process}: {told}"


def run_once(folder, producer, consumer, skip):
    """@return the lines that it printed, and what ended it if it died."""
    command = [sys.executable, HERE / "pair.py", folder, producer, consumer, str(skip)]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, timeout=TIME
            )
            how = f"ended with {done.returncode}" if done.returncode else ""
        except subprocess.TimeoutExpired:
            how = f"did not end in {TIME} s"
        out.seek(0)
        err.seek(0)
        lines = [json.loads(line) for line in out if line.endswith("\n")]
        return lines, ending(how, err.read()) if how else ""


def run_pair(folder, producer, consumer):
    """The cells of a pair. Whatever kills the process is the verdict of the
    cell that it was in; a new one goes on with the next."""
    cells = []
    for _ in range(DEATHS):
        lines, died = run_once(folder, producer, consumer, len(cells))
        for line in lines:
            if "wrong" in line:
                cells.append(Cell(producer, consumer, **line))
        if not died:
            return cells
        if not lines or "wrong" in lines[-1]:
            return [*cells, Cell(producer, consumer, "any", "the process", died)]
        cells.append(Cell(producer, consumer, **lines[-1], wrong=died))
    return cells


# ---- Excuses ---------------------------------------------------------------


def fits(word, patterns):
    """Patterns have a comma and no space between them."""
    parts = re.split(",(?! )", patterns)
    return any(fnmatch.fnmatchcase(word, pattern) for pattern in parts)


@dataclasses.dataclass
class Excuse:
    patterns: tuple  # of producer, consumer, mode, scenario
    got: str
    reason: str
    defect: bool
    cells: list = dataclasses.field(default_factory=list)

    def names(self, cell):
        words = (cell.producer, cell.consumer, cell.mode, cell.scenario)
        return all(map(fits, words, self.patterns))

    def __str__(self):
        return f"{self.patterns} => {self.got}"


def counts_here(guard):
    """Whether "< 3.13" is true of the running Python."""
    compare, version = guard.split()
    wanted = tuple(map(int, version.split(".")))
    return COMPARE[compare](sys.version_info[:2], wanted)


def read_excuses(name, defect):
    reason, excuses = "", []
    for line in (HERE / name).read_text().splitlines():
        if line.startswith("because "):
            reason = line[8:]
        elif line and not line.startswith("#"):
            guard, *patterns, got = ENTRY.fullmatch(line).groups()
            if not guard or counts_here(guard):
                excuses.append(Excuse(tuple(patterns), got, reason, defect))
    return excuses


def excuse(cells, excuses):
    """Puts excuses to the cells that they name; a cell that holds in spite of
    one, or fails otherwise than it says, becomes wrong."""
    for cell in cells:
        for one in excuses:
            if not one.names(cell):
                continue
            one.cells.append(cell)
            if one.got in cell.wrong:
                cell.excuse, cell.defect = one.reason, one.defect
            elif not cell.wrong:
                cell.wrong = f"it holds, though excused: {one.reason}"


# ---- The table -------------------------------------------------------------


def summary(cells):
    """Cells that hold, that cannot, defects, and what nobody expects."""
    held = sum(not cell.wrong for cell in cells)
    defects = sum(cell.defect for cell in cells)
    excused = sum(bool(cell.excuse) for cell in cells) - defects
    wrong = len(cells) - held - excused - defects
    return f"{held} {excused} {defects}" + (f" WRONG {wrong}" if wrong else "")


def table(cells, languages):
    rows = [["producer, consumer:", *languages]]
    for producer in languages:
        row = [producer]
        for consumer in languages:
            pair = (producer, consumer)
            own = [cell for cell in cells if (cell.producer, cell.consumer) == pair]
            row.append(summary(own))
        rows.append(row)
    lines = ["".join(f"{word:>20}" for word in row) for row in rows]
    total = f"{len(cells)} cells: hold, cannot, defects: {summary(cells)}"
    return "\n".join([*lines, total])
