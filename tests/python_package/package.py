# SPDX-License-Identifier: MIT
"""The package `baton`, built for the running interpreter; shared by tests.

Everything is kept in build/python_package/TAG until its sources change.
"""

import functools
import hashlib
import pathlib
import subprocess
import sys
import sysconfig

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BINDING = ROOT / "bindings/python"
WORK = ROOT / "build/python_package" / sysconfig.get_config_var("SOABI")
INPUTS = ["bindings/python", "include", "abi/runtime", "tools/bundle"]
TIMEOUT = 600  # seconds, for any one command
# mypy has no wheel for builds without the global lock.
CHECKS_TYPES = not sysconfig.get_config_var("Py_GIL_DISABLED")


def run(*command, **keywords):
    """Runs a command; gives its output, or fails with it."""
    done = subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT,
        **keywords,
    )
    if done.returncode:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout}")
    return done.stdout


def digest(*names):
    """A hash of files, and of all files in folders."""
    found = hashlib.sha256(sys.version.encode())
    for name in names:
        path = ROOT / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(str(file).encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def once(name, make, *inputs):
    """WORK/NAME, made by `make(path)` unless it is there for these inputs."""
    stamp, wanted = WORK / f"{name}.made", digest(*inputs)
    if not stamp.exists() or stamp.read_text() != wanted:
        WORK.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)
        make(WORK / name)
        stamp.write_text(wanted)
    return WORK / name


@functools.cache
def python():
    """An interpreter in a venv with the tools of requirements.txt."""
    requirements = HERE / "requirements.txt"

    def make(path):
        run(sys.executable, "-m", "venv", "--clear", path)
        pip = [path / "bin/python", "-m", "pip", "install", "-q"]
        lines = requirements.read_text().splitlines()
        needs = [line for line in lines if line and line[0] != "#"]
        if not CHECKS_TYPES:
            needs = [need for need in needs if not need.startswith("mypy")]
        run(*pip, "--only-binary", ":all:", *needs)

    return once("venv", make, requirements) / "bin/python"


@functools.cache
def wheels():
    """A folder with the wheel, built from the checkout."""

    def make(path):
        for old in path.glob("*"):
            old.unlink()
        pip = [python(), "-m", "pip", "wheel", "-q", "--no-deps"]
        run(*pip, "--no-build-isolation", "-w", path, BINDING)

    return once("wheels", make, *INPUTS)


def wheel():
    (only,) = wheels().glob("baton-*.whl")
    return only


@functools.cache
def site():
    """A folder to be on the path, with the package installed from the wheel."""

    def make(path):
        pip = [python(), "-m", "pip", "install", "-q", "--no-deps", "--no-index"]
        run(*pip, "--upgrade", "--target", path, wheel())

    return once("site", make, *INPUTS)


@functools.cache
def shim():
    """A folder with baton_python.c and baton_python.h, made by tools/bundle."""

    def make(path):
        run(sys.executable, ROOT / "tools/bundle", "--python", "--output", path)

    return once("shim", make, *INPUTS)


def includes(*folders):
    """Flags to find headers with, Python's as the system's."""
    return [f"-I{folder}" for folder in folders] + [
        f"-isystem{sysconfig.get_path(name)}" for name in ("include", "platinclude")
    ]


def extension(folder, name):
    return folder / f"{name}{sysconfig.get_config_var('EXT_SUFFIX')}"
