# SPDX-License-Identifier: MIT
"""Runs the examples and compares what they print with the end of their source.

The directory of the programs is named by BATON_EXAMPLES or by the first argument:

    python3 tests/demo/test_examples.py build/release/examples
"""

import glob
import os
import re
import subprocess
import sys
import unittest

BUILT = os.environ.get("BATON_EXAMPLES", "build/release/examples")
SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../examples")
MOST_LINES = 150


def read(path):
    with open(path) as file:
        return file.read()


def promised(source):
    """What a program says that it prints, or None."""
    found = re.search(r"\n/\* Prints:\n(.*)\n \*/\n\Z", source, re.DOTALL)
    if not found:
        return None
    return "".join(line[3:] + "\n" for line in found[1].split("\n"))


def run(name, *arguments):
    command = [os.path.join(BUILT, name), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def provider(name):
    return os.path.join(BUILT, f"{name}_provider.so")


class ExamplesTest(unittest.TestCase):
    def test_print_what_their_source_says(self):
        names = [os.path.basename(path)[:-2] for path in glob.glob(f"{SOURCES}/*.c")]
        programs = sorted(name for name in names if not name.endswith("_provider"))
        self.assertGreater(len(programs), 5)
        for name in programs:
            with self.subTest(name):
                expected = promised(read(f"{SOURCES}/{name}.c"))
                self.assertIsNotNone(expected, "no 'Prints:' at the end")
                pair = name.removesuffix("_driver")
                arguments = [provider(pair)] if pair != name else []
                self.assertEqual(run(name, *arguments), (0, expected, ""))

    def test_either_driver_runs_either_provider(self):
        for driver in "by_hand", "libbaton":
            with self.subTest(driver):
                expected = promised(read(f"{SOURCES}/{driver}_driver.c"))
                for name in "by_hand", "libbaton":
                    code, out, err = run(f"{driver}_driver", provider(name))
                    self.assertEqual((code, err), (0, ""))
                    self.assertEqual(
                        out.split("\n")[1:],
                        expected.split("\n")[1:],
                        "but for the provider's name",
                    )

    def test_drivers_refuse_what_is_no_provider(self):
        for driver in "by_hand", "libbaton":
            for wrong in [[], ["/none.so"], ["libc.so.6"]]:
                with self.subTest(driver, arguments=wrong):
                    self.assertEqual(run(f"{driver}_driver", *wrong), (1, "", ""))

    def test_are_short(self):
        for path in glob.glob(f"{SOURCES}/*.c"):
            with self.subTest(path):
                self.assertLessEqual(read(path).count("\n"), MOST_LINES)


if __name__ == "__main__":
    if len(sys.argv) > 1 and os.path.isdir(sys.argv[1]):
        BUILT = os.path.abspath(sys.argv.pop(1))
    unittest.main()
