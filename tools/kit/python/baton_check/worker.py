# SPDX-License-Identifier: MIT
"""The process in which the subject lives.

Reads one line of JSON per request and answers with lines of JSON, over descriptors
of its own: the subject may do to 0, 1 and 2 what it likes. Each behaviour is
announced before it runs.
"""

import faulthandler
import gc
import json
import os
import platform
import sys
import sysconfig

from baton_check import compare, registry
from baton_check.target import CannotRun, Target

EARLY = 0.8  # of the time-out: then it tells where it hangs


def environment():
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "compiler": platform.python_compiler(),
        "platform": platform.platform(),
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "executable": sys.executable,
    }


def left_behind():
    """Whether a child process is left."""
    try:
        return os.waitpid(-1, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False


class Worker:
    def __init__(self, requests, answers):
        self.requests = os.fdopen(requests, "r", encoding="utf-8")
        self.answers = answers
        self.pid = os.getpid()

    def answer(self, **message):
        if os.getpid() != self.pid:
            os._exit(3)  # the subject has forked, and this is the copy
        data = json.dumps(message).encode() + b"\n"
        while data:
            data = data[os.write(self.answers, data) :]

    def greet(self, request):
        self.timeout = request["timeout"]
        self.seed = request["seed"]
        try:
            self.target = Target(request["target"], request["shape"], request["path"])
        except CannotRun as error:
            self.answer(cannot=str(error))
            raise SystemExit from None
        target = self.target
        known = {one.id: one.title for one in registry.select(target.shape)}
        gc.collect()
        gc.freeze()  # each behaviour collects: what is there already is left out
        self.answer(shape=target.shape, environment=environment(), behaviours=known)

    def check(self, id):
        self.answer(announce=id)
        behaviour = registry.behaviours()[id]
        faulthandler.dump_traceback_later(self.timeout * EARLY)
        result = compare.run(behaviour, self.target, self.seed)
        faulthandler.cancel_dump_traceback_later()
        if left_behind():
            result["verdict"] = "FAIL"
            result["reason"] = "a child process is left behind"
        self.answer(result=result)

    def serve(self):
        self.greet(json.loads(self.requests.readline()))
        for line in self.requests:
            self.check(json.loads(line)["run"])
        if os.getpid() != self.pid:
            os._exit(3)


def main():
    Worker(int(sys.argv[1]), int(sys.argv[2])).serve()
    sys.stdout.flush()
    os._exit(0)  # what the subject does at shutdown is a behaviour of its own
