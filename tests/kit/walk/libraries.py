# SPDX-License-Identifier: MIT
"""What the tests of walks and of the fuzzer need: the kit, and libraries for it."""

import json
import os
import pathlib
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.append(str(ROOT / "tests/kit/corpus"))

from corpus import BAD, GOOD, find_kit  # noqa: E402

OUTPUT = ROOT / "build/corpus/walk"
FLAGS = "-std=c11 -O0 -g -fPIC -shared -pthread -Wall -Wextra -Werror".split()
KIT = str(find_kit())
CHECK = ROOT / "tools/kit/walk/check.py"


def built_by(script, name):
    command = [sys.executable, str(script / "build.py"), name]
    return subprocess.check_output(command, text=True).split()[0]


def good(name):
    """The path of a good provider."""
    return built_by(GOOD, name)


def bad(name):
    """The path of a provider with one defect, or of one that hangs or crashes."""
    source = HERE / f"{name}.c"
    if not source.exists():
        return built_by(BAD, name)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    library = OUTPUT / f"{name}.so"
    compiler = os.environ.get("CC", "cc")
    command = [compiler, *FLAGS, f"-I{ROOT}/include", "-o", library, source]
    subprocess.run(command, check=True)
    return str(library)


def run(*words, folder=None):
    """A command that has ended, with its text."""
    return subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        cwd=folder,
        timeout=120,
    )


def walk(library, *options):
    """The script of the walks, on one library."""
    executor = shlex.join([KIT, "walk", library])
    return run(sys.executable, CHECK, "--executor", executor, "--json", *options)


def report(done):
    """What the script tells."""
    return json.loads(done.stdout)
