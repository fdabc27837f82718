#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds the providers that break one requirement each.

    build.py [--output DIR] [NAME ...]

NAME is that of a source without its ending, or a requirement. Prints the path
of each library. What is newer than its source, and than every header that the
sources share, is left as it is.
"""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # also for whoever loads this file by its path
import patched  # noqa: E402

ROOT = HERE.parents[2]
OUTPUT = ROOT / "build" / "corpus" / "bad"
FLAGS = """-std=c11 -D_GNU_SOURCE -O0 -g -fPIC -shared -pthread -fvisibility=hidden
-Wall -Wextra -Wno-unused-parameter -Werror""".split()


def sources(names=()):
    """The sources of these names and requirements, or all."""
    found = sorted(HERE.glob("*.c"))
    if not names:
        return found
    wanted = [
        source
        for source in found
        if source.stem in names or requirement_of(source) in names
    ]
    if not wanted:
        raise SystemExit(f"build.py: no source is called {' or '.join(names)}")
    return wanted


def requirement_of(source):
    """ "COR-2" of COR-2-starts-anyway.c; "" of one that breaks nothing."""
    area, number = source.stem.split("-")[:2]
    return f"{area}-{number}" if number.isdigit() else ""


def newest_header():
    shared = [*HERE.glob("*.h"), *(HERE.parent / "good" / "hand").glob("*.[ch]")]
    shared += (ROOT / "include").rglob("*.h")
    shared.append(pathlib.Path(__file__))
    return max(path.stat().st_mtime for path in shared)


def build(source, output, oldest):
    """Compiles one source if it has to be. @return the library."""
    library = output / (source.stem + ".so")
    if library.exists():
        if library.stat().st_mtime > max(oldest, source.stat().st_mtime):
            return library
    made = library.with_suffix(".new")
    if patched.patches_of(source):
        patched.build(source, made)
    else:
        command = [os.environ.get("CC", "cc"), *FLAGS, f"-I{ROOT / 'include'}"]
        subprocess.run([*command, "-o", made, source], check=True)
    made.rename(library)
    return library


def build_all(wanted, output=OUTPUT):
    """Compiles in parallel. @return the libraries, in the order of `wanted`."""
    output.mkdir(parents=True, exist_ok=True)
    oldest = newest_header()
    if any(map(patched.patches_of, wanted)):
        oldest = max(oldest, patched.prepare())
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda source: build(source, output, oldest), wanted))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, default=OUTPUT, metavar="DIR")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    try:
        for library in build_all(sources(options.names), options.output):
            print(library)
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)


if __name__ == "__main__":
    main()
