# SPDX-License-Identifier: MIT
"""Tests of baton-demo, against wc.

The program is named by BATON_DEMO or by the first argument:

    python3 tests/demo/test_demo.py build/release/baton-demo
"""

import json
import os
import pty
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

DEMO = os.environ.get("BATON_DEMO", "baton-demo")
WC_ENV = {**os.environ, "LC_ALL": "C.UTF-8"}
# What every GNU wc holds for white; older ones ignore U+2028 and U+2029.
WHITE = [" ", "\t", "\n", "\r\n", "\v", "\f"]
WHITE += [
    chr(code) for code in (0xA0, 0x1680, 0x2000, 0x200A, 0x202F, 0x205F, 0x2060, 0x3000)
]
WORD = [
    "a",
    "word",
    "\u00e9t\u00e9",
    "\u4e2d\u6587",
    "\U0001f600",
    "x\u2010y",
    "\u2713",
    "\u300c",
    "\u00a1",
]


def default_signals():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)


def demo(*arguments, **keywords):
    keywords.setdefault("timeout", 120)
    keywords.setdefault("stdin", subprocess.DEVNULL)
    if "input" in keywords:
        del keywords["stdin"]
    command = [DEMO, *arguments]
    return subprocess.run(
        command, capture_output=True, preexec_fn=default_signals, **keywords
    )


def start(*arguments, **keywords):
    return subprocess.Popen(
        [DEMO, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=default_signals,
        **keywords,
    )


def wc(path):
    with open(path, "rb") as file:
        out = subprocess.run(
            ["wc", "-lwc"], stdin=file, capture_output=True, check=True, env=WC_ENV
        ).stdout
    return [int(part) for part in out.split()[:3]]


def counts(entry):
    return [entry["lines"], entry["words"], entry["bytes"]]


def table(stdout):
    """The rows of the result table as {name: [lines, words, bytes]}."""
    rows = stdout.split(b"\n\n")[0].split(b"\n")[1:]
    parsed = (re.fullmatch(rb" *(\d+) +(\d+) +(\d+)  (.*)", row) for row in rows if row)
    return {row[4]: [int(row[1]), int(row[2]), int(row[3])] for row in parsed}


class DemoTest(unittest.TestCase):
    def setUp(self):
        self.at = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.at)

    def write(self, name, data):
        path = os.path.join(os.fsencode(self.at), os.fsencode(name))
        with open(path, "wb") as file:
            file.write(data)
        return path

    def count_one(self, data):
        done = demo("--json", self.write("one", data))
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return counts(json.loads(done.stdout)["files"][0])


class AgreesWithWc(DemoTest):
    def check(self, paths):
        done = demo("--json", *paths)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        result = json.loads(done.stdout)
        total = [0, 0, 0]
        self.assertEqual(len(result["files"]), len(paths))
        for path, entry in zip(paths, result["files"], strict=True):
            expected = wc(path)
            self.assertEqual(counts(entry), expected, path)
            total = [a + b for a, b in zip(total, expected, strict=True)]
        self.assertEqual(counts(result["total"]), total)
        return result

    def test_on_small_and_odd_files(self):
        samples = [
            b"",
            b"\n",
            b"\n\n\n",
            b"no newline",
            b"a b\nc",
            b" \t leading and trailing \n ",
            b"crlf\r\nlines\r\n",
            "\u00e9t\u00e9 \u4e2d\u6587 \U0001f600\n".encode(),
            "a\u3000b\u2003c\u00a0d\u2060e\n".encode(),
            "ends in white\u3000".encode(),
            b"word " * 50000,
            b"x" * 65536,
            b"x" * 65535 + b" y",
            b"x" * 65536 + b"\n",
            b" " * 200000,
        ]
        self.check([self.write(f"sample{i}", data) for i, data in enumerate(samples)])

    def test_on_random_text_with_cuts_at_every_place(self):
        chance = random.Random(20)
        paths = []
        for i in range(60):
            text = "".join(
                chance.choice(WHITE + WORD * 2)
                for _ in range(chance.randrange(100, 40000))
            )
            paths.append(
                self.write(f"text{i}", b"p" * chance.randrange(65536) + text.encode())
            )
        self.check(paths)

    def test_wide_white_space_cut_by_the_end_of_a_chunk(self):
        for cut in range(5):
            with self.subTest(cut=cut):
                data = b"x" * (65536 - cut) + "\u3000y\u3000".encode()
                self.assertEqual(self.count_one(data), [0, 2, len(data)])

    def test_bytes_and_lines_of_binary_files(self):
        data = random.Random(7).randbytes(300000)
        path = self.write("binary", data)
        expected, counted = wc(path), self.count_one(data)
        self.assertEqual([counted[0], counted[2]], [expected[0], expected[2]])

    def test_bytes_that_are_no_utf8_make_words(self):
        self.assertEqual(self.count_one(b"\xff \xe3\x80 \x01 a\xe3"), [0, 4, 9])
        self.assertEqual(self.count_one(b"\xe3"), [0, 1, 1])
        self.assertEqual(self.count_one(b"\xe3\xe3\x80\x80x"), [0, 2, 5])

    def test_on_ten_thousand_small_files(self):
        paths, total = [], [0, 0, 0]
        for i in range(10000):
            data = b"word\n" * (i % 7)
            paths.append(self.write(f"f{i:05}", data))
            total = [total[0] + i % 7, total[1] + i % 7, total[2] + len(data)]
        started = time.monotonic()
        done = demo("--json", *paths)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        result = json.loads(done.stdout)
        self.assertEqual(counts(result["total"]), total)
        self.assertEqual(
            [entry["lines"] for entry in result["files"]], [i % 7 for i in range(10000)]
        )
        self.assertEqual(result["run"]["in_flight"], 64)
        self.assertLess(time.monotonic() - started, 60)

    def test_repeated_files_count_each_time(self):
        path = self.write("twice", b"a b\n")
        self.check([path, path, path])

    def test_table_has_the_rows_of_wc(self):
        paths = [self.write(f"t{i}", b"some words\n" * i * 1000) for i in range(5)]
        done = demo(*paths)
        rows = table(done.stdout)
        total = rows.pop(b"total")
        self.assertEqual(rows, {path: wc(path) for path in paths})
        self.assertEqual(
            total, [sum(row[i] for row in rows.values()) for i in range(3)]
        )
        lines = done.stdout.split(b"\n\n")[0].split(b"\n")
        self.assertEqual(
            len({len(line) - len(line.split()[-1]) for line in lines}),
            1,
            "columns are aligned",
        )

    def test_one_file_has_no_total(self):
        rows = table(demo(self.write("single", b"one\n")).stdout)
        self.assertEqual(list(rows.values()), [[1, 1, 4]])


