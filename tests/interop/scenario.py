# SPDX-License-Identifier: MIT
"""Reads the scenarios: what README.md shows, into what consumers get.

A scenario's script and trace are in words: numbers of kinds, texts in
hexadecimal, so that no language needs to parse more than words.
"""

import dataclasses
import itertools
import pathlib
import re
import struct

HERE = pathlib.Path(__file__).resolve().parent
WORD = re.compile(r'"(?:[^"\\]|\\.)*"|\(|\)|[^\s()"]+')


def kinds():
    """The names of the kinds that the contract's header has, and numbers."""
    header = HERE.parents[1] / "include/baton/error.h"
    found = re.findall(
        r"define BATON_ERROR_(\w+) (0x[0-9a-f]+|\d+)u", header.read_text()
    )
    return {name.lower().replace("_", "-"): int(number, 0) for name, number in found}


KINDS = kinds()
NAMES = {number: name for name, number in KINDS.items() if name != "base"}


def unquote(word):
    return word[1:-1].encode().decode("unicode_escape").encode("latin-1").decode()


def to_words(text):
    """`error value "no"` as `error 3 6e6f`."""
    words, rest = [], WORD.findall(text)
    while rest:
        word = rest.pop(0)
        if word in ("error", "throw", "athrow") and rest and rest[0] in KINDS:
            quoted = unquote(rest.pop(1)) if rest[1:] and rest[1][0] == '"' else ""
            words += [word, str(KINDS[rest.pop(0)]), quoted.encode().hex() or "-"]
        elif word == "f64":
            words += [word, struct.pack(">d", float(rest.pop(0))).hex()]
        elif word in ("u64", "object", "payload", "bytes"):
            words += [word, rest.pop(0)]
        elif word[0] == '"':
            words += ["text", unquote(word).encode().hex() or "-"]
        elif re.fullmatch(r"-?\d+", word):
            words += ["i64", word]
        else:
            words.append(word)
    return " ".join(words)


def from_words(line):
    """The other way, for people."""

    def unhex(word):
        return '""' if word == "-" else f'"{bytes.fromhex(word).decode()}"'

    line = re.sub(
        r"error (\d+) (-|[0-9a-f]+)",
        lambda m: f"error {NAMES.get(int(m[1]), m[1])} {unhex(m[2])}",
        line,
    )
    line = re.sub(r"text (-|[0-9a-f]+)", lambda m: unhex(m[1]), line)
    return line.replace("i64 ", "")


@dataclasses.dataclass
class Scenario:
    name: str
    body: list  # [name, argument, ...]; an argument may be a body again
    modes: tuple = ("drive", "await")
    wrap: list = dataclasses.field(default_factory=lambda: ["relay", "$it"])
    flags: set = dataclasses.field(default_factory=set)
    steps: list = dataclasses.field(default_factory=list)
    trace: list = dataclasses.field(default_factory=list)

    @property
    def script(self):
        return "\n".join(self.steps)


def read_form(words):
    """Words up to the end or a closing bracket, as nested lists."""
    form = []
    while words:
        word = words.pop(0)
        if word == ")":
            return form
        form.append(read_form(words) if word == "(" else word)
    return form


def read_step(scenario, line):
    step, _, outcome = line.partition(" = ")
    step, *said = (part.strip() for part in step.split(" | "))
    scenario.steps.append(to_words(step))
    scenario.trace += [to_words(part) for part in (*said, outcome.strip())]


def read_line(scenario, line):
    word, _, rest = line.partition(" ")
    if word == "body":
        scenario.body = read_form(WORD.findall(rest))
    elif word == "await":
        scenario.wrap = read_form(WORD.findall(rest))
        scenario.modes = ("await",)
    elif word == "only":
        scenario.modes = (rest,)
    elif word == "flag":
        scenario.flags.add(rest)
    else:
        read_step(scenario, line)


def read_block(lines):
    """The scenarios of a block, one for each choice of its `for` lines."""
    choices = [line.split()[1::2] for line in lines if line.startswith("for ")]
    choices = []
    for line in lines:
        if line.startswith("for "):
            _, name, _, *values = WORD.findall(line)
            choices.append([(name, value) for value in values])
    for chosen in itertools.product(*choices):
        scenario = Scenario(lines[0].split(None, 1)[1], [])
        for line in lines[1:]:
            for name, value in chosen:
                line = line.replace(f"${name}", value)
            if not line.startswith("for "):
                read_line(scenario, line)
        scenario.name = " ".join([scenario.name, *(value for _, value in chosen)])
        yield scenario


def read_file(path):
    blocks = []
    for line in path.read_text().splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("scenario "):
            blocks.append([])
        blocks[-1].append(line)
    for block in blocks:
        yield from read_block(block)


def read_all():
    found = [
        s for path in sorted(HERE.glob("scenarios/*.txt")) for s in read_file(path)
    ]
    names = [scenario.name for scenario in found]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"scenarios of one name: {sorted(twice)}")
    return found
