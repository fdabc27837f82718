#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds the Python binding and the test extensions for one interpreter.

    build.py [--python EXE] [--output DIR] [--flags=FLAGS] [NAME ...]

Prints DIR, which is then to be on that interpreter's path. Each NAME is a file
ext/NAME.c and becomes the extension module NAME, with the shim inside: what an
author gets who carries the shim. Default: all of them. CC names the compiler.
Runs again at no cost: what is newer than its sources is kept.
"""

import argparse
import json
import os
import pathlib
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHIM = [ROOT / "abi/runtime", ROOT / "bindings/python/src"]
HEADERS = [
    ROOT / "bindings/python/include",
    ROOT / "bindings/python/src",
    ROOT / "include",
    ROOT / "abi/runtime",
]
WARNINGS = "-std=c11 -Wall -Wextra -Wno-missing-field-initializers -Werror".split()
PROBE = """
import json, sys, sysconfig
print(json.dumps({
    "include": [sysconfig.get_path("include"), sysconfig.get_path("platinclude")],
    "suffix": sysconfig.get_config_var("EXT_SUFFIX"),
    "tag": sys.implementation.cache_tag + (getattr(sys, "abiflags", "") or ""),
}))
"""


def probe(python):
    done = subprocess.run(
        [python, "-c", PROBE], check=True, stdout=subprocess.PIPE, text=True
    )
    about = json.loads(done.stdout)
    if not (pathlib.Path(about["include"][0]) / "Python.h").exists():
        raise SystemExit(
            f"{python}: no Python.h in {about['include'][0]}; install its headers"
        )
    return about


def newest_header():
    folders = [*HEADERS, ROOT / "tests/python/ext"]
    return max(
        path.stat().st_mtime for folder in folders for path in folder.rglob("*.h")
    )


class Build:
    def __init__(self, python, output, flags):
        self.about = probe(python)
        self.output = output
        self.compiler = shlex.split(os.environ.get("CC", "cc"))
        self.flags = flags
        self.headers = newest_header()
        self.settings = json.dumps([self.about, self.compiler, flags])
        output.mkdir(parents=True, exist_ok=True)
        stamp = output / "settings.json"
        if not stamp.exists() or stamp.read_text() != self.settings:
            for path in output.glob("*.o"):
                path.unlink()
            stamp.write_text(self.settings)

    def run(self, command):
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if done.stdout:
            print(done.stdout, file=sys.stderr)
        if done.returncode:
            raise SystemExit(f"failed: {shlex.join(map(str, command))}")

    def compile(self, source):
        target = self.output / f"{source.parent.name}-{source.stem}.o"
        newest = max(source.stat().st_mtime, self.headers)
        if not target.exists() or target.stat().st_mtime < newest:
            includes = [*map(str, HEADERS), *self.about["include"]]
            self.run(
                [
                    *self.compiler,
                    *("-O2 -g -fPIC -fvisibility=hidden -DBATON_BUNDLE".split()),
                    *WARNINGS,
                    *self.flags,
                    *[f"-I{folder}" for folder in includes[:4]],
                    *[word for f in includes[4:] for word in ("-isystem", f)],
                    *("-c", str(source), "-o", str(target)),
                ]
            )
        return target

    def extension(self, source, shim):
        objects = [*shim, self.compile(source)]
        target = self.output / f"{source.stem}{self.about['suffix']}"
        newest = max(path.stat().st_mtime for path in objects)
        if not target.exists() or target.stat().st_mtime < newest:
            self.run(
                [
                    *self.compiler,
                    *("-shared", "-pthread"),
                    *self.flags,
                    *map(str, objects),
                    *("-o", str(target)),
                ]
            )

    def all(self, sources):
        shim = [path for folder in SHIM for path in sorted(folder.glob("*.c"))]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            objects = list(pool.map(self.compile, shim))
            list(pool.map(lambda source: self.extension(source, objects), sources))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--output", type=pathlib.Path)
    parser.add_argument("--flags", default="")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    folder = pathlib.Path(__file__).resolve().parent / "ext"
    sources = (
        [folder / f"{name}.c" for name in options.names]
        if options.names
        else sorted(folder.glob("*.c"))
    )
    tag = probe(options.python)["tag"]
    output = options.output or ROOT / "build/python" / tag
    Build(options.python, output, shlex.split(options.flags)).all(sources)
    print(output)


if __name__ == "__main__":
    main()
