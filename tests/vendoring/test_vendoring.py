# SPDX-License-Identifier: MIT
"""Extensions that carry the shim, of different versions and compilers, and the
package: whoever comes first makes the types, and everyone shares them."""

import concurrent.futures
import itertools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "python_package"))

import package  # noqa: E402

WARNINGS = "-std=c11 -Wall -Wextra -Werror -fPIC -pthread".split()
CLANG = shutil.which("clang") is not None
# Name, version of the library, compiler, flags; that of the wheel is another.
COPIES = [
    ("first", "0.1.7", "gcc", ["-O0", "-g"]),
    ("second", "99.1.0", "clang" if CLANG else "gcc", ["-O3", "-flto", "-fno-plt"]),
    ("stranger", "7.0.0", "gcc", ["-O2"]),
]
WRONG_MAJOR = 7


def bundle(folder, version):
    command = [sys.executable, package.ROOT / "tools/bundle", "--python"]
    package.run(*command, "--output", folder, "--lib-version", version)


def pretend_major(folder):
    header = folder / "baton_python.h"
    text, count = re.subn(
        r"(#define BATON_ABI_MAJOR) \d+", rf"\1 {WRONG_MAJOR}", header.read_text()
    )
    assert count == 1
    header.write_text(text)


def build(folder, name, version, compiler, flags):
    """One extension with its own pair of files."""
    pair = folder / f"{name}-pair"
    bundle(pair, version)
    if name == "stranger":
        pretend_major(pair)
    command = [compiler, *WARNINGS, *flags, f"-DMODULE={name}", "-shared"]
    command += [*package.includes(pair), HERE / "vendored.c", pair / "baton_python.c"]
    package.run(*command, "-o", package.extension(folder, name))


def setUpModule():
    global folder
    folder = pathlib.Path(tempfile.mkdtemp())
    unittest.addModuleCleanup(shutil.rmtree, folder)
    package.site()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda copy: build(folder, *copy), COPIES))


def run_python(*arguments, path=None, mode=("-X", "dev")):
    """A fresh interpreter's status and output, the errors with it."""
    paths = [folder, package.site()] if path is None else path
    done = subprocess.run(
        [sys.executable, *mode, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))},
    )
    return done.returncode, done.stdout.strip()


def version_of(name):
    return {copy[0]: copy[1] for copy in COPIES}.get(name) or package_version()


def package_version():
    return package.wheel().name.split("-")[1]


class Meeting(unittest.TestCase):
    def meet(self, *names, path=None):
        status, output = run_python(HERE / "meet.py", *names, path=path)
        self.assertEqual(status, 0, output)
        self.assertEqual(output, f"libbaton {version_of(names[0])}")

    def test_in_every_order(self):
        for names in itertools.permutations(["first", "second", "baton"]):
            with self.subTest(" ".join(names)):
                self.meet(*names)

    def test_without_the_package(self):
        for names in [("first",), ("first", "second"), ("second", "first")]:
            with self.subTest(" ".join(names)):
                self.meet(*names, path=[folder])

    def test_the_package_alone(self):
        status, output = run_python(HERE / "meet.py", "baton")
        self.assertEqual((status, output), (0, ""))

    def test_importing_again_makes_no_other_types(self):
        code = """
            import sys, first
            types = first.types()
            del sys.modules["first"]
            import first
            assert first.types() == types
        """
        self.assertEqual(run_python("-c", textwrap.dedent(code)), (0, ""))


class WrongMajor(unittest.TestCase):
    def test_is_an_import_error_that_names_both_versions(self):
        ours = package.run(
            package.python(),
            "-c",
            "import baton; print('%d.%d' % baton.abi_version)",
            env={**os.environ, "PYTHONPATH": str(package.site())},
        ).strip()
        theirs = f"{WRONG_MAJOR}.{ours.split('.')[1]}"
        for name in ("first", "baton"):
            for order in [(name, "stranger"), ("stranger", name)]:
                with self.subTest(order=order):
                    maker, other = order
                    self.check(
                        maker,
                        other,
                        theirs if other == "stranger" else ours,
                        theirs if maker == "stranger" else ours,
                    )

    def check(self, maker, other, built, there):
        code = f"""
            import {maker}
            try:
                import {other}
            except ImportError as error:
                print(error)
            assert "{other}" not in __import__("sys").modules
            import {maker}
        """
        status, output = run_python("-c", textwrap.dedent(code))
        self.assertEqual(status, 0, output)
        self.assertIn(f"is built for version {built} of the ABI", output)
        self.assertIn(f"'libbaton {version_of(maker)}'", output)
        self.assertIn(f"version {there} into this interpreter", output)
        self.assertIn("upgrade the one with the lower version", output)


