#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keeps the .pxd files that repeat headers equal to them.

    generate.py           writes baton/contract.pxd and baton/runtime.pxd
    generate.py --check   fails if they are not what it would write, or if a
                          member of the table in baton/python.pxd is missing

The contract comes from abi/manifest.json, libbaton's functions from its header.
"""

import argparse
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HEAD = "# SPDX-License-Identifier: MIT\n# Made by generate.py from {0}: do not edit.\n"
IMPORTS = """from libc.stdint cimport int32_t, int64_t
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t, uintptr_t
"""
KEYWORDS = {"in", "raise", "from", "import", "yield", "await", "with", "del", "is"}
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
FUNCTION = re.compile(
    r"^(?:BATON_API|static inline)\s+(?P<returns>[\w\s]+?[\s*]+)"
    r"(?P<name>baton_\w+)\((?P<parameters>[^()]*)\)\s*[;{]",
    re.M,
)


class Problem(Exception):
    pass


def squeezed(text):
    return " ".join(text.split())


def parameter(text):
    """`baton_value *in` as Cython has it: a keyword is no name there."""
    text = squeezed(text)
    if text == "...":
        return text
    kind, name = re.fullmatch(r"(.*[\s*])(\w+)", text).groups()
    kind = re.sub(r"\* $", "*", re.sub(r"\bstruct ", "", kind))
    return kind + (name + "_" if name in KEYWORDS else name)


def signature(returns, parameters):
    """The two parts around the name."""
    listed = [parameter(text) for text in parameters if squeezed(text) != "void"]
    gap = "" if returns.endswith("*") else " "
    return f"{returns}{gap}", f"({', '.join(listed)}) noexcept nogil"


def wrapped(indent, before, after):
    """One declaration, in lines of 88 columns."""
    line = indent + before + after
    if len(line) <= 88:
        return [line]
    lines, at = [], indent + before
    for word in re.split(r"(?<=, )", after):
        if len(at) + len(word.rstrip()) > 88:
            lines.append(at.rstrip())
            at = indent + " " * 8
        at += word
    return [*lines, at]


# --- The contract -----------------------------------------------------------


def field_lines(struct, field, slots):
    name, kind = field["name"], field["ctype"]
    if kind == "slot":
        slot = slots[struct["name"], name]
        listed = [f"{p['ctype']} {p['name']}" for p in slot["parameters"]]
        before, after = signature(slot["returns"], listed)
        return wrapped(" " * 8, f"{before}(*{name})", after)
    if kind == "union":
        kind = f"{struct['name']}_{name}"
    return [f"        {parameter(f'{kind} {name}')}"]


def union_lines(struct):
    """Unions have no name in C; these are for Cython to know their members."""
    for field in struct["fields"]:
        if field["ctype"] == "union":
            yield f"    ctypedef union {struct['name']}_{field['name']}:"
            for member in field["members"]:
                yield f"        {parameter(member['ctype'] + ' ' + member['name'])}"
            yield ""


def struct_lines(manifest):
    slots = {(slot["table"], slot["name"]): slot for slot in manifest["slots"]}
    structs = [s for s in manifest["structs"] if "/draft/" not in s["header"]]
    names = [struct["name"] for struct in structs]
    for name in names:
        yield f"    ctypedef struct {name}"
    yield ""
    for callback in manifest["callbacks"]:
        listed = [f"{p['ctype']} {p['name']}" for p in callback["parameters"]]
        before, after = signature(callback["returns"], listed)
        yield from wrapped("    ", f"ctypedef {before}(*{callback['name']})", after)
    yield ""
    for struct in by_need(structs):
        yield from union_lines(struct)
        yield f"    ctypedef struct {struct['name']}:"
        for field in struct["fields"]:
            yield from field_lines(struct, field, slots)
        yield ""


def by_need(structs):
    """Those that others have as members come first."""
    names, done = {struct["name"]: struct for struct in structs}, []

    def add(struct):
        for field in struct["fields"]:
            if field["ctype"] in names and names[field["ctype"]] not in done:
                add(names[field["ctype"]])
        if struct not in done:
            done.append(struct)

    for struct in structs:
        add(struct)
    return done


CONSTANTS = {
    "int32_t": ("statuses", "answers", "refusals"),
    "uint32_t": ("states", "kinds", "operations", "tags", "error_kinds"),
    "uint64_t": ("flags", "magics", "limits"),
}


def constant_lines(manifest):
    version = ("BATON_ABI_MAJOR", "BATON_ABI_MINOR")
    yield from (f"    const uint16_t {name}" for name in version)
    for kind, groups in CONSTANTS.items():
        for group in groups:
            for item in manifest[group]:
                signed = "int64_t" if item.get("value", 0) < 0 else kind
                yield f"    const {signed if kind == 'uint64_t' else kind} {item['name']}"
    for item in manifest["extensions"]:
        if item["status"] == "STABLE":
            yield f"    const char *{item['name']}"


def contract():
    path = ROOT / "abi/manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    lines = [*constant_lines(manifest), "", *struct_lines(manifest)]
    block = 'cdef extern from "baton/cython.h" nogil:\n'
    head = HEAD.format("abi/manifest.json") + IMPORTS
    return f"{head}\n{block}" + "\n".join(lines).rstrip() + "\n"


# --- libbaton ---------------------------------------------------------------

STRUCT = re.compile(r"^(?:typedef )?struct (baton_\w+) \{\n(.*?)^\}", re.M | re.S)
CALLBACK = re.compile(
    r"^typedef (?P<returns>[\w\s]+?[\s*]*)\(BATON_CALL \*(?P<name>baton_\w+)\)"
    r"\((?P<parameters>[^()]*)\);",
    re.M | re.S,
)
MEMBER_CALL = re.compile(r"([\w\s]+?[\s*]*)\(BATON_CALL \*(\w+)\)\(([^()]*)\)", re.S)
OPAQUE = re.compile(r"^typedef struct (baton_\w+) \1;", re.M)
CONSTANT = re.compile(r"^#define (BATON_(?:BODY|CORO|GROUP|LIB)_\w+) (\S+)", re.M)


def member_lines(body):
    for text in body.split(";"):
        text = squeezed(text)
        if not text:
            continue
        call = MEMBER_CALL.fullmatch(text)
        if call:
            returns, name, parameters = call.groups()
            parts = signature(returns.strip(), parameters.split(","))
            yield from wrapped(" " * 8, f"{parts[0]}(*{name})", parts[1])
        else:
            yield f"        {parameter(text)}"


def read(path):
    text = COMMENT.sub("", (ROOT / path).read_text(encoding="utf-8"))
    text = re.sub(r"\\\n", " ", text)
    return re.sub(r"^__attribute__\(\(.*?\)\)\)\n", "", text, flags=re.M)


def function_lines(text):
    for found in FUNCTION.finditer(text):
        before, after = signature(
            squeezed(found["returns"]), found["parameters"].split(",")
        )
        yield from wrapped("    ", f"{before}{found['name']}", after)


def runtime():
    text, inline = read("abi/runtime/baton/runtime.h"), read("include/baton/inline.h")
    structs = dict(STRUCT.findall(text))
    names = [*OPAQUE.findall(text), *structs]
    lines = [f"    const uint32_t {name}" for name, _ in CONSTANT.findall(text)]
    lines += ["", *(f"    ctypedef struct {name}" for name in dict.fromkeys(names)), ""]
    for found in CALLBACK.finditer(text):
        parts = signature(found["returns"].strip(), found["parameters"].split(","))
        lines += wrapped("    ", f"ctypedef {parts[0]}(*{found['name']})", parts[1])
    lines.append("")
    for name, body in structs.items():
        lines += [f"    ctypedef struct {name}:", *member_lines(body), ""]
    lines += [*function_lines(inline), "", *function_lines(text)]
    head = HEAD.format("baton/runtime.h and baton/inline.h") + IMPORTS
    names = "from baton.contract cimport *\n"
    block = 'cdef extern from "baton/cython.h" nogil:\n'
    return f"{head}\n{names}\n{block}" + "\n".join(lines).rstrip() + "\n"


# --- The table --------------------------------------------------------------


def table_problems():
    """python.pxd is written by hand, with Python's objects in it."""
    header = read("bindings/python/include/baton/python.h")
    table = dict(STRUCT.findall(header))["baton_python"]
    members = [squeezed(text) for text in table.split(";") if squeezed(text)]
    pxd = (HERE / "baton/python.pxd").read_text(encoding="utf-8")
    for text in members:
        call = re.fullmatch(r".*\(\*(\w+)\)\((.*)\)", text)
        name = call[1] if call else re.fullmatch(r".*?(\w+)(?:\[\d+\])?", text)[1]
        if name.startswith("reserved") or name == "state":
            continue
        name = f'{name}_ "{name}"' if name in KEYWORDS else name
        found = re.search(rf"[\s*(]{name}\)?\s*(?:\(([^)]*)\))?", pxd)
        if not found:
            yield f"baton/python.pxd has no {name}"
        elif call and call[2].count(",") != (found[1] or "").count(","):
            yield f"baton/python.pxd: {name} has other parameters than the header"


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    made = {"contract": contract(), "runtime": runtime()}
    problems = list(table_problems()) if options.check else []
    for name, text in made.items():
        path = HERE / f"baton/{name}.pxd"
        if not options.check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            problems.append(f"{path.name} differs: run generate.py")
    print(
        "\n".join(problems) or f"{sum(t.count(chr(10)) for t in made.values())} lines"
    )
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
