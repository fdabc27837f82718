#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes baton-sys/src/contract.rs, the contract as Rust, from the manifest.

    generate.py [--check]

With --check nothing is written; exit status 1 if the file is out of date.
"""

import pathlib
import subprocess
import sys
from json import loads

HERE = pathlib.Path(__file__).resolve().parent
MANIFEST = HERE.parent.parent / "abi/manifest.json"
TARGET = HERE / "baton-sys/src/contract.rs"

HEAD = """// SPDX-License-Identifier: MIT
// Written by generate.py from abi/manifest.json; not to be edited.

"""

SCALARS = {
    "int32_t": "i32",
    "int64_t": "i64",
    "uint8_t": "u8",
    "uint16_t": "u16",
    "uint32_t": "u32",
    "uint64_t": "u64",
    "uintptr_t": "usize",
    "double": "f64",
    "char": "c_char",
    "void": "c_void",
}
KEYWORDS = ("type", "self", "in", "where")

# Tables that providers keep in statics: nobody writes them once they are shown.
TABLES = ("baton_type", "baton_provider", "baton_export", "baton_manifest")


def rust_type(ctype):
    """`const char *` is `*const c_char`, and so on from the right."""
    ctype = ctype.strip()
    if ctype.endswith("*"):
        target = ctype[:-1].rstrip()
        if target.endswith("* const"):
            return f"*const {rust_type(target[: -len(' const')])}"
        if target.endswith("*"):
            return f"*mut {rust_type(target)}"
        const = target.startswith("const ")
        inner = rust_type(target.removeprefix("const "))
        return f"*{'const' if const else 'mut'} {inner}"
    return SCALARS.get(ctype, ctype)


def rust_name(name):
    return f"{name}_" if name in KEYWORDS else name


def function_type(signature):
    parameters = ", ".join(
        f"{rust_name(p['name'])}: {rust_type(p['ctype'])}"
        for p in signature["parameters"]
    )
    return f'unsafe extern "C" fn({parameters}) -> {rust_type(signature["returns"])}'


def slot_type(slot):
    kind = function_type(slot)
    return f"Option<{kind}>" if slot["may_be_null"] else kind


def structure(struct, slots):
    name, unions = struct["name"], []
    lines = [
        f"/// `{name}` of `{struct['header']}`.",
        "#[repr(C)]",
        "#[derive(Clone, Copy)]",
        f"pub struct {name} {{",
    ]
    for field in struct["fields"]:
        if field["ctype"] == "slot":
            kind = slot_type(slots[name, field["name"]])
        elif field["ctype"] == "union":
            kind = f"{name}_{field['name']}"
            unions += union(kind, field, struct)
        else:
            kind = rust_type(field["ctype"])
        lines.append(f"pub {rust_name(field['name'])}: {kind},")
    lines.append("}")
    if name.endswith("_methods") or name in TABLES:
        lines += [
            "// SAFETY: a table is constant once it is shown to others.",
            f"unsafe impl Sync for {name} {{}}",
        ]
    return unions + lines


def union(kind, field, struct):
    lines = [
        f"/// `{field['name']}` of `{struct['name']}`.",
        "#[repr(C)]",
        "#[derive(Clone, Copy)]",
        f"pub union {kind} {{",
    ]
    for member in field["members"]:
        lines.append(f"pub {rust_name(member['name'])}: {rust_type(member['ctype'])},")
    return [*lines, "}"]


def callback(entry):
    return [
        f"/// `{entry['name']}` of `{entry['header']}`.",
        f"pub type {entry['name']} = {function_type(entry)};",
    ]


def constants(manifest):
    groups = {
        "statuses": "i32",
        "answers": "i32",
        "refusals": "i32",
        "states": "u8",
        "kinds": "u8",
        "operations": "u32",
        "tags": "usize",
        "error_kinds": "u32",
        "magics": "u32",
    }
    widths = {"BATON_TAG_LIMIT": "usize", "BATON_ERROR_BASE": "u32"}
    for group, width in groups.items():
        for entry in manifest[group]:
            yield entry["name"], width, entry["value"]
    for entry in manifest["limits"]:
        width = widths.get(entry["name"], "i32" if entry["value"] < 0 else "u32")
        yield entry["name"], width, entry["value"]
    fields = {
        (s["name"], f["name"]): f["ctype"]
        for s in manifest["structs"]
        for f in s["fields"]
    }
    for entry in manifest["flags"]:
        width = SCALARS[fields[tuple(entry["field"].split("."))]]
        yield entry["name"], width, entry["mask"]
    for name in ("abi_major", "abi_minor"):
        yield f"BATON_{name.upper()}", "u16", manifest[name]


def literal(value):
    return hex(value) if value > 0xFFFF else str(value)


def source(manifest):
    slots = {(s["table"], s["name"]): s for s in manifest["slots"]}
    lines = ["use core::ffi::{c_char, c_void, CStr};"]
    for name, width, value in constants(manifest):
        lines.append(f"pub const {name}: {width} = {literal(value)};")
    for extension in manifest["extensions"]:
        lines.append(f'pub const {extension["name"]}: &CStr = c"{extension["id"]}";')
    symbol = manifest["provider_symbol"]
    lines.append(f'pub const BATON_PROVIDER_SYMBOL: &CStr = c"{symbol}";')
    for entry in manifest["callbacks"]:
        lines += callback(entry)
    for struct in manifest["structs"]:
        lines += structure(struct, slots)
    return HEAD + "\n".join(lines) + "\n"


def formatted(text):
    command = ["rustfmt", "--edition", "2021", "--config-path", str(HERE)]
    return subprocess.run(
        command, input=text, text=True, check=True, stdout=subprocess.PIPE
    ).stdout


def main():
    text = formatted(source(loads(MANIFEST.read_text(encoding="utf-8"))))
    if sys.argv[1:] == ["--check"]:
        if TARGET.read_text(encoding="utf-8") != text:
            sys.exit(f"{TARGET} is out of date: run {HERE.name}/generate.py")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
