# SPDX-License-Identifier: MIT
"""Finds the CPythons: on this machine, and in releases of Debian."""

import dataclasses
import json
import os
import pathlib
import re
import subprocess
import tempfile

from places import Place, Release

OLDEST = 10
# What a release is asked for. "t" is without the global lock, and built from source;
# "d" is a debug build, which checks what an extension does: only if it is asked for.
RELEASES = {
    "trixie": ["3.13", "3.13t"],
    "unstable": ["3.14", "3.14t", "3.14d", "3.15", "3.15t", "3.15d"],
}
BASE = ["build-essential", "ca-certificates", "cmake", "ninja-build"]
PACKAGES = ["python{}", "python{}-dev", "python{}-venv", "libpython{}-testsuite"]
NAME = re.compile(r"(?:python)?3\.(\d+)(?:\.\d+\S*?)?[td]*")
PROBE = """
import importlib.util, json, os, sys, sysconfig
include = sysconfig.get_path("include")
print(json.dumps({
    "implementation": sys.implementation.name,
    "minor": list(sys.version_info[:2]),
    "full": sys.version.split()[0] + sys.abiflags,
    "order": list(sys.version_info[:3]) + [sys.version_info[3] == "final"],
    "flags": sys.abiflags,
    "headers": os.path.exists(os.path.join(include, "Python.h")),
    "tests": importlib.util.find_spec("test.test_coroutines") is not None,
}))
"""


@dataclasses.dataclass(frozen=True)
class Interpreter:
    version: str  # "3.14t": at most one is used
    full: str  # "3.14.2t"
    order: tuple
    program: str
    place: Place

    def __str__(self):
        return f"{self.full} ({self.program}, {self.place.name})"


def plain(version):
    return version.rstrip("td")


def packages_of(version):
    """What a release has of it. What is built needs none of them."""
    if "t" in version:
        return []
    debug = [f"python{plain(version)}-dbg"] if "d" in version else []
    return [form.format(plain(version)) for form in PACKAGES] + debug


def program_of(version):
    """Where a release has it: its package's, or what freethreaded has built."""
    folder = "/usr/local/bin" if "t" in version else "/usr/bin"
    return f"{folder}/python{version}"


def key(version):
    """Sorts "3.9" before "3.10" before "3.10t"."""
    return [int(part) for part in plain(version).split(".")], version


def ask(program, place, limit=60):
    """What the program says of itself, or None."""
    with tempfile.TemporaryFile() as output:
        if place.run([program, "-c", PROBE], output, limit) != 0:
            return None
        output.seek(0)
        try:
            return json.loads(output.read().splitlines()[-1])
        except (IndexError, ValueError):
            return None


def look(program, place):
    """@return the interpreter, and what it lacks or None."""
    about = ask(program, place)
    if about is None or about["implementation"] != "cpython":
        return None, "is no CPython that works"
    version = ".".join(map(str, about["minor"])) + about["flags"]
    found = Interpreter(version, about["full"], tuple(about["order"]), program, place)
    if not about["headers"]:
        return found, "has no headers"
    if not about["tests"]:
        return found, "has no package test"
    return found, None


def pyenv():
    """The folder of pyenv, or None."""
    try:
        done = subprocess.run(
            ["pyenv", "root"], stdout=subprocess.PIPE, text=True, timeout=60
        )
        said = done.stdout.strip()
    except OSError:
        said = ""
    for folder in (os.environ.get("PYENV_ROOT"), said, "~/.pyenv"):
        if folder and pathlib.Path(folder).expanduser().is_dir():
            return pathlib.Path(folder).expanduser()
    return None


def wanted(name):
    match = NAME.fullmatch(name)
    return match is not None and int(match[1]) >= OLDEST


def candidates():
    """Programs of this machine that are named like a CPython, each once."""
    root = pyenv()
    path = [pathlib.Path(folder) for folder in os.get_exec_path()]
    folders = [*path, pathlib.Path("/usr/bin"), pathlib.Path("/usr/local/bin")]
    found = [
        file
        for folder in folders
        if folder.is_dir() and (root is None or folder != root / "shims")
        for file in sorted(folder.glob("python3.*"))
        if wanted(file.name)
    ]
    if root is not None:
        found += [
            folder / "bin/python3"
            for folder in sorted(root.glob("versions/*"))
            if wanted(folder.name)
        ]
    return list({file.resolve(): str(file) for file in found}.values())


def last_line(log):
    lines = pathlib.Path(log.name).read_text(errors="replace").split("\n")
    return next((line for line in reversed(lines) if line.strip()), "no output")


class Search:
    """What is found; `say` is told why something is left out."""

    def __init__(self, only, say):
        self.only = only
        self.say = say
        self.found = {}
        self.failed = []  # versions that should be there and are not

    def add(self, program, place):
        found, lack = look(program, place)
        if found is not None and self.only and found.version not in self.only:
            return True
        if lack is not None:
            name = found or f"{program} ({place.name})"
            self.say(f"left out: {name} {lack}")
            return False
        other = self.found.get(found.version)
        if other is None or other.order < found.order:
            self.found[found.version], found = found, other
        if found is not None:
            newer = self.found[found.version].full
            self.say(f"left out: {found}, as there is {newer}")
        return True

    def here(self):
        for program in candidates():
            self.add(program, Place())

    def versions_of(self, release):
        only = self.only or [v for v in RELEASES[release] if "d" not in v]
        return [version for version in RELEASES[release] if version in only]

    def in_release(self, name, log):
        versions = self.versions_of(name)
        if not versions:
            return
        place = Release(name)
        packages = [package for version in versions for package in packages_of(version)]
        if not place.make([*BASE, *dict.fromkeys(packages)], log):
            self.say(f"{place.name} cannot be made: {last_line(log)} ({log.name})")
            self.failed += versions
            return
        for version in versions:
            if "t" in version:
                self.build(version, place, log)
            elif not self.add(program_of(version), place):
                self.failed.append(version)

    def build(self, version, place, log):
        script = "tools/matrix.d/freethreaded"
        status = place.run([script, plain(version)], log, 3600)
        if status == 0 and self.add(program_of(version), place):
            return
        self.say(
            f"left out: {version}, as {place.name} has no source of it here"
            if status == 3
            else f"{version} cannot be built in {place.name}, see {log.name}"
        )
        if status != 3 or version in self.only:
            self.failed.append(version)

    def chosen(self):
        return [self.found[version] for version in sorted(self.found, key=key)]
