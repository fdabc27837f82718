# SPDX-License-Identifier: MIT
"""Reads registry.txt, and compares it with the manifest."""

import re
from dataclasses import dataclass
from pathlib import Path

STATUSES = ("stable", "draft", "withdrawn")
OURS = "baton"


class RegistryError(Exception):
    """A line of the registry that cannot be read."""


@dataclass(frozen=True)
class Entry:
    group: str
    name: str
    value: str  # a number as it is written, or the id of an extension
    owner: str
    status: str
    since: str
    line: int = 0

    @property
    def number(self):
        return int(self.value, 0) if re.match(r"-?\d", self.value) else None

    def __str__(self):
        return f"{self.group} {self.name} {self.value} {self.owner} {self.status} {self.since}"


def read(path):
    found = []
    for line, text in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        words = text.split()
        if not words or text.startswith("#"):
            continue
        if len(words) != 6:
            raise RegistryError(
                f"abi/registry.txt:{line}: six words are needed: "
                "group, name, value, owner, status, since"
            )
        found.append(Entry(*words, line))
    return found


def expected(manifest):
    """The entries that the manifest asks for."""
    groups = {"tag": "tags", "error-kind": "error_kinds", "magic": "magics"}
    found = [
        _entry(group, constant["name"], _number(group, constant["value"]), constant)
        for group, key in groups.items()
        for constant in manifest[key]
    ]
    found += [
        _entry(flag["field"], flag["name"], f"{flag['mask']:#x}", flag)
        for flag in manifest["flags"]
    ]
    found += [
        _entry("extension", e["name"], e["id"], e, e["status"].lower())
        for e in manifest["extensions"]
    ]
    return found


def check(path, manifest):
    """What is wrong, one line each."""
    entries = read(path)
    wanted = {(e.group, e.name): e for e in expected(manifest)}
    wrong = _check_each(entries)
    for entry in entries:
        place = f"abi/registry.txt:{entry.line}"
        want = wanted.pop((entry.group, entry.name), None)
        if entry.owner != OURS or entry.status == "withdrawn":
            continue
        if not want:
            wrong.append(
                f"{place}: {entry.name} is in no header; mark it withdrawn, "
                "or name the owner if it is not ours"
            )
        elif not _same(entry, want):
            wrong.append(f"{place}: the headers say '{want}'; correct the line")
    wrong += [
        f"abi/registry.txt: {want.name} is missing; add the line '{want}'"
        for want in wanted.values()
    ]
    return wrong


def _check_each(entries):
    wrong, values = [], {}
    for entry in entries:
        place = f"abi/registry.txt:{entry.line}"
        value = entry.value if entry.number is None else entry.number
        other = values.setdefault((entry.group, value), entry)
        if other is not entry:
            wrong.append(
                f"{place}: {entry.value} is {other.name}'s already; "
                "a value is given once, take a free one"
            )
        if entry.status not in STATUSES:
            wrong.append(f"{place}: status is one of {', '.join(STATUSES)}")
        if entry.group == "extension" and not _is_id(entry):
            wrong.append(
                f"{place}: the id is 'baton.name/1', or begins with the owner's "
                "domain name reversed, 'org.example.name/1'"
            )
    return wrong


def _is_id(entry):
    if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+/[1-9]\d*", entry.value):
        return False
    ours = entry.value.startswith("baton.")
    return ours == (entry.owner == OURS) and (ours or entry.value.count(".") >= 2)


def _same(entry, want):
    if entry.number is None or want.number is None:
        same_value = entry.value == want.value
    else:
        same_value = entry.number == want.number
    return same_value and (entry.status, entry.since) == (want.status, want.since)


def _entry(group, name, value, item, status="stable"):
    return Entry(group, name, value, OURS, status, item["since"])


def _number(group, value):
    big = group == "magic" or value > 0xFFFF
    return f"{value:#x}" if big else str(value)
