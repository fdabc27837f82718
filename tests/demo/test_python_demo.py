# SPDX-License-Identifier: MIT
"""Tests of the demo in Python: all that the demo in C must do, and what differs.

The program is named by BATON_PYTHON_DEMO or by the first argument:

    python3 tests/demo/test_python_demo.py build/release/baton-demo-python
"""

import json
import os
import subprocess
import sys
import time
import unittest

import test_demo
from test_demo import default_signals, demo, start

DEMO = os.environ.get("BATON_PYTHON_DEMO", "baton-demo-python")
SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tools/demo.d")


def setUpModule():
    test_demo.DEMO = DEMO


class AgreesWithWc(test_demo.AgreesWithWc):
    pass


class Names(test_demo.Names):
    pass


class Troubles(test_demo.Troubles):
    def test_help_and_version(self):
        self.assertRegex(demo("--help").stdout, rb"^usage: baton-demo-python ")
        self.assertRegex(
            demo("--version").stdout,
            rb"^baton-demo \(lib = \d+\.\d+\.\d+, abi = \d+\.\d+\)\n$",
        )


class Interleaving(test_demo.Interleaving):
    def test_chain_of_one_suspended_moment(self):
        """From the async def that waits for the lanes down to Python again."""
        path = os.path.join(self.at, "fifo")
        os.mkfifo(path)
        running = start("--json", path)
        with open(path, "wb") as writer:
            time.sleep(1)
            writer.write(b"x\n")
        out, err = running.communicate(timeout=30)
        self.assertEqual((running.returncode, err), (0, b""))
        chain = json.loads(out)["chain"]
        names = [member["name"] for member in chain if member["kind"] != "awaitable"]
        wanted = ["count", "run_lane", "count_file", "split", "read_python"]
        self.assertEqual([name for name in names if name in wanted], wanted)
        for member in chain:
            if member["name"] in wanted:
                self.assertEqual(member["state"], "suspended", member)
            if member.get("file", "").endswith(".c"):
                self.check_line(member)

    def check_line(self, member):
        folders = [SOURCES, os.path.join(SOURCES, "python")]
        if member["name"].startswith("read"):
            folders.reverse()
        paths = [os.path.join(folder, member["file"]) for folder in folders]
        with open(next(path for path in paths if os.path.exists(path))) as file:
            line = file.readlines()[member["line"] - 1]
        self.assertRegex(line, "baton_(try_)?(await|wait|async_for)")


class Memory(test_demo.Memory):
    most = 96 << 10  # kilobytes, the interpreter's included


class Interrupts(test_demo.Interrupts):
    start_up = 1.5  # seconds, the interpreter's included


class Progress(test_demo.Progress):
    writes, pause = 10, 0.2

    test_on_a_terminal = None  # the same code draws


class Both(test_demo.DemoTest):
    def test_count_alike(self):
        """The demo in C, where it was built beside this one."""
        other = os.path.join(os.path.dirname(DEMO), "baton-demo")
        if not os.path.exists(other):
            self.skipTest("no baton-demo beside it")
        paths = [self.write(f"f{i}", b"some words\n" * i * 997) for i in range(100)]
        done = subprocess.run(
            [other, "--json", *paths], capture_output=True, preexec_fn=default_signals
        )
        ours = json.loads(demo("--json", *paths).stdout)
        theirs = json.loads(done.stdout)
        for key in "files", "total":
            self.assertEqual(ours[key], theirs[key])
        self.assertEqual(ours["run"]["chunks"], theirs["run"]["chunks"])


if __name__ == "__main__":
    if len(sys.argv) > 1 and os.path.exists(sys.argv[1]):
        DEMO = os.path.abspath(sys.argv.pop(1))
    unittest.main()
