# SPDX-License-Identifier: MIT
"""Tests of the relay: all that the demo in C must do, and what is the relay's own.

The program is named by BATON_RELAY or by the first argument:

    python3 tests/demo/test_relay.py build/relay/baton-demo-relay
"""

import json
import os
import pty
import random
import re
import shlex
import subprocess
import sys
import time
import unittest

import test_demo
from test_demo import counts, demo, start, table, wc

DEMO = os.environ.get("BATON_RELAY", "baton-demo-relay")
SOURCES = os.path.join(os.path.dirname(__file__), "../../tools/demo.d/relay")
LOOPS = ("asyncio", "uvloop", "trio")
TIMED_LOOPS = set(LOOPS)  # those under which there is --timeout
# The stages of a stream, the innermost first, and what is around all streams.
INNER = [("rust", "gate"), ("python", "paths"), ("rust", "read"), ("cython", "split")]
OUTER = [("c++", "merge"), ("c", "count"), ("python", "report")]


def setUpModule():
    test_demo.DEMO = DEMO
    os.environ["RUST_BACKTRACE"] = "0"
    if demo("--timeout=1", "--version").returncode == 2:  # before Python 3.11
        TIMED_LOOPS.discard("asyncio")
        TIMED_LOOPS.discard("uvloop")


class AgreesWithWc(test_demo.AgreesWithWc):
    def test_on_random_files(self):
        """Lines of all lengths, cut by chunks; white space of all kinds; no words at
        all; some empty."""
        chance = random.Random(4)
        paths = []
        for i in range(200):
            parts = chance.choices(
                test_demo.WHITE + test_demo.WORD * 3, k=chance.randrange(50)
            )
            text = "".join(parts).encode() * chance.choice([0, 1, 1, 1, 7, 700])
            paths.append(self.write(f"random{i}", text))
        for name in LOOPS:
            with self.subTest(loop=name):
                self.check_loop(name, paths)

    def check_loop(self, name, paths):
        done = demo("--json", "--loop", name, *paths)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        entries = json.loads(done.stdout)["files"]
        for path, entry in zip(paths, entries, strict=True):
            self.assertEqual(counts(entry), wc(path), path)

    def test_on_huge_lines(self):
        for length in (65535, 65536, 65537, 131071, 131073, 5_000_000):
            with self.subTest(length=length):
                line = (b"huge " * length)[:length]
                data = b"a b\n" + line + b"\nc\n" + line
                self.assertEqual(self.count_one(data), wc(self.write("same", data)))


class Names(test_demo.Names):
    pass


class Troubles(test_demo.Troubles):
    def test_help_and_version(self):
        self.assertRegex(demo("--help").stdout, rb"^usage: baton-demo-relay ")
        self.assertRegex(
            demo("--version").stdout,
            rb"^baton-demo \(lib = \d+\.\d+\.\d+, abi = \d+\.\d+\)\n$",
        )

    def test_wrong_values(self):
        for arguments, why in [
            (["--loop"], b"--loop wants a value"),
            (
                ["--loop", "curio"],
                b"--loop is one of asyncio, uvloop, trio, not 'curio'",
            ),
            (["--timeout"], b"--timeout wants a value"),
            (["--timeout", "soon"], b"--timeout wants seconds, not 'soon'"),
            (["--timeout=-1"], b"--timeout wants seconds, not '-1'"),
            (["--timeout=nan"], b"--timeout wants seconds, not 'nan'"),
            (["--json=1"], b"no such option: --json=1"),
            (["--cancel", "--panic"], b"--cancel and --panic do not go together"),
        ]:
            with self.subTest(arguments=arguments):
                done = demo(*arguments)
                self.assertEqual((done.returncode, done.stdout), (2, b""))
                self.assertIn(b"baton-demo: " + why + b"\n", done.stderr)


