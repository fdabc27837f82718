# SPDX-License-Identifier: MIT
"""Builds peer.py in every way that it can be had, for one interpreter.

What Baton's own adapters need is in the repository. The others come from PyPI, into
the environment that the bench has for its peers; one that cannot be installed or
built is told of and left out.
"""

import importlib.util
import os
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT / "tools/bench.d"))

from python_peers import REQUIREMENTS, Interpreter, Unavailable, run  # noqa: E402


def module(path):
    """A module of a file that is not on the path."""
    spec = importlib.util.spec_from_file_location(f"peers_{path.parent.name}", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


class Builder:
    def __init__(self, python):
        self.interpreter = Interpreter(python)
        self.python = self.interpreter.python
        self.output = ROOT / f"build/kit-peers/{self.interpreter.version}"

    def folder(self, name):
        folder = self.output / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def install(self, *packages):
        self.interpreter.environment()
        pip = ["-m", "pip", "install", "-q", "--retries", "2", "-c", REQUIREMENTS]
        self.interpreter.tool(*pip, *packages)

    def sources(self, folder, name):
        """peer.py and peer_items.py under names of their own."""
        for part in ("", "_items"):
            target = folder / f"{name}{part}.py"
            shutil.copy(HERE / f"peer{part}.py", target)
            yield target

    # --- One function per column; each gives the targets that it has ---------

    def native(self, folder):
        return ["native:relay", "native:produce"], HERE

    def baton_c(self, folder):
        self.interpreter.compile(HERE / "baton_c.c", folder, shim=True)
        return ["baton_c:relay", "baton_c:produce"], folder

    def baton_cython(self, folder):
        cython = module(ROOT / "tests/cython/build.py")
        try:
            builder = cython.Builder(self.python, cython.VERSION, folder, [])
            builder.module(HERE / "baton_cython.pyx", "baton_cython", cython.VERSION)
        except SystemExit as error:
            raise Unavailable(str(error)[:300]) from None
        return ["baton_cython:relay", "baton_cython:produce"], folder

    def cargo(self, package, folder):
        binding = module(ROOT / "tests/python/build.py")
        about = binding.probe(self.python)
        target = self.output / "target"
        environment = os.environ | {
            "PYO3_PYTHON": self.python,
            "CARGO_TARGET_DIR": str(target),
        }
        # Both at once: apart, PyO3 would be compiled with other features each time.
        run("cargo", "build", "--locked", "--quiet", cwd=HERE / "rust", env=environment)
        made = folder / (package + about["suffix"])
        shutil.copy(target / f"debug/lib{package}.so", made.with_suffix(".new"))
        made.with_suffix(".new").replace(made)

    def baton_rust(self, folder):
        self.cargo("baton_rust", folder)
        return ["baton_rust:relay", "baton_rust:produce"], folder

    def pyo3(self, folder):
        self.cargo("peer_pyo3", folder)
        return ["peer_pyo3:relay"], folder

    def cython(self, folder):
        self.install("cython")
        for source in self.sources(folder, "peer_cython"):
            made = source.with_suffix(".c")
            self.interpreter.tool("-m", "cython", "-3", "-o", made, source)
            source.unlink()
            self.interpreter.compile(made, folder, ["-w"])
        return ["peer_cython:relay", "peer_cython_items:produce"], folder

    def mypyc(self, folder):
        self.install("mypy", "setuptools")
        source, _ = self.sources(folder, "peer_mypyc")
        environment = os.environ | {"MYPYC_OPT_LEVEL": "3"}
        options = {"cwd": folder, "env": environment}
        self.interpreter.tool("-m", "mypyc", source.name, **options)
        source.unlink()
        return ["peer_mypyc:relay"], folder  # it has no async generators

    def nuitka(self, folder):
        self.install("nuitka")
        options = ["--module", "--remove-output", "--assume-yes-for-downloads"]
        for source in self.sources(folder, "peer_nuitka"):
            self.interpreter.tool("-m", "nuitka", *options, source.name, cwd=folder)
            source.unlink()
        return ["peer_nuitka:relay", "peer_nuitka_items:produce"], folder

    def pyawaitable(self, folder):
        self.install("pyawaitable")
        command = "import pyawaitable; print(pyawaitable.include())"
        include = self.interpreter.tool("-c", command).strip()
        flags = ["-w", "-isystem", include]
        self.interpreter.compile(HERE / "peer_pyawaitable.c", folder, flags)
        return ["peer_pyawaitable:relay"], folder


# The columns of the table, and how each is built.
COLUMNS = {
    "native": Builder.native,
    "Baton C": Builder.baton_c,
    "Baton Rust": Builder.baton_rust,
    "Baton Cython": Builder.baton_cython,
    "Cython": Builder.cython,
    "mypyc": Builder.mypyc,
    "Nuitka": Builder.nuitka,
    "PyAwaitable": Builder.pyawaitable,
    "PyO3": Builder.pyo3,
}


def build(python, columns):
    """@return (interpreter's version, {column: (targets, folder)}, notes)"""
    builder, made, notes = Builder(python), {}, []
    for name in columns:
        print(f"building {name}", file=sys.stderr)
        try:
            folder = builder.folder(name.lower().replace(" ", "_"))
            made[name] = COLUMNS[name](builder, folder)
        except Unavailable as error:
            notes.append(f"no {name}: {error}")
    return builder.interpreter.version, made, notes
