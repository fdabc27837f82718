# SPDX-License-Identifier: MIT
"""Runs one suite in this process; started by process.py with a job in a file.

    job: {"module", "classes", "kinds", "depth", "native", "relay", "path", "record",
          "done": names of tests that have been run, "names": modules to rewrite}

"relay" is the module of the relays, or `MODULE:CLASS`.

Without "relay" the suite runs as it is. Writes to the file "record" what record.py
says, and at the end {"complete": true}.
"""

import collections
import faulthandler
import importlib
import json
import os
import resource
import signal
import sys
import unittest
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))


def tests_of(suite, done, seen):
    """The tests that have not been run yet. Each is given its name: its id, or `ID#2`
    for the second with the same id.
    """
    left = unittest.TestSuite()
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            left.addTest(tests_of(test, done, seen))
            continue
        seen[test.id()] += 1
        count = seen[test.id()]
        test.recorded_name = test.id() if count == 1 else f"{test.id()}#{count}"
        if test.recorded_name not in done:
            left.addTest(test)
    return left


def load(job):
    loader = unittest.TestLoader()
    module = importlib.import_module(job["module"])
    if not job["classes"]:
        return loader.loadTestsFromModule(module)
    classes = [name for name in job["classes"] if hasattr(module, name)]
    return loader.loadTestsFromNames(classes, module)


def quiet():
    """What CPython's own runner sets: no large, slow or network tests, no chatter."""
    try:
        from test import support
    except ImportError:
        return
    support.verbose = 0
    support.use_resources = ["cpu"]


def prepare(job):
    """@return the relays, or None if the suite runs as it is."""
    if not job["relay"]:
        return None
    import loader
    import wrap

    name, _, inside = job["relay"].partition(":")
    module = importlib.import_module(name)
    module = getattr(module, inside) if inside else module
    relays = wrap.Relays(module, job["depth"], job["native"])
    loader.install(job["names"], job["kinds"], relays.globals(job["kinds"]))
    return relays


MEMORY = 4 << 30  # bytes; a suite that wants more has gone astray


def stand_alone():
    """Whatever started this: Ctrl-C as suites expect it, and not all the memory."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    limit, most = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY or limit > MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))


def main():
    faulthandler.enable()
    stand_alone()
    with open(sys.argv[1], encoding="utf-8") as order:
        job = json.load(order)
    from record import Record, RecordingResult

    sys.path += job["path"]
    record = Record(job["record"])
    relays = prepare(job)
    # The suite must not find the harness's files as modules of its own.
    sys.path[:] = [folder for folder in sys.path if folder != HERE]
    sys.argv[1:] = []
    quiet()
    tests = tests_of(load(job), frozenset(job["done"]), collections.Counter())
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        tests.run(RecordingResult(record, relays.made if relays else {}))
    record.write(complete=True)


if __name__ == "__main__":
    main()
