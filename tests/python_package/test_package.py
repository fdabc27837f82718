# SPDX-License-Identifier: MIT
"""The package `baton`: what the sdist and the wheel hold, and how they build."""

import email
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

import package

HEADER = package.ROOT / "abi/runtime/baton/runtime.h"
ABI = package.ROOT / "include/baton/version.h"
SDIST = "import sys; from scikit_build_core.build import build_sdist as b; b({!r})"


def macro(path, name):
    return int(re.search(rf"^#define {name} (\d+)$", path.read_text(), re.M)[1])


def version():
    parts = [
        macro(HEADER, f"BATON_LIB_VERSION_{p}") for p in ("MAJOR", "MINOR", "PATCH")
    ]
    return ".".join(map(str, parts))


def read(code):
    """Runs code that has the installed package; gives what it prints."""
    env = {**os.environ, "PYTHONPATH": str(package.site())}
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        env=env,
    )
    if done.returncode:
        raise AssertionError(done.stdout)
    return done.stdout.strip()


class Versions(unittest.TestCase):
    def test_come_from_the_headers_alone(self):
        code = (
            "import baton, importlib.metadata as m;"
            "print(baton.lib_version, baton.__version__, m.version('baton'))"
        )
        self.assertEqual(read(code).split(), [version()] * 3)
        abi = tuple(macro(ABI, f"BATON_ABI_{p}") for p in ("MAJOR", "MINOR"))
        self.assertEqual(read("import baton; print(baton.abi_version)"), str(abi))

    def test_build_requirements_are_pinned_and_tested(self):
        project = (package.BINDING / "pyproject.toml").read_text(encoding="utf-8")
        requires = re.search(r"^requires = \[(.*)\]$", project, re.M)[1]
        pinned = re.findall(r'"([^"]+)"', requires)
        tested = (package.HERE / "requirements.txt").read_text().split("\n")
        self.assertTrue(pinned)
        for name in pinned:
            self.assertIn("==", name)
            self.assertIn(name, tested)


class Wheel(unittest.TestCase):
    def setUp(self):
        self.wheel = zipfile.ZipFile(package.wheel())
        self.addCleanup(self.wheel.close)
        self.names = set(self.wheel.namelist())

    def text(self, end):
        (name,) = (name for name in self.names if name.endswith(end))
        return self.wheel.read(name).decode()

    def test_has_code_headers_shim_and_types(self):
        for name in [
            "baton/__init__.py",
            "baton/__init__.pyi",
            "baton/_baton.pyi",
            "baton/py.typed",
            "baton/shim/baton_python.c",
            "baton/shim/baton_python.h",
        ]:
            self.assertIn(name, self.names)
        headers = {
            path.relative_to(folder).as_posix()
            for folder in (
                "include",
                "abi/runtime",
                "bindings/python/include",
                "bindings/cython/include",
            )
            for folder in [package.ROOT / folder]
            for path in (folder / "baton").rglob("*.h")
        }
        self.assertGreater(len(headers), 20)
        there = {name[len("baton/include/") :] for name in self.names if "/inc" in name}
        self.assertEqual(there, headers)

    def test_has_only_what_it_should(self):
        modules = [name for name in self.names if name.endswith(".so")]
        self.assertEqual(len(modules), 1)
        rest = [
            name
            for name in self.names - set(modules)
            if not re.match(r"baton(/include/|/shim/|-[\d.]+\.dist-info/)", name)
        ]
        self.assertEqual(
            sorted(rest),
            [
                "baton/__init__.pxd",
                "baton/__init__.py",
                "baton/__init__.pyi",
                "baton/_baton.pyi",
                "baton/contract.pxd",
                "baton/py.typed",
                "baton/python.pxd",
                "baton/runtime.pxd",
            ],
        )

    def test_has_the_shim_that_the_bundle_tool_writes(self):
        for path in package.shim().iterdir():
            self.assertEqual(self.text(f"shim/{path.name}"), path.read_text())

    def test_has_metadata_and_the_licence(self):
        about = email.message_from_string(self.text(".dist-info/METADATA"))
        self.assertEqual((about["Name"], about["Version"]), ("baton", version()))
        self.assertEqual(about["License-Expression"], "MIT")
        self.assertEqual(about["Requires-Python"], ">=3.10")
        self.assertNotIn("Requires-Dist", about)
        self.assertIn("BATON_CORO", about.get_payload())
        licence = (package.ROOT / "LICENSE").read_text()
        self.assertEqual(self.text("licenses/LICENSE"), licence)

    def test_module_exports_only_its_init(self):
        (module,) = package.site().glob("baton/_baton.*.so")
        output = package.run("nm", "-D", "--defined-only", module)
        names = {line.split()[-1] for line in output.splitlines()}
        self.assertEqual(names - {"_init", "_fini"}, {"PyInit__baton"})

    def test_tells_where_headers_and_shim_are(self):
        code = "import baton; print(baton.get_{}())"
        include = pathlib.Path(read(code.format("include")))
        shim = pathlib.Path(read(code.format("shim")))
        self.assertTrue((include / "baton/python.h").is_file())
        self.assertTrue((include / "baton/author.h").is_file())
        self.assertTrue((shim / "baton_python.c").is_file())

    def test_headers_compile_in_c_and_c_plus_plus(self):
        include = package.includes(package.site() / "baton/include")
        text = "#include <baton/python.h>\n#include <baton/author.h>\n"
        for language, standard in [("c", "c11"), ("c++", "c++11"), ("c++", "c++20")]:
            command = ["cc", "-x", language, f"-std={standard}", "-Wall", "-Wextra"]
            command += ["-Werror", "-Wno-unused-function", "-fsyntax-only", "-"]
            package.run(*command, *include, input=text)


