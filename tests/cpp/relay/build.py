#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds the relays of C++ for one interpreter.

    build.py [--python EXE] [--output DIR] [--flags=FLAGS]

Prints DIR, which is then to be on that interpreter's path: it holds relay_cpp, with
the shim inside. CXX names the compiler, with the coroutines of C++20. What is newer
than its sources is kept.
"""

import argparse
import importlib.util
import os
import pathlib
import shlex
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
CPP = ROOT / "bindings/cpp/include"
FLAGS = "-std=c++20 -O2 -g -fPIC -fvisibility=hidden -DBATON_BUNDLE".split()
FLAGS += "-Wall -Wextra -Wno-missing-field-initializers -Werror".split()


def binding():
    """The module that builds the Python binding for its tests."""
    path = ROOT / "tests/python/build.py"
    spec = importlib.util.spec_from_file_location("baton_build", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Builder:
    def __init__(self, module, python, output, flags):
        self.module = module
        self.build = module.Build(python, output, flags)
        self.output = output
        self.compiler = shlex.split(os.environ.get("CXX", "c++"))
        headers = [*HERE.glob("*.hpp"), *CPP.rglob("*.hpp")]
        self.newest = max(path.stat().st_mtime for path in headers)

    def compile(self, source):
        target = self.output / f"relay-{source.stem}.o"
        newest = max(source.stat().st_mtime, self.newest, self.build.headers)
        if target.exists() and target.stat().st_mtime >= newest:
            return target
        includes = [f"-I{folder}" for folder in (CPP, *self.module.HEADERS)]
        for folder in self.build.about["include"]:
            includes += ["-isystem", folder]
        self.build.run(
            [*self.compiler, *FLAGS, *self.build.flags, *includes]
            + ["-c", str(source), "-o", str(target)]
        )
        return target

    def extension(self):
        shim = [path for folder in self.module.SHIM for path in folder.glob("*.c")]
        objects = [self.build.compile(path) for path in sorted(shim)]
        objects += [self.compile(path) for path in sorted(HERE.glob("*.cc"))]
        target = self.output / f"relay_cpp{self.build.about['suffix']}"
        newest = max(path.stat().st_mtime for path in objects)
        if not target.exists() or target.stat().st_mtime < newest:
            self.build.run(
                [*self.compiler, "-shared", "-pthread", *self.build.flags]
                + [*map(str, objects), "-o", str(target)]
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--output", type=pathlib.Path)
    parser.add_argument("--flags", default="")
    options = parser.parse_args()
    module = binding()
    tag = module.probe(options.python)["tag"]
    output = options.output or ROOT / "build/relay-cpp" / tag
    flags = shlex.split(options.flags)
    Builder(module, options.python, output, flags).extension()
    print(output)


if __name__ == "__main__":
    main()
