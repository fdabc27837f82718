# SPDX-License-Identifier: MIT
"""Runs scenarios for one producer and one consumer, in a process of its own.

    pair.py FOLDER PRODUCER CONSUMER [SKIP]

FOLDER has what libraries.py built. Prints a line of JSON before and after each
cell, so that whoever started it knows which one it died in; SKIP is how many
cells to pass over.
"""

import faulthandler
import gc
import json
import sys
import threading
import warnings


def run(folder, producer_name, consumer_name, skip="0"):
    sys.path.insert(0, folder)
    import harness as harnesses
    import interop_host as host
    import languages
    import scenario as scenarios

    names = sorted({producer_name, consumer_name, "c"})
    known = {name: languages.load(name, folder) for name in names}
    harness = harnesses.Harness(known[producer_name], known[consumer_name])
    host.listen(harness)
    gc.freeze()
    cells = [(one, mode) for one in scenarios.read_all() for mode in one.modes]
    for scenario, mode in cells[int(skip) :]:
        cell = {"scenario": scenario.name, "mode": mode}
        print(json.dumps(cell), flush=True)
        try:
            wrong = harnesses.judge(harness, scenario, mode, known)
        except Exception as error:
            wrong = f"the harness failed: {type(error).__name__}: {error}"
            host.reset()
        print(json.dumps({**cell, "wrong": wrong}), flush=True)


if __name__ == "__main__":
    faulthandler.enable()
    warnings.simplefilter("ignore")  # "never awaited": dropped on purpose
    sys.setrecursionlimit(20000)  # deep chains
    threading.stack_size(512 << 20)
    thread = threading.Thread(target=run, args=sys.argv[1:])
    thread.start()
    thread.join()
