# SPDX-License-Identifier: MIT
"""The kit's program, and the hostile targets, for the tests."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("BATON_KIT", str(ROOT / "build/dev/tools/kit/baton-kit"))
SOURCES = ROOT / "tests/corpus/hostile"
OUTPUT = ROOT / "build/corpus/hostile"
FLAGS = f"""-O0 -g -fPIC -shared -pthread -Wall -Wno-missing-field-initializers -Werror
-I{ROOT}/include""".split()
COMPILERS = {
    ".c": [os.environ.get("CC", "cc"), "-std=c11", "-D_GNU_SOURCE"],
    ".cc": [os.environ.get("CXX", "c++"), "-std=c++20"],
}
ONE_CHECK = "state-start"  # sends once to each export
DEADLINE = 120  # seconds: whatever takes longer hangs


def hostile(name):
    """Builds one if it has to be. @return the path of the library."""
    (source,) = SOURCES.glob(f"{name}.c*")
    library = OUTPUT / f"{name}.so"
    newest = max(
        file.stat().st_mtime for file in (source, SOURCES / "hostile.h", SOURCES)
    )
    if not library.exists() or library.stat().st_mtime < newest:
        compile_to(library, source)
    return str(library)


def compile_to(library, source, *flags):
    """Compiles to a file of its own first: others may be building, too."""
    library.parent.mkdir(parents=True, exist_ok=True)
    made = library.with_suffix(f".{uuid.uuid4().hex}")
    command = [*COMPILERS[source.suffix], *FLAGS, *flags, "-o", str(made), str(source)]
    subprocess.run(command, check=True)
    made.replace(library)


def run(*words, env=None):
    """Runs the kit. @return the process that has ended, with text output."""
    return subprocess.run(
        [PROGRAM, *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        timeout=DEADLINE,
        env={**os.environ, **(env or {})},
    )


def marked(token):
    """The processes with BATON_TEST_TOKEN in their environment."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if token.encode() in (folder / "environ").read_bytes():
                found.append(folder.name)
        except OSError:
            pass  # it has ended, or is somebody else's
    return found


class KitTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, name, text=""):
        path = self.folder / name
        path.write_text(text)
        return str(path)

    def check(self, *words, status=None):
        """Runs `check`, which leaves no process behind. @return the report."""
        token = uuid.uuid4().hex
        environment = {"BATON_TEST_TOKEN": token}
        if "--timeout" not in words:
            words += ("--timeout", DEADLINE)
        done = run("check", *words, "--json", "-", env=environment)
        self.assertEqual(marked(token), [])
        if status is not None:
            self.assertEqual(done.returncode, status, done.stderr + done.stdout)
        return json.loads(done.stdout)

    def one(self, *words, status):
        """The only result of the report."""
        (result,) = self.check(*words, status=status)["results"]
        return result
