# SPDX-License-Identifier: MIT
"""Reads the headers of the contract into plain data.

The headers keep to a small part of C, and this parser knows no more than that
part: constants, structs of fixed-width members, anonymous unions, slots
(function pointers with BATON_CALL) and typedefs of those. What it does not
know is an error that names the line, never a guess.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

# Helpers beside the contract, not in it.
NOT_CONTRACT = {"inline.h"}

FIXED_TYPES = set(
    "uint8_t uint16_t uint32_t uint64_t int32_t int64_t uintptr_t double char void".split()
)


class HeaderError(Exception):
    """A line that the contract's headers may not have."""


@dataclass
class Param:
    name: str
    ctype: str


@dataclass
class Function:
    """The signature of a slot or of a callback."""

    returns: str
    params: list[Param]


@dataclass
class Field:
    name: str
    ctype: str  # "union" if there are members, "slot" if there is a function
    line: int
    doc: str = ""
    members: list["Field"] = field(default_factory=list)
    function: Function | None = None
    optional: bool | None = None  # a slot that may be null; None: comments tell


@dataclass
class Struct:
    name: str
    header: str
    line: int
    doc: str
    fields: list[Field]

    @property
    def slots(self):
        return [f for f in self.fields if f.function]

    @property
    def versioned(self):
        """Whether it says its own size, and so may grow."""
        return self.fields[0].name == "struct_size"


@dataclass
class Constant:
    name: str
    header: str
    line: int
    text: str
    section: str  # the last plain comment above it

    @property
    def value(self):
        """An int or a str; None for an expression."""
        if self.text.startswith('"'):
            return self.text[1:-1]
        number = re.fullmatch(r"(-?(?:0x[0-9a-fA-F]+|\d+))[uU]?", self.text)
        return int(number[1], 0) if number else None


@dataclass
class Callback:
    name: str
    header: str
    line: int
    doc: str
    function: Function


@dataclass
class Header:
    path: str  # below include/, with forward slashes
    text: str
    doc: str = ""
    constants: list[Constant] = field(default_factory=list)
    structs: list[Struct] = field(default_factory=list)
    callbacks: list[Callback] = field(default_factory=list)

    @property
    def draft(self):
        return "/draft/" in self.path


def read(include):
    """All headers of the contract below the folder `include`, sorted."""
    include = Path(include)
    paths = sorted(include.glob("baton/**/*.h"))
    return [
        parse(path.read_text(encoding="utf-8"), path.relative_to(include).as_posix())
        for path in paths
        if path.name not in NOT_CONTRACT
    ]


def parse(text, path):
    return _Parser(text, path).header()


def structs_by_name(headers):
    return {s.name: s for header in headers for s in header.structs}


def constants_by_name(headers):
    return {c.name: c for header in headers for c in header.constants}