class Names(DemoTest):
    def test_odd_names_are_escaped_in_the_table(self):
        names = {
            b"with space": b"with space",
            b"new\nline": b"new\\nline",
            b"esc\x1b[2J": b"esc\\x1b[2J",
            b"back\\slash": b"back\\\\slash",
            b"\xff\xfe": b"\\xff\\xfe",
            "\u00e9".encode(): "\u00e9".encode(),
            "c1\u0085".encode(): b"c1\\xc2\\x85",
        }
        done = demo(*[self.write(name, b"x\n") for name in names])
        shown = {os.path.basename(name) for name in table(done.stdout)} - {b"total"}
        self.assertEqual(shown, set(names.values()))

    def test_every_byte_in_a_name_survives_json(self):
        names = [bytes([byte]) + b"n" for byte in range(1, 256) if byte != ord("/")]
        names += ["\u00e9\U0001f600".encode(), b"\xed\xa0\x80", b"\xf0\x9f", b'q"u\\o']
        done = demo("--json", "--", *names, cwd=self.at) if self.fill(names) else None
        entries = json.loads(done.stdout.decode("utf-8", "strict"))["files"]
        back = [
            bytes.fromhex(e["name_hex"]) if "name_hex" in e else e["name"].encode()
            for e in entries
        ]
        self.assertEqual(back, names)

    def fill(self, names):
        for name in names:
            self.write(name, b"")
        return True

    def test_dash_is_standard_input_and_dash_dash_ends_options(self):
        done = demo("--json", "-", input=b"from here\n")
        self.assertEqual(counts(json.loads(done.stdout)["files"][0]), [1, 2, 10])
        self.write("--json", b"x")
        done = demo("--", "--json", cwd=self.at)
        self.assertEqual(table(done.stdout), {b"--json": [0, 1, 1]})

    def test_no_file_is_standard_input(self):
        self.assertEqual(
            table(demo(input=b"a b c\n" * 100000).stdout),
            {b"-": [100000, 300000, 600000]},
        )

    def test_dev_stdin(self):
        self.assertEqual(
            table(demo("/dev/stdin", input=b"a b\n").stdout), {b"/dev/stdin": [1, 2, 4]}
        )


