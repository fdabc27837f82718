# SPDX-License-Identifier: MIT
"""The fuzzer and its traces: what is good is silent, a defect is found, shrunk, saved,
and comes again.
"""

import pathlib
import re
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "walk"))

from libraries import KIT, ROOT, bad, good, run  # noqa: E402

MOST_STEPS = 4


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def kit(self, *words):
        return run(KIT, *words, folder=self.folder)

    def is_one_line_of_error(self, done, *words):
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)


class Good(Case):
    def is_silent(self, name):
        done = self.kit("fuzz", good(name), "--chunks", "24", "--seed", "1")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(
            done.stdout, "seed 0x1\n24 chunks of 25 programs, nothing found\n"
        )
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_nothing_is_found_in_a_provider_by_hand(self):
        self.is_silent("hand")

    def test_nothing_is_found_in_a_provider_of_the_library(self):
        self.is_silent("c")

    def test_a_run_ends_when_its_time_is_over(self):
        done = self.kit("fuzz", good("hand"), "--time", "0.1s", "--seed", "1")
        self.assertEqual(done.returncode, 0, done.stdout)
        chunks = re.search(r"(\d+) chunks of 25 programs", done.stdout)
        self.assertGreater(int(chunks[1]), 0)


class Defects(Case):
    def finds(self, name, verdict):
        """Finds it, and plays it again. @return the words of the steps."""
        library, trace = bad(name), self.folder / "found.batontrace"
        options = ("--chunks", "24", "--seed", "1", "--save", trace)
        done = self.kit("fuzz", library, *options)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(f"found {verdict} in chunk 0x", done.stdout)
        steps = re.findall(r"^  \S.*$", done.stdout, re.M)
        self.assertTrue(1 <= len(steps) <= MOST_STEPS, done.stdout)
        self.comes_again(library, trace, verdict, len(steps))
        self.chunk_comes_again(library, done.stdout, verdict)
        return steps

    def comes_again(self, library, trace, verdict, steps):
        again = self.kit("replay", trace)
        self.assertEqual(again.stdout, f"same: {steps} steps, found {verdict}\n")
        self.assertEqual(again.returncode, 0)
        clean = self.kit("replay", trace, good("hand"))
        self.assertEqual(clean.returncode, 1, clean.stdout)
        self.assertIn("different ", clean.stdout)
        self.assertIn(f"then found {verdict}, now nothing", clean.stdout)

    def chunk_comes_again(self, library, output, verdict):
        seed = re.search(r"in chunk (0x[0-9a-f]+)", output)[1]
        again = self.kit("fuzz", "--reproduce", seed, library)
        self.assertEqual(again.returncode, 1)
        self.assertIn(f"found {verdict} in chunk {seed}", again.stdout)

    def test_a_first_value_that_ends_a_coroutine(self):
        steps = self.finds("COR-2-ends", "COR-2")
        self.assertIn("create kit.", steps[0])
        self.assertIn("send", steps[-1])

    def test_a_close_that_refuses_at_the_end(self):
        self.finds("COR-9-refuses", "COR-9")

    def test_a_small_number_as_a_large_one(self):
        self.finds("VAL-3-small-u64", "VAL-3")

    def test_a_child_that_is_kept(self):
        self.finds("TYP-11-keeps-value", "TYP-11")

    def test_a_crash(self):
        steps = self.finds("crash", "SIGABRT")
        self.assertIn("close", steps[-1])

    def test_a_retain_that_refuses(self):
        self.finds("TYP-7-refuses", "TYP-7")


class Traces(Case):
    def trace(self):
        """The bytes of a real one."""
        file = self.folder / "real.batontrace"
        self.kit("fuzz", bad("COR-2-ends"), "--seed", "1", "--save", file)
        return file.read_bytes()

    def test_bytes_that_are_no_trace_are_refused_in_one_line(self):
        for name, data in {
            "empty": b"",
            "short": b"BATR",
            "text": b"this is no trace at all, it is a line of text\n",
            "zeros": bytes(4096),
            "large": b"\0\0\0\0BATR" + bytes(9 << 20),
            "wild": b"\xff\xff\xff\x7fBATR" + b"\xff" * 64,
        }.items():
            with self.subTest(name):
                file = self.folder / name
                file.write_bytes(data)
                done = self.kit("replay", file, good("hand"))
                self.is_one_line_of_error(done, f"{file} is no trace: it")

    def test_a_trace_that_was_cut_or_changed_does_not_crash_the_reader(self):
        data = self.trace()
        file = self.folder / "broken.batontrace"
        for at in range(8, len(data), len(data) // 40):
            file.write_bytes(data[:at])
            self.is_one_line_of_error(self.kit("replay", file, "/none"), "is no trace")
            file.write_bytes(data[:at] + b"\xff\xff" + data[at + 2 :])
            done = self.kit("replay", file, "/nothing/here.so")
            self.is_one_line_of_error(done)

    def test_a_file_or_a_library_that_is_not_there_is_told(self):
        file = self.folder / "none.batontrace"
        done = self.kit("replay", file)
        self.is_one_line_of_error(done, f"{file}: cannot be read")
        done = self.kit("replay", self.folder)
        self.is_one_line_of_error(done, f"{self.folder}: cannot be read")
        done = self.kit("fuzz", "/nothing/here.so", "--chunks", "1")
        self.is_one_line_of_error(done, "/nothing/here.so")

    def test_wrong_options_are_told(self):
        for words in (
            ("fuzz",),
            ("fuzz", "--time", "soon", good("hand")),
            ("fuzz", "--with", "give(", good("hand")),
            ("replay",),
            ("replay", "a", "b", "c"),
        ):
            with self.subTest(words):
                self.is_one_line_of_error(self.kit(*words))


class Seeds(Case):
    """What the libFuzzer programs start from is read: else little would be tried."""

    def seeds(self, name):
        found = list((ROOT / "tests/kit/fuzz" / name).iterdir())
        self.assertTrue(found)
        return found

    def test_manifests(self):
        for seed in self.seeds("manifest_fuzzer"):
            schema = ROOT / "abi/manifest.fbs"
            made = run("flatc", "--binary", "-o", self.folder, schema, seed)
            self.assertEqual(made.returncode, 0, made.stdout + made.stderr)
            words = ("--manifest-out", "out", f"{seed.stem}.bin")
            seen = self.kit("inspect", *words)
            self.assertEqual(seen.returncode, 0, seen.stdout + seen.stderr)

    def test_traces(self):
        for seed in self.seeds("trace_fuzzer"):
            done = self.kit("replay", seed, good("hand"))
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("different ", done.stdout)


if __name__ == "__main__":
    unittest.main()
