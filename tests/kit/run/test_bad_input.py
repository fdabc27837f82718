# SPDX-License-Identifier: MIT
"""What cannot be checked: one line that says what to do, and status 2."""

import pathlib
import shutil
import subprocess
import unittest

from kit import COMPILERS, ROOT, KitTest, hostile, run

ENTRY = "baton_provider_v0"


def patched(path, source, offset, data):
    """A copy of a file with other bytes at an offset."""
    content = bytearray(pathlib.Path(source).read_bytes())
    content[offset : offset + len(data)] = data
    pathlib.Path(path).write_bytes(content)


class BadInputTest(KitTest):
    def assert_refused(self, words, *parts):
        done = run(*words)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertEqual(done.stdout, "")
        lines = done.stderr.splitlines()
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertTrue(lines[0].startswith("baton: "), lines[0])
        for part in parts:
            self.assertIn(part, lines[0])

    def assert_no_target(self, path, *parts):
        self.assert_refused(("check", path), str(path), *parts)

    def test_no_such_file(self):
        self.assert_no_target(
            self.folder / "none.so", "No such file", "give the path of a shared"
        )

    def test_a_directory(self):
        self.assert_no_target(self.folder, "is a directory; give the shared library")

    def test_an_empty_file_and_a_device(self):
        self.assert_no_target(self.file("empty.so"), "is empty")
        self.assert_no_target("/dev/null", "is empty or no file")

    def test_a_text(self):
        self.assert_no_target(self.file("a.so", "hello"), "is no shared library")
        self.assert_no_target(self.file("b.so", "#!/bin/sh\n"), "is a script")

    def test_files_of_other_systems_are_named(self):
        for magic, name in {
            b"!<arch>\n": "a static archive",
            b"\xcf\xfa\xed\xfe": "a Mach-O file",
            b"\xca\xfe\xba\xbe": "a Mach-O file for several machines",
            b"MZ\x90": "a Windows (PE) file",
            b"\0asm": "a WebAssembly module",
        }.items():
            with self.subTest(name):
                path = self.folder / "foreign.so"
                path.write_bytes(magic + bytes(100))
                self.assert_no_target(path, f"is {name}; give a shared library of")

    def test_another_machine(self):
        path = self.folder / "other.so"
        patched(path, hostile("good"), 18, (243).to_bytes(2, "little"))
        self.assert_no_target(path, "another machine (riscv, 64 bits), this one is")

    def test_another_class(self):
        path = self.folder / "other.so"
        patched(path, hostile("good"), 4, b"\1")
        self.assert_no_target(path, "another machine", "32 bits")

    def test_a_program(self):
        program = shutil.which("true")
        self.assert_no_target(program, "is a program; give a shared library")

    def test_an_object_file(self):
        path = self.folder / "one.o"
        source = self.file("one.c", "int one;\n")
        subprocess.run([*COMPILERS[".c"], "-c", "-o", path, source], check=True)
        self.assert_no_target(path, "is an object file; link it with -shared")

    def test_a_truncated_library(self):
        whole = pathlib.Path(hostile("good")).read_bytes()
        path = self.folder / "half.so"
        for size in (20, 70, 700, len(whole) // 4):
            with self.subTest(size=size):
                path.write_bytes(whole[:size])
                self.assert_no_target(path, "is truncated", "build or copy it again")

    def test_a_broken_header_crashes_nothing(self):
        path = self.folder / "broken.so"
        for offset in (32, 40, 54, 56, 58, 60):
            with self.subTest(offset=offset):
                patched(path, hostile("good"), offset, b"\xff\xff")
                done = run("check", path, "--filter", "load")
                self.assertIn(done.returncode, (0, 2), done.stderr)

    def test_no_provider_symbol(self):
        library = hostile("no_provider")
        names = "(its symbols with 'baton': baton_provider, my_baton_thing)"
        self.assert_no_target(library, f"exports no {ENTRY}", names)

    def test_the_symbol_of_another_major(self):
        self.assert_no_target(
            hostile("other_symbol"), "baton_provider_v9", "use the kit of that major"
        )

    def test_a_newer_major(self):
        self.assert_no_target(
            hostile("newer_major"), "is built for ABI 1.", "this kit checks major 0"
        )

    def test_a_library_that_misses_a_symbol(self):
        self.assert_no_target(
            hostile("missing_symbol"), "cannot be loaded", "nobody_has_this"
        )

    def test_one_target_of_several(self):
        words = ("check", hostile("good"), self.folder / "none.so", "--filter", "load")
        done = run(*words)
        self.assertEqual(done.returncode, 2)
        self.assertIn("1 PASS", done.stdout)
        self.assertIn("none.so: No such file", done.stderr)

    def test_command_lines(self):
        good = hostile("good")
        for words, part in {
            (): "give a shared library",
            (good, "--colour"): "unknown option --colour; see baton check --help",
            (good, "--jobs"): "--jobs needs a value",
            (good, "--jobs", "0"): "a whole number from 1 to 1024, not '0'",
            (good, "--jobs", "-1"): "not '-1'",
            (good, "--seed", "0x"): "--seed needs a whole number",
            (good, "--seed", "9" * 20): "--seed needs a whole number",
            (good, "--timeout", "0"): "--timeout needs seconds",
            (good, "--timeout", "nan"): "--timeout needs seconds",
            (good, "--strict=1"): "--strict takes no value",
            (good, "--tier", "best"): "there are core, cancel, threads",
            (good, "--requirement", f"COR-{999}"): "see spec/requirements.md",
            (good, "--as-abi", "1"): "--as-abi needs MAJOR.MINOR",
            (good, "--reproduce", "no-such"): "no check is named 'no-such'",
            (good, "--with", "act(3"): "expected ',' or ')' at character 6",
            (good, "--with", "act(x)"): "expected none, true, false, a number",
            (good, "--with", 'act("x'): "expected '\"'",
            (good, "--with", "act(1)x"): "expected nothing after ')'",
            (good, "--with", "(1)"): "expected a name",
            (good, "--with", "other(1)"): "has no export of that name",
            (good, "--filter", "load", "--json", "/no/file"): "cannot be written",
        }.items():
            with self.subTest(words[1:]):
                done = run("check", *words)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                self.assertIn(part, done.stderr)

    def test_an_unknown_command(self):
        self.assert_refused(("chekc",), "there is no command chekc; see baton help")

    def test_nothing_matches(self):
        done = run("check", hostile("good"), "--filter", "no-such-*")
        self.assertEqual(done.returncode, 3)
        self.assertIn("no check matches", done.stderr)

    def test_help(self):
        done = run("check", "--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn("exit status: 0 conforming", done.stdout)
        guide = (ROOT / "tools/kit/guide.md").read_text()
        for option in ("--quirks", "--reproduce", "--in-process", "--with"):
            self.assertIn(option, done.stdout)
            self.assertIn(option, guide)


if __name__ == "__main__":
    unittest.main()
