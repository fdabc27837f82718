# SPDX-License-Identifier: MIT
"""A small contract in a temporary folder, for tests that break it."""

import functools
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = Path(__file__).parent / "fixture"

sys.path.insert(0, str(ROOT / "abi"))

# Tests import the readers from here, so that they are found.
from contract import (  # noqa: E402, F401
    binary,
    headers,
    layout_probe,
    layout_rules,
    registry,
    slot_line,
)


def run(tool, *arguments):
    """(exit status, standard output and error) of a tool of the repository."""
    command = [sys.executable, "-B", str(ROOT / tool), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@functools.cache
def _template():
    """The fixture with what is derived in it; made once."""
    keeper = tempfile.TemporaryDirectory()
    root = Path(keeper.name, "root")
    shutil.copytree(FIXTURE, root)
    for tool in ("abi/manifest.py", "abi/layouts.py"):
        status, output = run(tool, "--root", root, "--update")
        assert status == 0, output
    return keeper, root


class Tree:
    """A copy of the fixture. `test` is the TestCase that it lives as long as."""

    def __init__(self, test):
        self.test = test
        folder = tempfile.TemporaryDirectory()
        test.addCleanup(folder.cleanup)
        self.root = Path(folder.name, "root")
        shutil.copytree(_template()[1], self.root)

    def edit(self, path, old, new):
        """Replaces the only occurrence of `old`."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        self.test.assertEqual(text.count(old), 1, f"{old!r} in {path}")
        file.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, tool, *arguments):
        return run(tool, "--root", self.root, *arguments)

    def passes(self, tool, *arguments):
        status, output = self.run(tool, *arguments)
        self.test.assertEqual(status, 0, output)
        return output

    def fails(self, tool, *arguments, saying):
        status, output = self.run(tool, *arguments)
        self.test.assertEqual(status, 1, output)
        self.test.assertIn(saying, output)
        return output
