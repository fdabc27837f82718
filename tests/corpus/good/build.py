#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds the good providers: one shared library per adapter of Baton.

    build.py [--output DIR] [--flags=FLAGS] [NAME ...]

NAME is c, hand, cpp, rust, python or cython; default: all of them. Prints the path
of each library. What cannot be built here, for want of cargo or of a Python with a
shared library, is skipped with a word on standard error. CC, CXX and CARGO name the
compilers; FLAGS go to those of C and C++. What is newer than its sources is kept.
"""

import argparse
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
RUNTIME = ROOT / "abi/runtime"
PYTHON = ROOT / "bindings/python"
CYTHON = ROOT / "bindings/cython"
CYTHON_VERSION = "3.3.1"
FLAGS = "-O2 -g -fPIC -pthread -fvisibility=hidden".split()
WARNINGS = "-Wall -Wextra -Werror".split()
SHIM_OPTIONS = ["-DBATON_BUNDLE", "-Wno-missing-field-initializers"]
# Cython's own code is not ours to warn of.
CYTHON_WARNINGS = [
    f"-Wno-{name}"
    for name in (
        "unused-parameter unused-function unused-variable sign-compare "
        "cast-function-type deprecated-declarations missing-field-initializers"
    ).split()
]


class Skip(Exception):
    """This library cannot be built here."""


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


def is_newer(target, sources):
    """Whether it is there, and newer than all that it was made of."""
    if not target.exists():
        return False
    made = target.stat().st_mtime
    return all(path.exists() and path.stat().st_mtime <= made for path in sources)


def public_headers(output):
    """The headers of libbaton without the private ones beside them, whose names are
    also the system's."""
    folder = output / "objects/include"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "baton").exists():
        (folder / "baton").symlink_to(RUNTIME / "baton")
    return folder


class Library:
    """A library of C and C++ sources; objects are kept beside it."""

    def __init__(self, name, output, flags):
        self.target = output / f"good_{name}.so"
        self.objects = output / "objects" / name
        self.objects.mkdir(parents=True, exist_ok=True)
        self.public = public_headers(output)
        self.flags = [*FLAGS, *flags]
        self.parts = []

    def compile(self, source, *options):
        made = self.objects / f"{source.parent.name}-{source.stem}.o"
        command = self.command(source, options, made)
        # What it was made by, and, as make has it, of which files.
        stamp, depends = made.with_suffix(".command"), made.with_suffix(".d")
        known = stamp.exists() and stamp.read_text() == shlex.join(command)
        if not (known and depends.exists() and is_newer(made, self.read(depends))):
            run(*command)
            stamp.write_text(shlex.join(command))
        self.parts.append(made)

    def command(self, source, options, made):
        plus = source.suffix == ".cc"
        compiler = os.environ.get("CXX", "c++") if plus else os.environ.get("CC", "cc")
        standard = "-std=c++20" if plus else "-std=c11"
        return [
            *(*shlex.split(compiler), standard, *WARNINGS, *self.flags),
            *map(str, options),
            *(f"-I{ROOT / 'include'}", f"-I{self.public}"),
            *("-MMD", "-c", str(source), "-o", str(made)),
        ]

    @staticmethod
    def read(depends):
        words = depends.read_text().replace("\\\n", " ").split()
        return [pathlib.Path(word) for word in words[1:]]

    def link(self, *options, plus=False):
        compiler = os.environ.get("CXX", "c++") if plus else os.environ.get("CC", "cc")
        if not is_newer(self.target, self.parts):
            run(
                *(*shlex.split(compiler), "-shared", *self.flags),
                *(*self.parts, *options, "-o", self.target),
            )
        return self.target


def add_runtime(library):
    """A copy of libbaton, which the library keeps to itself."""
    for source in sorted(RUNTIME.glob("*.c")):
        library.compile(source, "-DBATON_BUNDLE")


# ---- Without an interpreter


def c(output, flags):
    library = Library("c", output, flags)
    header = library.objects / "manifest.h"
    if not is_newer(header, [ROOT / "abi/manifest.json"]):
        run(sys.executable, ROOT / "abi/manifest.py", "--c-header", header)
    for source in sorted((HERE / "c").glob("*.c")):
        library.compile(source, f"-I{library.objects}")
    add_runtime(library)
    return library.link()


def hand(output, flags):
    library = Library("hand", output, flags)
    library.compile(HERE / "hand/hand.c", "-Wpedantic")
    return library.link()


def cpp(output, flags):
    library = Library("cpp", output, flags)
    for source in sorted((HERE / "cpp").glob("*.cc")):
        library.compile(source, f"-I{ROOT / 'bindings/cpp/include'}")
    add_runtime(library)
    return library.link(plus=True)


