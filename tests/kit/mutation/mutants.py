# SPDX-License-Identifier: MIT
"""Small wrong changes of C sources: where each can be made, and what it makes of them.

A mutant is known by its file, its function, what it changes and how often the same change
could be made before it in that function, so that edits elsewhere do not rename it.
"""

import hashlib
import re
from dataclasses import dataclass

SWAPS = {
    "==": "!=",
    "!=": "==",
    "<": "<=",
    ">": ">=",
    "<=": "<",
    ">=": ">",
    "&&": "||",
    "||": "&&",
}
NAMES = {
    "BATON_RETURN": "BATON_YIELD",
    "BATON_YIELD": "BATON_PENDING",
    "BATON_PENDING": "BATON_YIELD",
    "BATON_ERROR": "BATON_RETURN",
    "BATON_BUSY": "BATON_INVALID_STATE",
    "BATON_INVALID_STATE": "BATON_BUSY",
    "BATON_UNSUPPORTED": "BATON_INVALID_ARGUMENT",
    "BATON_INVALID_ARGUMENT": "BATON_UNSUPPORTED",
    "BATON_CREATED": "BATON_SUSPENDED",
    "BATON_RUNNING": "BATON_SUSPENDED",
    "BATON_SUSPENDED": "BATON_CLOSED",
    "BATON_CLOSED": "BATON_SUSPENDED",
    "BATON_LENT": "BATON_OWNED",
    "BATON_OP_THROW": "BATON_OP_SEND",
    "BATON_OP_SEND": "BATON_OP_THROW",
    "BATON_KIND_COROUTINE": "BATON_KIND_GENERATOR",
    "BATON_KIND_GENERATOR": "BATON_KIND_COROUTINE",
    "BATON_ERROR_RUNTIME": "BATON_ERROR_VALUE",
    "BATON_ERROR_TYPE": "BATON_ERROR_VALUE",
    "BATON_ERROR_VALUE": "BATON_ERROR_TYPE",
    "BATON_ERROR_STOP_ITERATION": "BATON_ERROR_VALUE",
    "BATON_ERROR_STOP_ASYNC_ITERATION": "BATON_ERROR_STOP_ITERATION",
    "BATON_ERROR_GENERATOR_EXIT": "BATON_ERROR_CANCELLED",
    "BATON_LINK_CLOSING": "0",
    "BATON_LINK_EXITING": "0",
}

# What is no code: comments, strings, characters, directives.
_SKIP = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|^[ \t]*#(?:\\\n|[^\n])*',
    re.S | re.M,
)
_FUNCTION = re.compile(
    r"^(?:[A-Za-z_][\w \t\*]*?[ \*])?([A-Za-z_]\w*)\((?:[^;{}]*?)\)\s*\{", re.M
)
_OPERATOR = re.compile(r"(?<![-<>=!+*/&|^%])(==|!=|<=|>=|&&|\|\||<|>)(?![<>=])")
_NAME = re.compile(r"\bBATON_[A-Z_]+\b")
_CALL = re.compile(r"^[ \t]+[a-z_]\w*\([^;{}]*\);[ \t]*$", re.M)
_STORE = re.compile(
    r"^[ \t]+[a-z_*][\w>.\-\[\]]*[ ](?:=|\|=|&=|\+=|-=)[ ][^;{}]*;$", re.M
)
_IF = re.compile(r"\bif \((?!0\b|1\b)")
_NOT = re.compile(r"(?<=[(&| ])!(?=[a-z(])")


@dataclass(frozen=True)
class Mutant:
    file: str
    function: str
    change: str  # "BATON_BUSY -> BATON_INVALID_STATE", "drop: ledger_note(...);"
    nth: int
    begin: int
    end: int
    text: str

    @property
    def name(self):
        return f"{self.file}:{self.function}: {self.change} #{self.nth}"

    def chance(self, seed):
        """A number below 1 that depends on the seed and on the name alone."""
        digest = hashlib.sha256(f"{seed}:{self.name}".encode()).digest()
        return int.from_bytes(digest[:8], "big") / 2**64

    def apply(self, source):
        return source[: self.begin] + self.text + source[self.end :]


def blank(source):
    """The source with everything that is no code as spaces, at the same places."""
    return _SKIP.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), source)


def _functions(code):
    """(begin of the body, end, name) of each function."""
    found = []
    for match in _FUNCTION.finditer(code):
        depth, at = 0, match.end() - 1
        while at < len(code):
            depth += {"{": 1, "}": -1}.get(code[at], 0)
            at += 1
            if depth == 0:
                break
        if not found or match.start() >= found[-1][1]:
            found.append((match.end(), at, match.group(1)))
    return found


def _changes(code, begin, end):
    """(begin, end, text, what) of each change in a function."""
    for match in _OPERATOR.finditer(code, begin, end):
        old = match.group(1)
        yield *match.span(1), SWAPS[old], f"{old} -> {SWAPS[old]}"
    for match in _NAME.finditer(code, begin, end):
        old = match.group()
        if old in NAMES:
            yield *match.span(), NAMES[old], f"{old} -> {NAMES[old]}"
    for pattern in (_CALL, _STORE):
        for match in pattern.finditer(code, begin, end):
            what = " ".join(match.group().split())
            yield *match.span(), " " * 2 + ";", f"drop: {what}"
    for match in _IF.finditer(code, begin, end):
        condition = " ".join(code[match.start() : match.end() + 40].split())
        yield *match.span(), "if (0 && ", f"never: {condition}"
        yield *match.span(), "if (1 || ", f"always: {condition}"
    for match in _NOT.finditer(code, begin, end):
        rest = " ".join(code[match.start() : match.end() + 24].split())
        yield *match.span(), "", f"not dropped: {rest}"


def mutants_of(file, source):
    """All mutants of one source, in the order of its functions."""
    code = blank(source)
    for begin, end, function in _functions(code):
        seen = {}
        for at, to, text, change in sorted(_changes(code, begin, end)):
            seen[change] = seen.get(change, 0) + 1
            yield Mutant(file, function, change, seen[change], at, to, text)
