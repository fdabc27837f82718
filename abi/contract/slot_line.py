# SPDX-License-Identifier: MIT
"""Reads the "Slot:" sentence that ends the comment of every slot.

The words are those that baton/version.h defines. "as NAME" takes over the
sentence of another slot of the same table, and may change what is taken.
"""

import re
from dataclasses import dataclass, replace

STATES = ("CREATED", "RUNNING", "SUSPENDED", "CLOSED")

THREADS = {
    "driver thread": "DRIVER",
    "any thread": "ANY",
    "any thread unless the type is affine": "ANY_UNLESS_AFFINE",
}
REENTRANCY = {"re-entrant": "ALLOWED", "not re-entrant": "REFUSED"}
CODE = {"runs code": "RUNS_CODE", "leaf call": "LEAF_CALL"}


class SlotLineError(Exception):
    """A slot's comment that does not say what it has to say."""


@dataclass(frozen=True)
class SlotLine:
    thread: str = ""
    states: tuple[str, ...] = ()
    reentrancy: str = ""
    code: str = ""
    takes: tuple[str, ...] = ()  # names of parameters, or "self"
    out: str = ""  # "GIVEN", "LENT", "GIVEN_OR_LENT" or nothing said


def read(struct):
    """{slot name: SlotLine} of one table."""
    lines, errors = read_all(struct)
    if errors:
        raise SlotLineError(errors[0])
    return lines


def read_all(struct):
    """({slot name: SlotLine}, what is wrong with the others)."""
    lines, errors = {}, []
    for slot in struct.slots:
        try:
            lines[slot.name] = parse(slot.doc, lines)
        except SlotLineError as error:
            place = f"include/{struct.header}:{slot.line}"
            errors.append(f"{place}: {struct.name}.{slot.name}: {error}")
    return lines, errors


def parse(doc, earlier):
    found = re.search(r"\bSlot:\s*(.*?)\.?\s*$", doc, re.DOTALL)
    if not found:
        raise SlotLineError('the comment has no "Slot:" line; add one')
    sentence = re.sub(r"\s*\([A-Z]{3}-\d+\)", "", " ".join(found[1].split()))
    words = [word.strip() for word in sentence.split(";")]
    base = re.match(r"as (\w+)", words[0])
    if not base:
        return _complete(_apply(SlotLine(), words))
    if base[1] not in earlier:
        raise SlotLineError(f'"as {base[1]}" names no earlier slot of the table')
    rest = words[0][base.end() :].strip(" ,")
    return _apply(earlier[base[1]], [rest, *words[1:]] if rest else words[1:])


def _apply(line, words):
    for word in words:
        line = _apply_word(line, word)
    return line


def _apply_word(line, word):
    if word in THREADS:
        return replace(line, thread=THREADS[word])
    if word in REENTRANCY:
        return replace(line, reentrancy=REENTRANCY[word])
    if word in CODE:
        return replace(line, code=CODE[word])
    if word in ("gives out", "lends out", "gives or lends out"):
        says = {"gives": "GIVEN", "lends": "LENT"}
        both = word.startswith("gives or")
        return replace(line, out="GIVEN_OR_LENT" if both else says[word.split()[0]])
    if word == "takes nothing":
        return replace(line, takes=())
    taken = re.fullmatch(r"(takes|does not take) (\w+)", word)
    if taken and taken[1] == "takes":
        return replace(line, takes=(*line.takes, taken[2]))
    if taken:
        return replace(line, takes=tuple(t for t in line.takes if t != taken[2]))
    states = _states(word)
    if states:
        return replace(line, states=states)
    raise SlotLineError(f'"{word}" is no word of a "Slot:" line; see baton/version.h')


def _states(word):
    if word == "any state":
        return STATES
    without = re.fullmatch(r"any state but (\w+)", word)
    if without and without[1] in STATES:
        return tuple(state for state in STATES if state != without[1])
    names = tuple(word.split(", "))
    return names if set(names) <= set(STATES) else ()


def _complete(line):
    for name in ("thread", "reentrancy", "code"):
        if not getattr(line, name):
            raise SlotLineError(f'the "Slot:" line does not say its {name}')
    return line
