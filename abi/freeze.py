#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keeps the headers of released versions, and compares the current ones.

abi/freeze.py 1.0        copies headers and manifest to frozen/1.0/
abi/freeze.py --check    the frozen files are as they were, and the headers
                         are an append to every version of the same major;
                         for major 0 the changes are only told
"""

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path

import manifest
from contract import compatibility, headers

ROOT = Path(__file__).resolve().parent.parent


class FreezeError(Exception):
    """Why a version cannot be frozen."""


def frozen_folder(root):
    return Path(root, "abi", "frozen")


def sums_file(root):
    return frozen_folder(root) / "SHA256SUMS"


def current_version(root):
    return compatibility.Version(
        headers.read(Path(root, "include")), manifest.load(root)
    )


def frozen_version(folder):
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    return compatibility.Version(headers.read(folder / "include"), json.loads(text))


def number_of(version):
    constants = version.constants
    return constants["BATON_ABI_MAJOR"].value, constants["BATON_ABI_MINOR"].value


def freeze(root, name):
    target = frozen_folder(root) / name
    if target.exists():
        raise FreezeError(f"{name} is frozen already; a released version never changes")
    wrong = manifest.check(root)
    if wrong:
        raise FreezeError("the manifest is not right:\n" + "\n".join(wrong))
    current = current_version(root)
    spelled = "{}.{}".format(*number_of(current))
    if spelled != name:
        raise FreezeError(f"the headers are version {spelled}, not {name}")
    for header in current.headers:
        copy = target / "include" / header.path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(header.text, encoding="utf-8")
    shutil.copy(manifest.path_of(root), target / "manifest.json")
    lines = sums_file(root).read_text().splitlines() if sums_file(root).exists() else []
    lines += [f"{digest}  {path}" for path, digest in _digests(root, target).items()]
    sums_file(root).write_text("\n".join(lines) + "\n", encoding="utf-8")


def check(root):
    """(what is wrong, what is only told), one line each."""
    wrong, told = check_unchanged(root), []
    current = current_version(root)
    for folder in sorted(
        path for path in frozen_folder(root).glob("*") if path.is_dir()
    ):
        old = frozen_version(folder)
        major = number_of(old)[0]
        if major != number_of(current)[0]:
            changes = compatibility.compare_prefix(old, current)
            wrong += [f"since {folder.name}: {change}" for change in changes]
            continue
        changes = compatibility.compare(old, current)
        told.append(f"since {folder.name}: {compatibility.verdict(changes)}")
        for change in changes:
            binding = change.breaking and major >= 1
            (wrong if binding else told).append(f"since {folder.name}: {change}")
    return wrong, told


def check_unchanged(root):
    """Compares the frozen files with the sums that were taken."""
    sums = {}
    if sums_file(root).exists():
        for line in sums_file(root).read_text(encoding="utf-8").splitlines():
            digest, path = line.split(maxsplit=1)
            sums[path] = digest
    found = _digests(root, frozen_folder(root))
    wrong = []
    for path in sorted(sums.keys() | found.keys()):
        if path not in found:
            wrong.append(f"abi/frozen/{path}: is gone; restore it")
        elif path not in sums:
            wrong.append(
                f"abi/frozen/{path}: was not frozen by abi/freeze.py; remove it"
            )
        elif sums[path] != found[path]:
            wrong.append(
                f"abi/frozen/{path}: was changed after its release; restore it"
            )
    return wrong


def _digests(root, folder):
    """{path below frozen/: SHA-256} of the files of released versions."""
    base = frozen_folder(root)
    return {
        path.relative_to(base).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent != base
    }


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("version", nargs="?", help="to freeze, such as 1.0")
    what.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    try:
        if not options.check:
            freeze(options.root, options.version)
            print(f"frozen: {options.version}; commit abi/frozen/")
            return 0
        wrong, told = check(options.root)
    except (FreezeError, *manifest.ERRORS) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for line in told:
        print(line)
    for line in wrong:
        print(f"error: {line}", file=sys.stderr)
    print(f"frozen: {len(wrong)} errors" if wrong else "frozen: ok")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
