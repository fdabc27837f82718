# SPDX-License-Identifier: MIT
"""The manifest's forms: canonical text, fingerprint, and binary through flatc."""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

WIDTH = 92
SCHEMA = Path(__file__).parent.parent / "manifest.fbs"


class FlatcError(Exception):
    """flatc is missing, or refuses."""


def strip(value):
    """Without what the binary form leaves out: zero, false, empty."""
    if isinstance(value, dict):
        stripped = {key: strip(item) for key, item in value.items()}
        return {key: item for key, item in stripped.items() if item or item == ""}
    if isinstance(value, list):
        return [strip(item) for item in value]
    return value


def canonical(manifest):
    """One text for one contract: no fingerprint, no defaults, keys sorted."""
    content = strip({k: v for k, v in manifest.items() if k != "fingerprint"})
    return json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def fingerprint(manifest):
    digest = hashlib.sha256(canonical(manifest).encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big")


def pretty(value, column=0, indent=0):
    """JSON in which what fits on a line stands on one."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or column + len(flat) <= WIDTH:
        return flat
    pad = "\n" + " " * (indent + 1)
    if isinstance(value, dict):
        heads = [f"{json.dumps(key)}: " for key in value]
        values, marks = value.values(), "{}"
    else:
        heads, values, marks = [""] * len(value), value, "[]"
    items = [
        head + pretty(item, indent + 1 + len(head), indent + 1)
        for head, item in zip(heads, values, strict=True)
    ]
    return marks[0] + pad + f",{pad}".join(items) + "\n" + " " * indent + marks[1]


def encode(text):
    """The binary form of a manifest's JSON text."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "manifest.json")
        source.write_text(text, encoding="utf-8")
        _flatc("--require-explicit-ids", "--binary", "-o", folder, SCHEMA, source)
        return Path(folder, "manifest.bin").read_bytes()


def decode(data):
    """The manifest in a binary form, without defaults."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "manifest.bin")
        source.write_bytes(data)
        _flatc(
            "--json", "--strict-json", "--natural-utf8", "-o", folder,
            SCHEMA, "--", source,
        )  # fmt: skip
        return json.loads(Path(folder, "manifest.json").read_text(encoding="utf-8"))


def _flatc(*arguments):
    flatc = shutil.which("flatc")
    if not flatc:
        raise FlatcError("flatc is not installed (Debian: flatbuffers-compiler)")
    run = subprocess.run([flatc, *arguments], capture_output=True, text=True)
    if run.returncode:
        raise FlatcError(f"flatc: {(run.stderr or run.stdout).strip()}")