class Interleaving(test_demo.Interleaving):
    def test_large_files_take_turns(self):
        paths = [self.write(f"big{i}", b"word " * 200000) for i in range(8)]
        run = json.loads(demo("--json", *paths).stdout)["run"]
        self.assertEqual(run["in_flight"], 8)
        self.assertEqual(run["pieces"], 8 * 16)
        self.assertGreater(run["switches"], 8 * 16 / 2)

    def test_chain_of_one_suspended_moment(self):
        """From Python through all languages down to Python, which awaits Rust."""
        for name in LOOPS:
            with self.subTest(loop=name):
                done = demo("--json", "--loop", name, self.write("one", b"x\n"))
                chain = json.loads(done.stdout)["chain"]
                self.assertEqual(
                    [member["language"] for member in chain],
                    ["python", "c", "c++", "cython", "rust", "python", "rust"],
                )
                names = [member["name"] for member in chain]
                self.assertEqual(names[:4], ["report", "count", "merge", "split"])
                self.assertEqual(names[5:], ["paths", "Gate.passed"])
                self.check_lines(chain)

    def check_lines(self, chain):
        for member in chain:
            if not member["place"]:
                continue
            file, line = member["place"].split(":")
            folder = "rust/src" if file.endswith(".rs") else ""
            with open(os.path.join(SOURCES, folder, file)) as source:
                text = source.readlines()[int(line) - 1]
            self.assertRegex(text, "await|async for|async_for|async fn", member)


class Memory(test_demo.Memory):
    most = 96 << 10  # kilobytes, the interpreter's included


class Interrupts(test_demo.Interrupts):
    start_up = 1.5  # seconds, the interpreter's included


class Progress(test_demo.Progress):
    writes, pause = 10, 0.2

    def test_on_a_terminal(self):
        terminal, end = pty.openpty()
        running = subprocess.Popen(
            [DEMO], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=end
        )
        for _ in range(10):
            running.stdin.write(b"x\n")
            running.stdin.flush()
            time.sleep(0.2)
        out, _ = running.communicate(timeout=30)
        self.assertIn(b" of 1 files", os.read(terminal, 4096))
        self.assertEqual(table(out), {b"-": [10, 10, 20]})
        os.close(terminal)
        os.close(end)


