#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The header matrix: every public header in every way of including it.

tests/headers/check.py [--seed N]

With gcc and clang, as C99, C11, C17, C++11, C++17 and C++20, warnings being
errors: each header twice by itself, in random orders, and each before each
other. The contract's headers are compiled with no other header to be found
than stdint.h and stddef.h; libbaton's with the system's.
"""

import argparse
import concurrent.futures
import glob
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONTRACT = ROOT / "include"
LIBRARY = ROOT / "abi/runtime"
STANDARDS = ["c99", "c11", "c17", "c++11", "c++17", "c++20"]
ORDERS = 20

GCC = """-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wundef
    -Wcast-qual -Wcast-align=strict -Wpointer-arith -Wwrite-strings -Wformat=2 -Wvla
    -Wswitch-enum -Wredundant-decls -Wlogical-op -Wdouble-promotion""".split()
GCC_C = (
    "-Wc++-compat -Wstrict-prototypes -Wmissing-prototypes -Wbad-function-cast".split()
)
GCC_CXX = "-Wnon-virtual-dtor -Woverloaded-virtual".split()

# What -Weverything must not say: that code is new to an older standard, that a
# header for C and C++ is not C++ alone, that the compiler pads a structure
# (abi/layouts.py looks at that), and opinions on style that exclude each other.
CLANG = """-Weverything -Wno-unknown-warning-option -Wno-padded
    -Wno-c++98-compat -Wno-c++98-compat-pedantic -Wno-pre-c++20-compat
    -Wno-pre-c11-compat -Wno-old-style-cast -Wno-zero-as-null-pointer-constant
    -Wno-declaration-after-statement -Wno-unsafe-buffer-usage
    -Wno-reserved-macro-identifier -Wno-switch-default""".split()


def compilers():
    found = [name for name in ("gcc", "clang") if shutil.which(name)]
    if len(found) != 2:
        sys.exit("the header matrix needs gcc and clang")
    return found


def freestanding(compiler, folder):
    """A folder with the compiler's own stdint.h and stddef.h, and flags."""
    own = folder / compiler
    own.mkdir()
    if compiler == "gcc":
        where = subprocess.check_output(
            [compiler, "-print-file-name=include"], text=True
        )
    else:
        where = subprocess.check_output([compiler, "-print-resource-dir"], text=True)
        where = where.strip() + "/include"
    for name in ("stdint.h", "stdint-gcc.h", "stddef.h", "__stddef_*.h"):
        for path in glob.glob(os.path.join(where.strip(), name)):
            shutil.copy(path, own)
    return ["-ffreestanding", "-nostdinc", "-isystem", str(own)]


def command(compiler, standard):
    cxx = standard.startswith("c++")
    flags = [
        f"-std={standard}",
        "-Werror",
        "-fsyntax-only",
        "-x",
        "c++" if cxx else "c",
    ]
    if compiler == "gcc":
        flags += GCC + (GCC_CXX if cxx else GCC_C)
    else:
        flags += CLANG
    return [compiler, *flags, "-I", str(CONTRACT)]


def compile_one(job):
    """Compiles a list of includes; gives the complaint, or None."""
    base, includes = job
    text = "".join(f"#include <{name}>\n" for name in includes)
    text += "extern int baton_header_check;\n"
    done = subprocess.run([*base, "-"], input=text, capture_output=True, text=True)
    if done.returncode == 0:
        return None
    return f"{' '.join(base)}\n{text}{done.stderr[:3000]}"


def names_in(folder):
    paths = (folder / "baton").rglob("*.h")
    return sorted(str(path.relative_to(folder)) for path in paths)


def jobs(folder, generator):
    contract, library = names_in(CONTRACT), names_in(LIBRARY)
    if not contract or not library:
        sys.exit("no headers found")
    everything = contract + library
    for compiler in compilers():
        bare = freestanding(compiler, folder)
        for standard in STANDARDS:
            base = command(compiler, standard)
            for name in contract:
                yield [*base, *bare], [name, name]
            for name in library:
                yield [*base, "-I", str(LIBRARY)], [name, name]
            for _ in range(ORDERS):
                order = generator.sample(contract, len(contract))
                yield [*base, *bare], order
                order = generator.sample(everything, len(everything))
                yield [*base, "-I", str(LIBRARY)], order
        # Whether two headers get along does not depend on the standard.
        base = command(compiler, "c99" if compiler == "gcc" else "c++11")
        for first in everything:
            for second in everything:
                if first != second:
                    yield [*base, "-I", str(LIBRARY)], [first, second]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    seed = parser.parse_args().seed
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        work = list(jobs(pathlib.Path(name), random.Random(seed)))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            complaints = [c for c in pool.map(compile_one, work) if c]
    for complaint in complaints[:10]:
        print(complaint)
    print(f"{len(work) - len(complaints)} passed, {len(complaints)} failed")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
