# SPDX-License-Identifier: MIT
"""Builds what the group `python` measures, for one interpreter.

The peers come from PyPI, into an environment of that interpreter's in .cache. One
that cannot be installed or built is told about and left out.
"""

import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent / "python"
REQUIREMENTS = HERE / "requirements.txt"
MINUTES = 15
FLAGS = ["-O3", "-DNDEBUG"]
PROBE = """
import json, platform, sys
flags = getattr(sys, "abiflags", "")
print(json.dumps([platform.python_version() + flags, sys.version_info[:2]]))
"""


class Unavailable(Exception):
    pass


def run(*command, **options):
    """Runs a command; its output is the reason if it fails."""
    try:
        done = subprocess.run(
            list(map(str, command)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=60 * MINUTES,
            **options,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(str(error)) from None
    if done.returncode:
        raise Unavailable(reason(done.stdout) or f"exit status {done.returncode}")
    return done.stdout


def reason(output):
    """The line of the output that tells most: the first error, or the last one."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if "error" in line.lower()]
    return " ".join(told[:1] or lines[-1:])[:300]


def builder():
    """The module that builds the binding for the tests."""
    path = ROOT / "tests/python/build.py"
    spec = importlib.util.spec_from_file_location("baton_build", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Interpreter:
    def __init__(self, python):
        self.python = shutil.which(python) or python
        try:
            probed = run(self.python, "-c", PROBE)
        except Unavailable as error:
            raise SystemExit(f"{python}: {error}") from None
        self.version, number = json.loads(probed)
        self.number = tuple(number)
        self.venv = ROOT / f".cache/bench/venv-{self.version}"
        self.output = ROOT / f"build/bench/python-{self.version}"
        self.peers = self.venv / "peers"
        self.notes = []

    def compile(self, source, folder, flags=(), shim=False):
        """Makes an extension of one file, with the binding inside or not."""
        try:
            build = builder().Build(self.python, folder, [*FLAGS, *flags])
            if shim:
                build.all([source])
            else:
                build.extension(source, [])
        except SystemExit as error:
            for path in folder.glob(f"{source.stem}.*so"):
                path.unlink()  # an older one
            raise Unavailable(str(error)[:300]) from None

    def attempt(self, name, function, *arguments):
        try:
            function(*arguments)
        except Unavailable as error:
            self.notes.append(f"{self.version}: no {name}: {error}")

    def build(self):
        self.attempt("bare", self.compile, HERE / "bare.c", self.output / "bare")
        for name in "bodies", "wakes":
            self.attempt(
                "baton", self.compile, HERE / f"{name}.c", self.output, (), True
            )
        for name, (packages, make) in PEERS.items():
            self.attempt(name, self.peer, name, packages, make)
        self.attempt("cython, shared", self.shared)

    def shared(self):
        """Cython's coroutines through the binding, with the Cython of the peer."""
        folder = self.output / "shared"
        folder.mkdir(parents=True, exist_ok=True)
        made, cython = folder / "cython_shared.c", ROOT / "bindings/cython"
        source = HERE / "cython_shared.pyx"
        self.tool("-m", "cython", "-3", "-I", cython, "-o", made, source)
        flags = ["-w", "-DBATON_SHIM=<baton/python.h>", f"-I{cython}/include"]
        self.compile(made, folder, flags, True)

    # --- Peers ---------------------------------------------------------------

    def tool(self, *arguments, **options):
        return run(self.venv / "bin/python", *arguments, **options)

    def peer(self, name, packages, make):
        """Installs and builds one, unless that was done with the same files."""
        inputs = [REQUIREMENTS, *sorted(HERE.glob("peer*"))]
        stamp = "".join(path.read_text(encoding="utf-8") for path in inputs)
        done = self.peers / f"{name}.done"
        if done.exists() and done.read_text(encoding="utf-8") == stamp:
            return
        print(f"{self.version}: installing and building {name}", file=sys.stderr)
        folder = self.peers / name
        shutil.rmtree(folder, ignore_errors=True)
        self.environment()
        pip = ["-m", "pip", "install", "-q", "--retries", "2", "-c", REQUIREMENTS]
        self.tool(*pip, *packages)
        folder.mkdir(parents=True)
        make(self, folder)
        done.write_text(stamp, encoding="utf-8")

    def environment(self):
        try:
            self.tool("-m", "pip", "--version")
        except Unavailable:
            run(self.python, "-m", "venv", "--clear", self.venv)

    def path(self):
        folders = [self.output, self.output / "bare", self.output / "shared"]
        folders += [self.peers / name for name in PEERS]
        return os.pathsep.join(map(str, folders))


def source(name, folder):
    """peer.py under the name of the module that it becomes."""
    path = folder / f"peer_{name}.py"
    shutil.copy(HERE / "peer.py", path)
    return path


def cython(interpreter, folder):
    made = folder / "peer_cython.c"
    interpreter.tool("-m", "cython", "-3", "-o", made, source("cython", folder))
    (folder / "peer_cython.py").unlink()
    interpreter.compile(made, folder, ["-w"])


def mypyc(interpreter, folder):
    path = source("mypyc", folder)
    environment = os.environ | {"MYPYC_OPT_LEVEL": "3"}
    interpreter.tool("-m", "mypyc", path.name, cwd=folder, env=environment)
    path.unlink()


def nuitka(interpreter, folder):
    path = source("nuitka", folder)
    options = ["--module", "--remove-output", "--assume-yes-for-downloads"]
    interpreter.tool("-m", "nuitka", *options, path.name, cwd=folder)
    path.unlink()


def pyawaitable(interpreter, folder):
    command = "import pyawaitable; print(pyawaitable.include())"
    include = interpreter.tool("-c", command).strip()
    flags = ["-w", "-isystem", include]
    interpreter.compile(HERE / "peer_pyawaitable.c", folder, flags)


# What to install, and how to build it.
PEERS = {
    "cython": (["cython"], cython),
    "mypyc": (["mypy", "setuptools"], mypyc),
    "nuitka": (["nuitka"], nuitka),
    "pyawaitable": (["pyawaitable"], pyawaitable),
}