class Sdist(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        code = SDIST.format(str(cls.folder))
        package.run(package.python(), "-c", code, cwd=package.BINDING)
        (cls.path,) = cls.folder.glob("*.tar.gz")

    def test_has_all_sources_and_no_links(self):
        with tarfile.open(self.path) as sdist:
            members = sdist.getmembers()
        self.assertEqual([m.name for m in members if not m.isfile()], [])
        top = f"baton-{version()}/"
        names = {member.name[len(top) :] for member in members}
        for folder in ("include", "abi/runtime", "bindings/python/src"):
            for path in (package.ROOT / folder).rglob("*.[ch]"):
                inside = path.relative_to(package.ROOT).as_posix()
                self.assertIn(f"repository/{inside}", names)
        for name in ["pyproject.toml", "LICENSE", "PKG-INFO", "guide.md"]:
            self.assertIn(name, names)
        odd = [n for n in names if "__pycache__" in n or n.endswith("_test.cc")]
        self.assertEqual(odd, [])

    def test_builds_the_same_wheel_as_the_checkout(self):
        """Elsewhere, where no repository is around it."""
        pip = [package.python(), "-m", "pip", "wheel", "-q", "--no-deps"]
        package.run(*pip, "--no-build-isolation", "-w", self.folder, self.path)
        (built,) = self.folder.glob("*.whl")
        with zipfile.ZipFile(built) as ours, zipfile.ZipFile(package.wheel()) as theirs:
            self.assertEqual(set(ours.namelist()), set(theirs.namelist()))
            for name in ours.namelist():
                if not name.endswith((".so", "RECORD")):
                    self.assertEqual(ours.read(name), theirs.read(name), name)


class Install(unittest.TestCase):
    def test_from_a_checkout_with_pip_alone(self):
        """As users do: pip makes the environment of the build itself."""
        with tempfile.TemporaryDirectory() as folder:
            fresh = pathlib.Path(folder) / "venv"
            package.run(sys.executable, "-m", "venv", fresh)
            python = fresh / "bin/python"
            package.run(python, "-m", "pip", "install", "-q", package.BINDING)
            code = "import baton; print(baton.coroutine.__name__, baton.lib_version)"
            output = package.run(python, "-W", "error", "-c", code, cwd=folder)
            self.assertEqual(output.split(), ["coroutine", version()])
            package.run(python, "-m", "pip", "uninstall", "-q", "-y", "baton")
            (left,) = (fresh / "lib").glob("python*/site-packages")
            self.assertEqual(list(left.glob("baton*")), [])


if __name__ == "__main__":
    unittest.main()
