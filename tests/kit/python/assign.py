#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes subjects/table.txt: for each behaviour the bad subject that fails it and
as little else as possible. What is there and still fails stays.

    assign.py [BAD ...]     default: all of them
"""

import collections
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[2] / "tools/kit/python")]

from baton_check import registry  # noqa: E402
from baton_check.supervisor import Options, Supervisor  # noqa: E402
from baton_check.target import CannotRun  # noqa: E402
from subjects import table  # noqa: E402

SECONDS = 2.0
FAILS = ("FAIL", "CRASH", "HANG", "LEAK", "WARN")


def failing(bad):
    """The ids that one fails."""
    options = Options(
        bad.target,
        bad.shape,
        (str(HERE),),
        timeout=SECONDS,
        jobs=os.cpu_count() or 1,
    )
    with Supervisor(options) as supervisor:
        results = supervisor.run(registry.select(supervisor.shape))
    return {one["id"] for one in results if one["verdict"] in FAILS}


def main():
    bad = table.load()
    chosen = sys.argv[1:] or list(bad)
    found, known = collections.defaultdict(list), table.read()
    for name in chosen:
        try:
            failed = failing(bad[name])
        except CannotRun as error:
            print(f"{name}: {error}")
            continue
        print(f"{name}: {len(failed)}", flush=True)
        for id in failed:
            found[id].append((len(failed), name))
    for id in registry.behaviours():
        names = [name for _, name in sorted(found[id])]
        if names and known.get(id) not in names:
            if id not in known or known[id] in chosen:
                known[id] = names[0]
    known = {id: known[id] for id in known if id in registry.behaviours()}
    table.write(known)
    print("without one:", *sorted(set(registry.behaviours()) - set(known)))


if __name__ == "__main__":
    main()