class Troubles(DemoTest):
    def test_are_told_by_name_while_the_others_finish(self):
        good = [self.write(f"good{i}", b"fine\n") for i in range(100)]
        bad = [
            os.fsencode(self.at) + b"/missing",
            os.fsencode(self.at),
            good[0] + b"/below",
        ]
        done = demo("--json", *good[:50], *bad, *good[50:])
        self.assertEqual(done.returncode, 1)
        told = sorted(done.stderr.splitlines())
        self.assertEqual(
            told,
            sorted(
                [
                    b"baton-demo: " + bad[0] + b": No such file or directory",
                    b"baton-demo: " + bad[1] + b": Is a directory",
                    b"baton-demo: " + bad[2] + b": Not a directory",
                ]
            ),
        )
        result = json.loads(done.stdout)
        self.assertEqual(counts(result["total"]), [100, 100, 500])
        self.assertEqual([e["errno"] for e in result["files"][50:53]], [2, 21, 20])

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_a_file_without_permission(self):
        path = self.write("secret", b"x")
        os.chmod(path, 0)
        done = demo(path)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, b"baton-demo: " + path + b": Permission denied\n")

    def test_an_error_in_the_middle_of_reading(self):
        done = demo("/proc/self/mem", self.write("good", b"x\n"))
        self.assertEqual(done.returncode, 1)
        self.assertEqual(
            done.stderr, b"baton-demo: /proc/self/mem: Input/output error\n"
        )
        self.assertEqual(table(done.stdout)[b"total"], [1, 1, 2])

    def test_all_files_bad(self):
        done = demo("/none/1", "/none/2")
        self.assertEqual(
            (done.returncode, table(done.stdout)), (1, {b"total": [0, 0, 0]})
        )
        self.assertEqual(done.stderr.count(b"\n"), 2)

    def test_wrong_command_lines(self):
        for arguments, why in [
            (["--what"], b"no such option: --what"),
            (["-x"], b"no such option: -x"),
            (["-", "-"], b"- is given more than once"),
            ([""], b"a file name is empty"),
        ]:
            with self.subTest(arguments=arguments):
                done = demo(*arguments)
                self.assertEqual((done.returncode, done.stdout), (2, b""))
                self.assertIn(why, done.stderr)

    def test_help_and_version(self):
        self.assertRegex(demo("--help").stdout, rb"^usage: baton-demo ")
        self.assertRegex(
            demo("--version").stdout,
            rb"^baton-demo \(lib = \d+\.\d+\.\d+, abi = \d+\.\d+\)\n$",
        )

    def test_full_device(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [DEMO, self.write("one", b"x")], stdout=full, stderr=subprocess.PIPE
            )
        self.assertEqual(done.returncode, 1)
        self.assertEqual(
            done.stderr, b"baton-demo: standard output: No space left on device\n"
        )

    def test_broken_pipe(self):
        paths = [self.write(f"f{i}", b"x") for i in range(3000)]
        running = start(*paths)
        running.stdout.close()
        self.assertEqual(running.stderr.read(), b"")
        self.assertEqual(running.wait(60), -signal.SIGPIPE)
        running.stderr.close()


class Interleaving(DemoTest):
    def test_a_pipe_that_stalls_does_not_hold_up_the_others(self):
        fifos = [os.path.join(self.at, f"fifo{i}") for i in range(10)]
        for fifo in fifos:
            os.mkfifo(fifo)
        paths = [self.write(f"f{i}", b"x\n") for i in range(200)]
        running = start("--json", *fifos, *paths, "/none")
        self.assertEqual(
            running.stderr.readline(), b"baton-demo: /none: No such file or directory\n"
        )
        for fifo in reversed(fifos):
            with open(fifo, "wb") as writer:
                writer.write(b"a ")
                writer.flush()
                writer.write(b"b\n")
        out, err = running.communicate(timeout=60)
        self.assertEqual((running.returncode, err), (1, b""))
        result = json.loads(out)
        self.assertEqual(
            [counts(entry) for entry in result["files"][:10]], [[1, 2, 4]] * 10
        )
        self.assertEqual(result["run"]["in_flight"], 64)

    def test_large_files_take_turns(self):
        paths = [self.write(f"big{i}", b"word " * 200000) for i in range(8)]
        run = json.loads(demo("--json", *paths).stdout)["run"]
        self.assertEqual(run["in_flight"], 8)
        self.assertEqual(run["chunks"], 8 * 16)
        self.assertGreater(run["switches"], 8 * 16 / 2)

    def test_chain_of_one_suspended_moment(self):
        done = demo("--json", self.write("one", b"x\n"))
        chain = json.loads(done.stdout)["chain"]
        self.assertEqual(
            [
                (member["name"], member["kind"])
                for member in chain
                if member["kind"] != "awaitable"
            ],
            [
                ("merge_totals", "coroutine"),
                ("run_lane", "coroutine"),
                ("count_file", "coroutine"),
                ("split", "async generator"),
                ("read", "async generator"),
            ],
        )
        self.assertEqual({member["state"] for member in chain}, {"suspended"})
        source = os.path.join(os.path.dirname(__file__), "../../tools/demo.d")
        for member in chain:
            if "line" in member:
                with open(os.path.join(source, member["file"])) as file:
                    self.assertRegex(
                        file.readlines()[member["line"] - 1],
                        "baton_(try_)?(await|wait|async_for)",
                    )