def rust(output, flags):
    cargo = shlex.split(os.environ.get("CARGO", "cargo"))
    if not shutil.which(cargo[0]):
        raise Skip("no cargo")
    folder = ROOT / "build/rust-good"
    manifest = HERE / "rust/Cargo.toml"
    run(
        *(*cargo, "build", "--quiet", "--locked", "--offline"),
        *("--manifest-path", manifest),
        env={**os.environ, "CARGO_TARGET_DIR": str(folder)},
    )
    made = folder / "debug/libgood.so"
    target = output / "good_rust.so"
    if not is_newer(target, [made]):
        shutil.copy(made, target)
    return target


# ---- With an interpreter inside

PROBE = """
import json, os, sysconfig
value = sysconfig.get_config_var
print(json.dumps({
    "include": sysconfig.get_path("include"),
    "shared": bool(value("Py_ENABLE_SHARED")),
    "folder": value("LIBDIR"),
    "library": value("LDVERSION") or value("VERSION"),
    "suffix": value("EXT_SUFFIX"),
}))
"""


def interpreter():
    """What to build against: the first Python with a shared library and headers."""
    for python in (sys.executable, "python3", "/usr/bin/python3"):
        if not shutil.which(python):
            continue
        about = json.loads(run(python, "-c", PROBE))
        header = pathlib.Path(about["include"], "Python.h")
        if about["shared"] and header.exists():
            return about
    raise Skip("no Python that has a shared library and headers")


def embed(name, about, folder, output, flags):
    """The library of C with an interpreter inside; `folder` has its bodies."""
    library = Library(name, output, flags)
    places = [f"-I{PYTHON / place}" for place in ("include", "src")]
    places += ["-isystem", about["include"]]
    own = [f'-DGOOD_NAME="good-{name}"', f'-DGOOD_LANGUAGE="{name}"']
    own += [f'-DGOOD_FOLDER="{folder}"']
    for source in [*sorted((HERE / "python").glob("*.c")), HERE / "c/nap.c"]:
        library.compile(source, *places, *own)
    for source in sorted((PYTHON / "src").glob("*.c")):
        library.compile(source, f"-I{RUNTIME}", *places, *SHIM_OPTIONS)
    add_runtime(library)
    found = [f"-L{about['folder']}", f"-Wl,-rpath,{about['folder']}"]
    return library.link(*found, f"-lpython{about['library']}", "-ldl")


def python(output, flags):
    folder = output / "python"
    folder.mkdir(exist_ok=True)
    source = HERE / "python/bodies.py"
    if not is_newer(folder / source.name, [source]):
        shutil.copy(source, folder)  # so that its cache is not left in the sources
    return embed("python", interpreter(), folder, output, flags)


def cython_tool():
    """The folder of Cython, which any interpreter can import."""
    folder = ROOT / f"build/cython/cython-{CYTHON_VERSION}"
    if not (folder / "Cython/__init__.py").exists():
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps"]
        run(*pip, "--target", folder, f"cython=={CYTHON_VERSION}")
    return folder


def decorated(text):
    """The bodies with all that is exported decorated."""
    head = (HERE / "cython/bodies_head.pyx").read_text()
    body = text[text.index("import asyncio") :]
    for start in ("async def ", "def count(", "def delegate("):
        body = body.replace(f"\n{start}", f"\n@shared\n{start}")
    return head + body


def translate(folder):
    """The C file of the bodies."""
    source, made = folder / "bodies.pyx", folder / "bodies.c"
    given = [HERE / "python/bodies.py", HERE / "cython/bodies_head.pyx"]
    headers = [*CYTHON.rglob("*.pxd"), pathlib.Path(__file__)]
    if not is_newer(made, [*given, *headers]):
        source.write_text(decorated(given[0].read_text()))
        cython = (sys.executable, "-m", "cython", "-3", "--warning-errors")
        path = {**os.environ, "PYTHONPATH": str(cython_tool())}
        run(*cython, "-I", CYTHON, source, "-o", made, env=path)
    return made


def cython(output, flags):
    about, folder = interpreter(), output / "cython"
    folder.mkdir(exist_ok=True)
    module = Library("cython_bodies", output, flags)
    module.target = folder / f"bodies{about['suffix']}"
    places = [CYTHON / "include", PYTHON / "include"]
    module.compile(
        translate(folder),
        *(f"-I{place}" for place in places),
        *("-isystem", about["include"], *CYTHON_WARNINGS),
    )
    module.link()
    return embed("cython", about, folder, output, flags)


LIBRARIES = {build.__name__: build for build in (c, hand, cpp, rust, python, cython)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path)
    parser.add_argument("--flags", default="")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    for name in options.names:
        if name not in LIBRARIES:
            parser.error(f"no such library: {name}; there are {', '.join(LIBRARIES)}")
    output = (options.output or ROOT / "build/corpus/good").resolve()
    output.mkdir(parents=True, exist_ok=True)
    for name in options.names or LIBRARIES:
        try:
            print(LIBRARIES[name](output, shlex.split(options.flags)), flush=True)
        except Skip as reason:
            print(f"{name}: skipped, {reason}", file=sys.stderr)


if __name__ == "__main__":
    main()
