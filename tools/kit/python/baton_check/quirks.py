# SPDX-License-Identifier: MIT
"""Declared deviations, in a file:

    [ID of the check]
    reason = why it deviates
    expires = YYYY-MM-DD
    requirement = what of it is broken    (optional)
    python = 3.12, 3.13                   (optional: the versions that have it)

One that occurs is a warning. One that has expired, or does not occur, is a failure.
"""

import configparser
import dataclasses
import datetime

from baton_check.report.data import BAD
from baton_check.target import CannotRun

KEYS = {"reason", "expires", "requirement", "python"}


@dataclasses.dataclass(frozen=True)
class Quirk:
    id: str
    reason: str
    expires: datetime.date
    requirement: str = ""
    python: tuple = ()

    def concerns(self, version):
        return not self.python or ".".join(version.split(".")[:2]) in self.python


def parse(id, section, path):
    def wrong(what):
        return CannotRun(f"{path}: [{id}] {what}")

    unknown = set(section) - KEYS
    if unknown:
        keys = ", ".join(sorted(KEYS))
        raise wrong(f"has the unknown key {min(unknown)!r}; there are: {keys}")
    if not section.get("reason", "").strip():
        raise wrong("has no reason")
    try:
        expires = datetime.date.fromisoformat(section.get("expires", ""))
    except ValueError:
        raise wrong("needs expires = YYYY-MM-DD") from None
    versions = tuple(section.get("python", "").replace(",", " ").split())
    requirement = section.get("requirement", "").strip()
    return Quirk(id, section["reason"].strip(), expires, requirement, versions)


def read(path, known):
    """@return {id: Quirk}; `known` are the ids that there are"""
    parser = configparser.ConfigParser(interpolation=None, default_section="")
    try:
        with open(path, encoding="utf-8") as file:
            parser.read_file(file)
    except (OSError, UnicodeDecodeError, configparser.Error) as error:
        text = " ".join(str(error).split())
        raise CannotRun(f"{path}: no quirks file: {text}") from None
    for id in parser.sections():
        if id not in known:
            raise CannotRun(f"{path}: [{id}] is no check; --list names them")
    return {id: parse(id, parser[id], path) for id in parser.sections()}


def occurs(quirk, result):
    if result["verdict"] not in BAD:
        return False
    broken = {one["requirement"] for one in result["broken"]}
    return not quirk.requirement or broken <= {quirk.requirement}


def apply(quirks, results, version, today):
    """Changes the verdicts of the results that are declared to deviate."""
    for result in results:
        quirk = quirks.get(result["id"])
        if quirk is None or not quirk.concerns(version) or result["verdict"] == "SKIP":
            continue
        if not occurs(quirk, result):
            if result["verdict"] not in BAD:
                result["verdict"] = "FAIL"
                result["reason"] = "the declared deviation does not occur: remove it"
        elif quirk.expires < today:
            result["reason"] = f"the declared deviation expired on {quirk.expires}"
        else:
            result["verdict"] = "WARN"
            result["reason"] = f"declared: {quirk.reason}"