class Cancels(test_demo.DemoTest):
    def cleanups(self, *arguments):
        """The cleanups of each stream, and those around them all."""
        done = demo("--json", "--cancel", *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        result = json.loads(done.stdout)
        streams, around = {}, []
        for entry in result["cleanups"]:
            what = entry["language"], entry["stage"]
            if entry["stream"] is None:
                around.append(what)
            else:
                self.assertEqual(around, [], "streams are within")
                streams.setdefault(entry["stream"], []).append(what)
        self.assertEqual(around, OUTER)
        return result, streams

    def test_reach_the_innermost_stage_and_clean_up_from_there(self):
        paths = [self.write(f"f{i}", b"x y\n") for i in range(5)]
        for name in LOOPS:
            with self.subTest(loop=name):
                result, streams = self.cleanups("--loop", name, *paths)
                self.assertEqual(streams, dict.fromkeys(range(5), INNER))
                self.assertEqual(counts(result["total"]), [5, 10, 20])
                self.assertEqual(result["chain"][-1]["name"], "Gate.passed")

    def test_in_the_middle_of_files(self):
        """What reads has no stage below that waits; what is ahead of it is closed."""
        for name in LOOPS:
            with self.subTest(loop=name):
                _, streams = self.cleanups("--loop", name, *["/dev/zero"] * 20)
                self.assertEqual(streams, dict.fromkeys(range(20), INNER[1:]))

    def test_a_pipe_in_which_nothing_comes(self):
        path = os.path.join(self.at, "fifo")
        os.mkfifo(path)
        _, streams = self.cleanups(path, self.write("one", b"x\n"))
        self.assertEqual(streams, {0: INNER[1:], 1: INNER})

    def test_are_told_to_people(self):
        out = demo("--cancel", self.write("one", b"x"), self.write("two", b"y")).stdout
        told = re.findall(r"^  (\S+) +(\S+)$", out.decode(), re.MULTILINE)
        order = [(language, stage) for stage, language in told]
        self.assertEqual(order, INNER + OUTER)
        self.assertIn(b"\n    and the same in 1 other streams\n", out)


class Panics(test_demo.DemoTest):
    def test_have_one_traceback_through_all_languages(self):
        paths = [self.write(f"f{i}", b"x\n" * 9999) for i in range(5)]
        for name in LOOPS:
            with self.subTest(loop=name):
                done = demo("--panic", "--loop", name, *paths)
                self.assertEqual((done.returncode, done.stdout), (1, b""))
                self.check(done.stderr.decode())

    def check(self, told):
        self.assertEqual(told.count("Traceback (most recent call last)"), 1, told)
        self.assertTrue(
            told.endswith("\nbaton.PanicException: the path of file 2 is empty\n"), told
        )
        files = re.findall(
            r'^  File "(?:.*/)?([^/"]+)", line \d+, in', told, re.MULTILINE
        )
        wanted = ["relay.py", "count.c", "merge.cc", "split.pyx", "read.rs"]
        inner = [file for file in files[files.index("relay.py") :] if file in wanted]
        self.assertEqual(list(dict.fromkeys(inner)), wanted, told)

    def test_tell_where_it_was(self):
        told = demo("--panic", self.write("one", b"x")).stderr.decode()
        line = int(re.search(r'read\.rs", line (\d+)', told)[1])
        with open(os.path.join(SOURCES, "rust/src/read.rs")) as file:
            self.assertIn("assert!", file.readlines()[line - 1])


class TimeOuts(test_demo.DemoTest):
    def test_end_with_124(self):
        paths = ["/dev/zero"] * 3
        for name in sorted(TIMED_LOOPS):
            with self.subTest(loop=name):
                done = demo("--timeout=1", "--loop", name, *paths)
                self.assertEqual((done.returncode, done.stdout), (124, b""))
                self.assertEqual(
                    done.stderr,
                    b"baton-demo: timed out; 0 of 3 files done, 3 in flight, "
                    b"3 cancelled and cleaned up\n",
                )

    def test_while_standard_input_stalls(self):
        read, write = os.pipe()
        running = start("--loop", "trio", "--timeout", "0.5", stdin=read)
        out, err = running.communicate(timeout=30)
        self.assertEqual((running.returncode, out), (124, b""))
        self.assertIn(b"1 cancelled and cleaned up\n", err)
        os.close(read)
        os.close(write)

    def test_do_not_come_before_their_time(self):
        done = demo(
            "--loop=trio", "--timeout", "1000", "--json", self.write("one", b"x\n")
        )
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(counts(json.loads(done.stdout)["total"]), [1, 1, 2])


# Runs the command several times in one process. Tokio keeps its threads, nine at most.
AGAIN = """
import gc, os, sys, time
import baton, main, options

os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

def held():
    gc.collect()
    kinds = baton.coroutine, baton.async_generator
    alive = [str(object) for object in gc.get_objects() if type(object) in kinds]
    return os.listdir("/proc/self/fd"), alive, os.listdir("/proc/self/task")

def run(arguments):
    try:
        return main.Run(options.read(arguments))()
    except baton.PanicException:
        return 1

run(sys.argv[2:])
before = held()
for _ in range(3):
    status = run(sys.argv[2:])
after = held()
deadline = time.monotonic() + 10
while after[0] != before[0] and time.monotonic() < deadline:
    time.sleep(0.01)  # a read that was begun ends on its thread
    after = held()
assert status == int(sys.argv[1]), status
assert after[0] == before[0], ("descriptors", before[0], after[0])
assert after[1] == [], after[1]
assert len(after[2]) <= 2 + 1 + 8, (len(after[2]), "threads")
"""


class Leaves(test_demo.DemoTest):
    def test_nothing_behind(self):
        with open(DEMO) as command:
            setting, *words = shlex.split(command.read(), comments=True)
        environment = {**os.environ, "PYTHONPATH": setting.partition("=")[2]}
        environment["PYTHONPATH"] += os.pathsep + SOURCES
        python = words[words.index("exec") + 1]
        good = self.write("good", b"x\n" * 100000)
        for status, arguments in [
            (0, [good] * 9),
            (1, [good, "/none"]),
            (1, ["--panic", good, good]),
            (0, ["--cancel", good, good, "/dev/zero"]),
            (124, ["--timeout=0.2", "/dev/zero", good]),
        ]:
            for name in LOOPS if status != 124 else sorted(TIMED_LOOPS):
                with self.subTest(arguments=arguments[:2], loop=name):
                    done = subprocess.run(
                        [python, "-c", AGAIN, str(status), "--loop", name, *arguments],
                        env=environment,
                        capture_output=True,
                        timeout=120,
                    )
                    self.assertEqual(done.returncode, 0, done.stderr.decode())


if __name__ == "__main__":
    if len(sys.argv) > 1 and os.path.exists(sys.argv[1]):
        DEMO = os.path.abspath(sys.argv.pop(1))
    unittest.main()
