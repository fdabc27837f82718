#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keeps manifest.json equal to the headers and to spec/, and makes its binary.

    abi/manifest.py --check            compares, and tries the binary form
    abi/manifest.py --update           writes what is derived, keeps decisions
    abi/manifest.py --binary FILE      writes the FlatBuffers form
    abi/manifest.py --c-header FILE    writes it as a C array, to embed

The binary form is made when something is built and is not committed: its bytes
may differ between versions of flatc, the text's do not.
"""

import argparse
import json
import sys
from pathlib import Path

from contract import binary, derive, headers, slot_line, spec_tables

ROOT = Path(__file__).resolve().parent.parent
ERRORS = (
    OSError,
    json.JSONDecodeError,
    binary.FlatcError,
    derive.DeriveError,
    headers.HeaderError,
    slot_line.SlotLineError,
    spec_tables.SpecError,
)
REPAIR = "run abi/manifest.py --update, and look at what it changes"


def path_of(root):
    return Path(root, "abi", "manifest.json")


def load(root):
    path = path_of(root)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def derived(root, decided):
    """The manifest that headers and specification ask for."""
    spec = Path(root, "spec")
    requirements, states = spec / "requirements.md", spec / "states.md"
    content = derive.manifest(
        headers.read(Path(root, "include")),
        spec_tables.requirements(requirements) if requirements.exists() else [],
        spec_tables.states(states) if states.exists() else {},
        decided,
    )
    number = binary.fingerprint(content)
    head = ("name", "abi_major", "abi_minor")
    return (
        {key: content[key] for key in head}
        | {"fingerprint": number}
        | {key: item for key, item in content.items() if key not in head}
    )


def update(root):
    content = derived(root, load(root))
    path_of(root).write_text(binary.pretty(content) + "\n", encoding="utf-8")


def check(root):
    """What is wrong, one line each."""
    if not path_of(root).exists():
        return [f"abi/manifest.json is missing; {REPAIR}"]
    found = load(root)
    wrong = [
        f"abi/manifest.json: {line}; {REPAIR}"
        for line in differences(found, derived(root, found), "")
    ]
    if found.get("fingerprint") != binary.fingerprint(found):
        wrong.append(
            "abi/manifest.json: fingerprint is not that of the content, "
            f"{binary.fingerprint(found):#018x}; {REPAIR}"
        )
    return wrong + check_ids(found) + check_binary(root)


def check_ids(manifest):
    wrong, seen = [], {}
    for slot in manifest.get("slots", []):
        name = f"{slot['table']}.{slot['name']}"
        if slot["id"] in seen or slot["id"] in manifest.get("withdrawn_slot_ids", []):
            other = seen.get(slot["id"], "a withdrawn slot")
            wrong.append(
                f"abi/manifest.json: {name} has slot id {slot['id']} of {other}; "
                "give the newer one the next free id"
            )
        seen[slot["id"]] = name
    return wrong


def check_binary(root):
    text = path_of(root).read_text(encoding="utf-8")
    data = binary.encode(text)
    wrong = []
    if data[4:8] != b"BATN":
        wrong.append("abi/manifest.fbs: the binary form lacks the identifier BATN")
    if data != binary.encode(text):
        wrong.append("abi/manifest.fbs: flatc made two binary forms of one text")
    decoded = binary.strip(binary.decode(data))
    wrong += [
        f"abi/manifest.fbs: lost on the way to binary and back: {line}"
        for line in differences(binary.strip(json.loads(text)), decoded, "")
    ]
    return wrong


def differences(found, wanted, place):
    """Where two manifests differ, by the names of things."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        lines = []
        for key in [*found, *(k for k in wanted if k not in found)]:
            inner = f"{place}.{key}" if place else key
            if key == "fingerprint":
                continue
            lines += differences(found.get(key), wanted.get(key), inner)
        return lines
    if _named(found) and _named(wanted):
        return _list_differences(found, wanted, place)
    if found != wanted:
        return [f"{place} is {_short(found)}, should be {_short(wanted)}"]
    return []


def _list_differences(found, wanted, place):
    olds, news = ({_name(item): item for item in items} for items in (found, wanted))
    lines = [
        f"{place}[{name}] should not be there" for name in olds if name not in news
    ]
    lines += [f"{place}[{name}] is missing" for name in news if name not in olds]
    for name in olds:
        if name in news:
            lines += differences(olds[name], news[name], f"{place}[{name}]")
    if not lines and list(olds) != list(news):
        lines.append(f"{place} is in another order")
    return lines


def _named(items):
    return isinstance(items, list) and all(isinstance(item, dict) for item in items)


def _name(item):
    if "table" in item and "name" in item and "parameters" in item:
        return f"{item['table']}.{item['name']}"
    for key in ("name", "id", "kind", "call", "state"):
        if key in item:
            return item[key]
    return json.dumps(item)


def _short(value):
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def c_header(data):
    """The binary form as a C99 and C++11 array that is aligned to 8."""
    rows = [
        "    " + " ".join(f"{byte}," for byte in data[at : at + 16])
        for at in range(0, len(data), 16)
    ]
    return "\n".join(
        [
            "/* SPDX-License-Identifier: MIT */",
            "/* Generated by abi/manifest.py from abi/manifest.json. */",
            "#ifndef BATON_MANIFEST_DATA_H",
            "#define BATON_MANIFEST_DATA_H",
            "",
            "#include <stdint.h>",
            "",
            f"#define BATON_MANIFEST_DATA_SIZE {len(data)}u",
            "",
            "static const union {",
            "  uint8_t bytes[BATON_MANIFEST_DATA_SIZE];",
            "  uint64_t aligns;",
            "} baton_manifest_data = {{",
            *rows,
            "}};",
            "",
            "#endif",
            "",
        ]
    )


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true")
    what.add_argument("--update", action="store_true")
    what.add_argument("--binary", metavar="FILE", type=Path)
    what.add_argument("--c-header", metavar="FILE", type=Path)
    options = parser.parse_args(arguments)
    try:
        return run(options)
    except ERRORS as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def run(options):
    if options.update:
        update(options.root)
        return 0
    if options.check:
        wrong = check(options.root)
        for line in wrong:
            print(f"error: {line}", file=sys.stderr)
        print(f"manifest: {len(wrong)} errors" if wrong else "manifest: ok")
        return 1 if wrong else 0
    data = binary.encode(path_of(options.root).read_text(encoding="utf-8"))
    if options.binary:
        options.binary.write_bytes(data)
    else:
        options.c_header.write_text(c_header(data), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