class Memory(DemoTest):
    most = None if "BATON_SANITIZE" in os.environ else 32 << 10  # kilobytes

    def test_is_bounded_for_a_sparse_file_of_200_megabytes(self):
        path = os.path.join(self.at, "sparse")
        with open(path, "wb") as file:
            file.truncate(200 << 20)
        running = start("--json", path)
        out = running.stdout.read()
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = status
        running.stdout.close()
        running.stderr.close()
        self.assertEqual(status, 0)
        self.assertEqual(counts(json.loads(out)["total"]), [0, 1, 200 << 20])
        if self.most is not None:
            self.assertLess(usage.ru_maxrss, self.most, "kilobytes")

    def test_few_descriptors_are_enough_for_many_files(self):
        paths = [self.write(f"f{i}", b"x\n") for i in range(2000)]

        def limited():
            default_signals()
            resource.setrlimit(resource.RLIMIT_NOFILE, (96, 96))

        done = subprocess.run(
            [DEMO, "--json", *paths], capture_output=True, preexec_fn=limited
        )
        self.assertEqual((done.returncode, done.stderr), (0, b""))


class Interrupts(DemoTest):
    start_up = 0.5  # seconds

    def interrupt(self, number, *arguments, **keywords):
        running = start(*arguments, **keywords)
        time.sleep(self.start_up)
        running.send_signal(number)
        out, err = running.communicate(timeout=30)
        self.assertEqual((out, running.returncode), (b"", 128 + number), err)
        return [int(part) for part in re.findall(rb"\d+", err)]

    def test_cancels_and_cleans_up_every_pipeline(self):
        fifos = [os.path.join(self.at, f"fifo{i}") for i in range(20)]
        for fifo in fifos:
            os.mkfifo(fifo)
        paths = [self.write(f"f{i}", b"x\n") for i in range(100)]
        told = self.interrupt(signal.SIGINT, *fifos, *paths)
        self.assertEqual(told, [100, 120, 20, 20])

    def test_while_standard_input_stalls(self):
        read, write = os.pipe()
        self.assertEqual(self.interrupt(signal.SIGTERM, stdin=read), [0, 1, 1, 1])
        os.close(read)
        os.close(write)

    def test_at_once_while_it_is_busy_with_endless_files(self):
        started = time.monotonic()
        told = self.interrupt(signal.SIGINT, *["/dev/zero"] * 64)
        self.assertEqual(told, [0, 64, 64, 64])
        self.assertLess(time.monotonic() - started, 5)

    def test_an_ignored_signal_stays_ignored(self):
        read, write = os.pipe()

        def ignoring():
            signal.signal(signal.SIGINT, signal.SIG_IGN)

        running = subprocess.Popen(
            [DEMO], stdin=read, stdout=subprocess.PIPE, preexec_fn=ignoring
        )
        os.close(read)
        time.sleep(0.3)
        running.send_signal(signal.SIGINT)
        os.write(write, b"still here\n")
        os.close(write)
        out, _ = running.communicate(timeout=30)
        self.assertEqual((running.returncode, table(out)), (0, {b"-": [1, 2, 11]}))


class Progress(DemoTest):
    writes, pause = 5, 0.1  # so long that there is something to show

    def test_is_silent_where_nobody_looks(self):
        self.assertEqual(demo(self.write("one", b"x" * 10000000)).stderr, b"")

    def test_on_demand(self):
        read, write = os.pipe()
        running = start("--progress", stdin=read)
        os.close(read)
        for _ in range(self.writes):
            os.write(write, b"words\n" * 1000)
            time.sleep(self.pause)
        os.close(write)
        _, err = running.communicate(timeout=30)
        self.assertRegex(
            err, rb"^\r0 of 1 files, 1 in flight, \d+\.\d MB, \d+\.\d MB/s\x1b\[K"
        )
        self.assertTrue(err.endswith(b"\r\x1b[K"), "the line is taken away")

    def test_on_a_terminal(self):
        terminal, end = pty.openpty()
        running = subprocess.Popen(
            [DEMO], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=end
        )
        time.sleep(0.4)
        out, _ = running.communicate(b"x\n", timeout=30)
        self.assertIn(b" of 1 files", os.read(terminal, 4096))
        self.assertEqual(table(out), {b"-": [1, 1, 2]})
        os.close(terminal)
        os.close(end)


if __name__ == "__main__":
    if len(sys.argv) > 1 and os.path.exists(sys.argv[1]):
        DEMO = os.path.abspath(sys.argv.pop(1))
    unittest.main()
