#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds the test modules of the Cython adapter for one interpreter.

    build.py [--python EXE] [--cython VERSION] [--flags=FLAGS] [NAME ...]

Prints the folder, which is then to be on that interpreter's path. Each NAME is a
file ext/NAME.pyx or examples/NAME.pyx and becomes a module with the shim inside.
`chain` becomes two: chain_here, and chain_there by another version of Cython.
Versions of Cython are installed into build/cython. What is newer than its sources
is kept.
"""

import argparse
import importlib.util
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BINDING = ROOT / "bindings/cython"
VERSION, OLDER = "3.3.1", "3.0.12"
# The oldest for an interpreter that Cython 3.0 does not know.
OLDER_OF_NEW = "3.1.6"
# Cython's own code is not ours to warn of; the adapter's is compiled apart.
FLAGS = ["-Wno-unused-parameter", "-Wno-unused-function", "-Wno-sign-compare"]
FLAGS += [
    "-Wno-cast-function-type",
    "-Wno-unused-variable",
    "-Wno-deprecated-declarations",
]
FLAGS += ["-Wno-missing-field-initializers"]
SHIM = ["-DBATON_SHIM=<baton/python.h>", f"-I{BINDING / 'include'}"]


def binding():
    """The module that builds the Python binding for its tests."""
    path = ROOT / "tests/python/build.py"
    spec = importlib.util.spec_from_file_location("baton_build", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(*command, **options):
    done = subprocess.run(
        list(map(str, command)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )
    if done.returncode:
        raise SystemExit(f"failed: {shlex.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def cython(version):
    """The folder of one version of Cython, which any interpreter can import."""
    folder = ROOT / f"build/cython/cython-{version}"
    if not (folder / "Cython/__init__.py").exists():
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps"]
        run(*pip, "--target", folder, f"cython=={version}")
    return folder


class Builder:
    def __init__(self, python, version, output, flags):
        self.version = version
        self.output = output
        self.build = binding().Build(python, output, flags)
        shim = [path for folder in binding().SHIM for path in folder.glob("*.c")]
        self.shim = [self.build.compile(path) for path in sorted(shim)]
        headers = [*BINDING.rglob("*.h"), *BINDING.rglob("*.pxd"), *HERE.rglob("*.pxd")]
        tag = self.build.about["tag"]
        new = tag.endswith("t") or int(tag.removeprefix("cpython-3").rstrip("td")) > 14
        self.older = OLDER_OF_NEW if new else OLDER
        self.newest = max(path.stat().st_mtime for path in headers)

    def translate(self, source, name, version):
        """The C file of a module, by that version of Cython."""
        made = self.output / f"{name}.c"
        stamp = self.output / f"{name}.version"
        newest = max(source.stat().st_mtime, self.newest)
        known = stamp.exists() and stamp.read_text() == version
        if known and made.exists() and made.stat().st_mtime >= newest:
            return made
        named = shutil.copy(source, self.output / f"{name}.pyx")
        path = os.pathsep.join([str(cython(version))])
        include = ["-I", BINDING, "-I", HERE / "ext"]
        run(
            *(sys.executable, "-m", "cython", "-3", "--warning-errors", *include),
            *(named, "-o", made),
            env={**os.environ, "PYTHONPATH": path},
        )
        stamp.write_text(version)
        return made

    def module(self, source, name, version):
        made = self.translate(source, name, version)
        target = self.output / f"{name}{self.build.about['suffix']}"
        newest = max([made.stat().st_mtime, *(p.stat().st_mtime for p in self.shim)])
        if target.exists() and target.stat().st_mtime > newest:
            return
        about = self.build.about["include"]
        includes = [*(f"-I{folder}" for folder in binding().HEADERS)]
        includes += [word for folder in about for word in ("-isystem", folder)]
        run(
            *self.build.compiler,
            *("-O2 -g -fPIC -shared -pthread -fvisibility=hidden".split()),
            *("-DBATON_BUNDLE", *SHIM, "-std=c11", "-Wall", "-Wextra", "-Werror"),
            *(*FLAGS, *self.build.flags, *includes, made, *self.shim),
            *("-o", target),
        )

    @staticmethod
    def sources():
        for folder in (HERE / "ext", BINDING / "examples", BINDING / "bench"):
            yield from sorted(folder.glob("*.pyx"))

    def all(self, names):
        for source in self.sources():
            name = source.stem
            if names and name not in names:
                continue
            if name == "chain":
                other = VERSION if self.version == self.older else self.older
                self.module(source, "chain_here", self.version)
                self.module(source, "chain_there", other)
            else:
                self.module(source, name, self.version)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--cython", default=VERSION)
    parser.add_argument("--output", type=pathlib.Path)
    parser.add_argument("--flags", default="")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    tag = binding().probe(options.python)["tag"]
    output = options.output or ROOT / f"build/cython/{tag}-{options.cython}"
    flags = shlex.split(options.flags)
    Builder(options.python, options.cython, output, flags).all(options.names)
    print(output)


if __name__ == "__main__":
    main()