_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<comment>/\*.*?\*/)
      | (?P<define>\#define\s+(?P<name>\w+)(?P<args>\([^)]*\))?[ \t]*
          (?P<value>(?:"[^"\n]*"|\\\n|(?!/\*)[^\n])*))
      | (?P<directive>\#[^\n]*)
      | (?P<string>"[^"\n]*")
      | (?P<word>\w+)
      | (?P<mark>[{}();,*\[\]])""",
    re.VERBOSE | re.DOTALL,
)


def _plain(comment):
    """A comment's text without its stars, its lines joined by newlines."""
    body = re.sub(r"^/\*+<?|\*+/$", "", comment)
    lines = [re.sub(r"^\s*\* ?", "", line) for line in body.split("\n")]
    return "\n".join(line.strip(" \\") for line in lines).strip()


def _join(words):
    """Tokens of a type, spelled one way: `const baton_value *`."""
    return re.sub(r"\* (?=\*)", "*", " ".join(words))


class _Parser:
    def __init__(self, text, path):
        self.path = path
        self.out = Header(path, text)
        self.section = ""
        self.tokens = list(self._scan(text))  # (kind, text, line)
        self.at = 0

    def _fail(self, what, line=None):
        if line is None:
            line = self.tokens[min(self.at, len(self.tokens) - 1)][2]
        raise HeaderError(f"include/{self.path}:{line}: {what}")

    def _scan(self, text):
        place, line = 0, 1
        while place < len(text):
            found = _TOKEN.match(text, place)
            if not found:
                self._fail(f"cannot read {text[place : place + 20]!r}", line)
            kind = found.lastgroup
            if found["comment"]:
                yield "comment", found[0], line
            elif found["define"] is not None:
                yield "define", found, line
            elif kind in ("string", "word", "mark"):
                yield kind, found[0], line
            line += found[0].count("\n")
            place = found.end()

    # Token helpers.

    def _peek(self):
        if self.at == len(self.tokens):
            raise HeaderError(f"include/{self.path}: ends inside a declaration")
        return self.tokens[self.at]

    def _next(self):
        """The next token that is no comment."""
        while self._peek()[0] == "comment":
            self.at += 1
        self.at += 1
        return self.tokens[self.at - 1]

    def _expect(self, text):
        token = self._next()
        if token[1] != text:
            self._fail(f"expected {text!r}, found {token[1]!r}", token[2])

    def _doc_before(self):
        """The doc comment right before the next token, or nothing."""
        doc = ""
        while self.at < len(self.tokens):
            kind, text, _ = self.tokens[self.at]
            if kind != "comment":
                break
            if text.startswith("/**<"):
                pass  # belongs to what stands before it
            elif text.startswith("/**"):
                doc = _plain(text)
                if "@file" in doc:
                    self.out.doc, doc = doc, ""
            else:
                self.section, doc = _plain(text), ""
            self.at += 1
        return doc

    def _doc_after(self):
        """The trailing comment right behind the last token, or nothing."""
        if self.at < len(self.tokens):
            kind, text, _ = self.tokens[self.at]
            if kind == "comment" and text.startswith("/**<"):
                self.at += 1
                return _plain(text)
        return ""

    # Declarations.

    def header(self):
        while True:
            doc = self._doc_before()
            if self.at == len(self.tokens):
                return self.out
            kind, text, line = self._next()
            if kind == "define":
                self._define(text, line)
            elif text == "extern":
                self._next(), self._expect("{")
            elif text == "typedef":
                self._typedef(doc, line)
            elif text == "struct":
                self._struct(doc, line, typedef=False)
            elif text != "}":
                self._fail(f"no declaration of the contract: {text!r}", line)

    def _define(self, found, line):
        name = found["name"]
        value = found["value"].replace("\\\n", "").strip()
        if not name.startswith("BATON_"):
            self._fail(f"{name} lacks the prefix BATON_", line)
        if found["args"]:
            self._fail(f"{name} is a macro with parameters", line)
        if not value or name == "BATON_CALL":
            return
        self.out.constants.append(Constant(name, self.path, line, value, self.section))

    def _typedef(self, doc, line):
        if self._peek()[1] == "struct":
            self._next()
            self._struct(doc, line, typedef=True)
            return
        name, function = self._declarator()
        if not function:
            self._fail(f"typedef {name} is no function pointer", line)
        self.out.callbacks.append(Callback(name, self.path, line, doc, function))

    def _struct(self, doc, line, typedef):
        name = self._next()[1]
        if not name.startswith("baton_"):
            self._fail(f"{name} lacks the prefix baton_", line)
        if self._peek()[1] != "{":  # a name only
            if typedef:
                self._expect(name)
            self._expect(";")
            return
        fields = self._fields()
        if typedef:
            self._expect(name)
        self._expect(";")
        self.out.structs.append(Struct(name, self.path, line, doc, fields))

    def _fields(self):
        self._expect("{")
        fields = []
        while True:
            doc = self._doc_before()
            kind, text, line = self._peek()
            if text == "}":
                self._next()
                return fields
            if text == "union":
                self._next()
                members = self._fields()
                name = self._next()[1]
                self._expect(";")
                fields.append(Field(name, "union", line, doc, members))
            else:
                fields.append(self._field(doc))

    def _field(self, doc):
        line = self.tokens[self.at][2]
        start = self.at
        name, function = self._declarator()
        ctype = "slot"
        if not function:
            words = [text for kind, text, _ in self.tokens[start : self.at - 2]]
            ctype = _join(words)
            self._check_type(ctype, line)
        doc = doc or self._doc_after()
        return Field(name, ctype, line, doc, function=function)

    def _declarator(self):
        """`type name;` or `type(BATON_CALL *name)(params);`."""
        words = []
        while True:
            kind, text, line = self._next()
            if text == ";":
                return words[-1], None
            if text == "(":
                break
            if text in "[]{},)":
                self._fail(f"{text!r} has no place in a member", line)
            words.append(text)
        self._expect("BATON_CALL")
        self._expect("*")
        name = self._next()[1]
        self._expect(")")
        function = Function(_join(words), self._params())
        self._check_type(function.returns, line)
        self._expect(";")
        return name, function

    def _params(self):
        self._expect("(")
        params, words = [], []
        while True:
            kind, text, line = self._next()
            if text not in ",)":
                words.append(text)
                continue
            if words != ["void"]:
                ctype = _join(words[:-1])
                self._check_type(ctype, line)
                params.append(Param(words[-1], ctype))
            words = []
            if text == ")":
                return params

    def _check_type(self, ctype, line):
        base = re.sub(r"\bconst\b|\*", "", ctype).strip()
        known = base in FIXED_TYPES or base.startswith("baton_")
        if not known or (base == "void" and "*" not in ctype):
            self._fail(f"type {ctype!r} may not stand in the contract", line)