@unittest.skipIf(sys.version_info < (3, 12), "own GILs came with 3.12")
class Subinterpreters(unittest.TestCase):
    def test_with_its_own_gil_has_its_own_types(self):
        status, output = run_python(HERE / "apart.py")
        self.assertEqual((status, output), (0, "ok"))


class Bundle(unittest.TestCase):
    """The pair itself, under compilers and flags that others may use."""

    def each_compiler(self, *names):
        found = [name for name in names if shutil.which(name)]
        self.assertTrue(found, f"none of {names}")
        return found

    def test_compiles_without_a_warning(self):
        pair = package.shim()
        for compiler in self.each_compiler("gcc", "clang"):
            for flags in ["-O2"], ["-O0", "-DNDEBUG"], ["-Os", "-std=gnu17"]:
                with self.subTest(compiler=compiler, flags=flags):
                    command = [compiler, *WARNINGS, *flags, *package.includes(pair)]
                    command += ["-c", pair / "baton_python.c", "-o", os.devnull]
                    package.run(*command)

    def test_is_the_header_of_a_c_plus_plus_extension(self):
        pair = package.shim()
        for compiler in self.each_compiler("g++", "clang++"):
            for standard in "c++11", "c++17", "c++20":
                with self.subTest(compiler=compiler, standard=standard):
                    command = [compiler, f"-std={standard}", *WARNINGS[1:]]
                    command += [*package.includes(pair), "-fsyntax-only"]
                    package.run(*command, HERE / "plain.cc")

    def test_works_in_a_c_plus_plus_extension(self):
        pair, library = package.shim(), folder / "shim.o"
        include = package.includes(pair)
        package.run(
            "cc", *WARNINGS, *include, "-c", pair / "baton_python.c", "-o", library
        )
        command = ["c++", "-shared", *WARNINGS[1:], *include, HERE / "plain.cc"]
        target = package.extension(folder, "plain")
        package.run(*command, library, "-o", target)
        code = "import asyncio, plain; print(asyncio.run(plain.answer()))"
        self.assertEqual(run_python("-c", code), (0, "42"))

    def test_exports_nothing_but_the_module(self):
        """Though compiled with visible functions, as most extensions are."""
        for name, *_ in COPIES:
            with self.subTest(name):
                path = package.extension(folder, name)
                output = package.run("nm", "-D", "--defined-only", path)
                names = {line.split()[-1] for line in output.splitlines()}
                self.assertEqual(names - {"_init", "_fini"}, {f"PyInit_{name}"})

    def test_depends_on_the_sources_alone(self):
        made = [folder / f"seed{seed}" for seed in (1, 2)]
        for seed, path in enumerate(made):
            command = [sys.executable, package.ROOT / "tools/bundle", "--python"]
            env = {**os.environ, "PYTHONHASHSEED": str(seed)}
            package.run(*command, "--output", path, env=env)
        for path in made[0].iterdir():
            self.assertEqual(path.read_text(), (made[1] / path.name).read_text())

    def test_meets_single_headers_in_one_source(self):
        pair = package.shim()
        headers = [
            package.BINDING / "include",
            package.ROOT / "include",
            package.ROOT / "abi/runtime",
        ]
        for order in ["vendored", "single"], ["single", "vendored"]:
            text = {
                "vendored": '#include "baton_python.h"\n',
                "single": "#include <baton/python.h>\n#include <baton/author.h>\n",
            }
            source = folder / f"{order[0]}_first.c"
            source.write_text("".join(text[word] for word in order))
            behind = [word for path in headers for word in ("-idirafter", path)]
            command = ["cc", *WARNINGS, *package.includes(pair), *behind]
            package.run(*command, "-fsyntax-only", source)


if __name__ == "__main__":
    unittest.main()
