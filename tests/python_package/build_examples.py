# SPDX-License-Identifier: MIT
"""Builds the binding's examples, each with the shim, as their authors would."""

import os
import pathlib
import re
import subprocess
import sys

import package

EXAMPLES = package.BINDING / "examples"
FLAGS = "-std=c11 -Wall -Wextra -Werror -O1 -fPIC -pthread".split()
DEPENDS = ["relay"]  # on the package; every other one carries the shim


def names():
    found = {path.stem for path in EXAMPLES.glob("*.c")} - {"shim"}
    assert len(found) > 5
    return sorted(found)


def build(folder):
    """All examples into a folder, as extension modules."""
    folder.mkdir(parents=True, exist_ok=True)
    shim = folder / "shim.o"
    carries = package.includes(package.shim())
    package.run("cc", *FLAGS, *carries, "-c", EXAMPLES / "shim.c", "-o", shim)
    for name in names():
        source, target = EXAMPLES / f"{name}.c", package.extension(folder, name)
        if name in DEPENDS:
            how = package.includes(package.site() / "baton/include")
        else:
            how = [*carries, shim]
        package.run("cc", "-shared", *FLAGS, source, *how, "-o", target)


def built():
    return package.once("examples", build, *package.INPUTS, "tests/python_package")


def promised(name):
    """What a script says that it prints."""
    text = (EXAMPLES / f"use_{name}.py").read_text(encoding="utf-8")
    found = re.search(r"\n# Prints:\n((?:#.*\n)+)\Z", text)
    assert found, f"use_{name}.py has no 'Prints:' at its end"
    return "".join(line[2:] + "\n" for line in found[1].splitlines())


def use(name, *paths):
    """Runs a script with these folders on its path; gives what it prints."""
    done = subprocess.run(
        [sys.executable, "-X", "dev", str(EXAMPLES / f"use_{name}.py")],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))},
    )
    return done.returncode, done.stdout, done.stderr


def lines_of(path):
    return pathlib.Path(path).read_text(encoding="utf-8").count("\n")
