# SPDX-License-Identifier: MIT
"""Compares two versions of a contract.

    baton diff [--json] OLD NEW

Each side is a directory of headers, one header, a manifest (.json or .bin), or
a library that carries its manifest. Says whether NEW is identical, a compatible
append, or breaking for who was compiled with OLD, and names what changed, also
what no compiler sees: ids, ownership, threads, requirements, states, and sizes
on targets with other pointers.

Exit status: 0 identical or compatible, 1 breaking, 2 they cannot be compared.
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "abi"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import sides  # noqa: E402
from contract import compatibility, promises  # noqa: E402


def changes_between(old, new):
    """The changes from one side to another, what breaks first."""
    if sides.by_manifest(old, new):
        old, new = sides.as_manifests(old, new)
    was, now = old.version(), new.version()
    changes = compatibility.compare(was, now)
    if sides.majors_differ(was, now):
        changes += compatibility.compare_prefix(was, now)
    if old.manifest and new.manifest:
        changes += promises.compare(old.manifest, new.manifest)
    unique = dict.fromkeys(changes)
    return sorted(unique, key=lambda change: not change.breaking)


def report(names, changes):
    print(f"{names[0]} -> {names[1]}: {compatibility.verdict(changes)}")
    for change in changes:
        print(f"  {change}")


def report_json(names, changes):
    content = {
        "format": 1,
        "old": names[0],
        "new": names[1],
        "verdict": compatibility.verdict(changes),
        "changes": [vars(change) for change in changes],
    }
    print(json.dumps(content, indent=2, ensure_ascii=False))


def main(arguments):
    parser = argparse.ArgumentParser(
        prog="baton diff",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage=argparse.SUPPRESS,
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    options = parser.parse_args(arguments)
    names = (options.old, options.new)
    try:
        old, new = (sides.read(name) for name in names)
        changes = changes_between(old, new)
    except sides.SideError as error:
        print(f"baton: {error}", file=sys.stderr)
        return 2
    except RecursionError:
        print("baton: a struct contains itself, or too many others", file=sys.stderr)
        return 2
    (report_json if options.json else report)(names, changes)
    return 1 if compatibility.verdict(changes) == "breaking" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
