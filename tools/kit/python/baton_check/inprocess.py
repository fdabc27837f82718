# SPDX-License-Identifier: MIT
"""Without a supervisor: for a debugger, and for a close look at one behaviour."""

import gc
import subprocess

from baton_check import compare, process, registry
from baton_check.report.text import Text
from baton_check.target import Target


def show_sides(observed):
    for name, entries in zip(("interpreter", "subject"), observed, strict=True):
        print(f"{name}:")
        for entry in entries:
            print(f"    {compare.show(entry)}")


def run(options, globs, show):
    """Runs the behaviours in this process, one after the other."""
    target = Target(options.target, options.shape, options.path)
    chosen = registry.select(target.shape, globs)
    if not chosen:
        print("nothing matches; --list names the behaviours")
        return 3
    gc.collect()
    gc.freeze()
    text, status = Text(), 0
    for behaviour in chosen:
        print(f"{behaviour.id} ...", flush=True)
        observed = [] if show else None
        result = compare.run(behaviour, target, options.seed, observed)
        if observed:
            show_sides(observed)
        if show or result["verdict"] not in ("PASS", "SKIP"):
            text.details(result)
        status = status or int(result["verdict"] in ("FAIL", "LEAK"))
    return status


def reproduce(options, id):
    """One behaviour in a process of its own, with what both sides have shown."""
    script = process.IMPORTS
    script += "from baton_check.cli import main; raise SystemExit(main())"
    command = [options.python, "-X", "faulthandler", "-c", script, options.target]
    command += ["--in-process", "--reproduce", id, "--seed", str(options.seed)]
    command += ["--shape", options.shape]
    for path in options.path:
        command += ["--path", path]
    print(f"seed {options.seed}", flush=True)
    worker = subprocess.Popen(command, start_new_session=True)
    try:
        status = worker.wait(options.timeout)
    except subprocess.TimeoutExpired:
        print(f"HANG  {id}: no end after {options.timeout:g} s")
        status = 1
    finally:
        process.kill_group(worker.pid)
        worker.wait()
    if status < 0:
        print(f"CRASH {id}: {process.ending(status)}")
    if status not in (0, 1, 2, 3):
        status = 1
    return status
