# SPDX-License-Identifier: MIT
"""The two sides of a comparison, whatever they are given as."""

import json
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import rebuild
from contract import binary, compatibility, derive, headers, slot_line

ROOT = Path(__file__).resolve().parents[3]
MAX_BYTES = 8 << 20
MAX_HEADERS = 1000


class SideError(Exception):
    """Why a side cannot be compared, in one line."""


@dataclass
class Side:
    name: str  # as it was given
    headers: list = field(default_factory=list)
    manifest: dict = field(default_factory=dict)

    def version(self):
        found = self.headers or rebuild.headers_of(self.manifest)
        return compatibility.Version(found, self.manifest)


def read(name):
    """The side that is called so."""
    path = Path(name)
    try:
        if path.is_dir():
            return _read_folder(name, path)
        if not path.exists():
            raise SideError(f"{name}: there is no such file")
        if not path.is_file():
            raise SideError(f"{name}: it is no file")
        if path.suffix == ".h":
            return Side(name, _with_includes(path))
        if path.suffix == ".json":
            return Side(name, manifest=_parse_json(name, _bytes(name, path)))
        return Side(name, manifest=_embedded(name))
    except headers.HeaderError as error:
        raise SideError(f"{name}: {_without_include(error)}") from error
    except OSError as error:
        raise SideError(f"{name}: {error.strerror or error}") from error


def by_manifest(old, new):
    """Whether one side has no headers, so that manifests are compared."""
    return not (old.headers and new.headers)


def as_manifests(old, new):
    """Both as manifests alone: headers are turned into one that keeps what the
    other side's has decided."""
    return _as_manifest(old, new), _as_manifest(new, old)


def majors_differ(was, now):
    majors = [
        version.constants["BATON_ABI_MAJOR"].value
        for version in (was, now)
        if "BATON_ABI_MAJOR" in version.constants
    ]
    prefixed = all("baton_type" in version.structs for version in (was, now))
    return prefixed and len(set(majors)) == 2


def _as_manifest(side, other):
    if side.manifest:
        return Side(side.name, manifest=side.manifest)
    try:
        derived = derive.manifest(side.headers, [], {}, other.manifest)
    except (derive.DeriveError, slot_line.SlotLineError, KeyError) as error:
        raise SideError(
            f"{side.name}: no manifest can be made of these headers: {error}"
        ) from error
    # What only the specification says, headers cannot have changed.
    for key in ("requirements", "state_tables"):
        derived[key] = other.manifest.get(key, [])
    return Side(side.name, manifest=derived)


# Folders and headers.


def _read_folder(name, path):
    """Headers and, if it lies where it belongs, the manifest."""
    include, found = next(
        ((base, paths) for base in _bases(path) if (paths := _headers_in(base))),
        (path, sorted(path.rglob("*.h"))),
    )
    if not found:
        raise SideError(f"{name}: there are no headers in it")
    if len(found) > MAX_HEADERS:
        raise SideError(f"{name}: there are more than {MAX_HEADERS} headers in it")
    parsed = [_parse_header(item, item.relative_to(include)) for item in found]
    if not any(item.structs or item.constants for item in parsed):
        raise SideError(f"{name}: its headers declare nothing")
    manifest = _manifest_beside(path)
    content = _parse_json(str(manifest), _bytes(name, manifest)) if manifest else {}
    return Side(name, parsed, content)


def _bases(path):
    """Where headers may be: of a repository, an installation, a frozen version."""
    return path, path / "include", path.parent


def _headers_in(base):
    return [
        path
        for path in sorted(Path(base, "baton").rglob("*.h"))
        if path.name not in headers.NOT_CONTRACT
    ]


def _manifest_beside(path):
    for place in (path / "manifest.json", path / "abi" / "manifest.json"):
        if place.is_file():
            return place
    return None


def _with_includes(path):
    """A header and what it includes from beside it."""
    waiting, found = [path.resolve()], {}
    while waiting:
        current = waiting.pop()
        if current in found or not current.is_file():
            continue
        if len(found) == MAX_HEADERS:
            raise SideError(f"{path}: it includes more than {MAX_HEADERS} headers")
        header = _parse_header(current, _below_baton(current))
        found[current] = header
        for name in re.findall(r'^#include "([^"\n]+)"', header.text, re.MULTILINE):
            waiting.append((current.parent / name).resolve())
    return sorted(found.values(), key=lambda header: header.path)


def _below_baton(path):
    parts = path.parts
    if "baton" not in parts:
        return Path(path.name)
    last = len(parts) - 1 - parts[::-1].index("baton")
    return Path(*parts[last:])


def _parse_header(path, shown):
    data = _bytes(str(path), path)
    return headers.parse(_text(str(path), data), shown.as_posix())


def _without_include(error):
    return str(error).removeprefix("include/")


# Manifests.


def _bytes(name, path):
    if path.stat().st_size > MAX_BYTES:
        raise SideError(f"{name}: it is longer than 8 MiB")
    return path.read_bytes()


def _text(name, data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SideError(f"{name}: it is not UTF-8") from error


def _parse_json(name, data):
    try:
        manifest = json.loads(_text(name, data))
    except (ValueError, RecursionError) as error:
        what = str(error).splitlines()[0]
        raise SideError(f"{name}: it is no JSON: {what}") from error
    return _checked(name, manifest)


def _embedded(name):
    """What the kit has verified: of a library, which it loads in a process of
    its own, or of the bytes themselves."""
    with open(name, "rb") as file:
        start = file.read(8)
    if start[:4] != b"\x7fELF" and start[4:] != b"BATN":
        raise SideError(f"{name}: it is no header, no manifest and no shared library")
    kit = os.environ.get("BATON_KIT") or str(ROOT / "tools" / "baton")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "manifest.bin")
        command = [kit, "inspect", "--manifest-out", str(file), "--", name]
        run = subprocess.run(command, capture_output=True, text=True, errors="replace")
        if run.returncode or not file.exists():
            lines = run.stderr.strip().splitlines() or ["the kit cannot read it"]
            raise SideError(lines[-1].removeprefix("baton: "))
        try:
            manifest = binary.decode(file.read_bytes())
        except binary.FlatcError as error:
            raise SideError(f"{name}: {str(error).splitlines()[0]}") from error
    return _checked(name, manifest)


def _checked(name, manifest):
    try:
        rebuild.check(manifest)
    except rebuild.ShapeError as error:
        raise SideError(f"{name}: it is no manifest: {error}") from error
    return manifest
