# SPDX-License-Identifier: MIT
"""What the tests of baton_check share."""

import functools
import os
import pathlib
import shlex
import subprocess
import sys
import sysconfig

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
KIT = ROOT / "tools/kit/python"
sys.path[:0] = [str(path) for path in (HERE, KIT) if str(path) not in sys.path]

from baton_check import registry  # noqa: E402
from baton_check.supervisor import Options, Supervisor  # noqa: E402

JOBS = os.cpu_count() or 1


def options(target, shape="auto", **more):
    paths = (str(HERE), *more.pop("path", ()))
    more = {"jobs": JOBS, "seed": 1, "timeout": 30.0} | more
    return Options(target, shape, paths, **more)


def check(target, globs=(), shape="auto", **more):
    """@return {id: result}"""
    with Supervisor(options(target, shape, **more)) as supervisor:
        chosen = registry.select(supervisor.shape, globs)
        return {one["id"]: one for one in supervisor.run(chosen)}


def command(*arguments, **more):
    """The command as a person runs it."""
    environment = os.environ | {"PYTHONPATH": str(KIT)}
    return subprocess.run(
        [sys.executable, "-m", "baton_check", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment,
        **more,
    )


@functools.cache
def extension():
    """The folder of hostile.c's module, compiled for this interpreter."""
    tag = sys.implementation.cache_tag + (getattr(sys, "abiflags", "") or "")
    folder = ROOT / "build/kit-python" / tag
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / ("hostile" + sysconfig.get_config_var("EXT_SUFFIX"))
    source = HERE / "ext/hostile.c"
    if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
        part = made.with_suffix(f".{os.getpid()}")
        words = shlex.split(os.environ.get("CC", "cc"))
        words += "-std=gnu11 -O1 -g -fPIC -shared -Wall -Wextra".split()
        words += ["-Wno-missing-field-initializers", "-Wno-cast-function-type"]
        words += ["-isystem", sysconfig.get_path("include")]
        subprocess.run([*words, str(source), "-o", str(part)], check=True)
        part.replace(made)
    return str(folder)
