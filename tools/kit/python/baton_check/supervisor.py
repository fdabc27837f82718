# SPDX-License-Identifier: MIT
"""Gives behaviours to workers and turns their ends into verdicts."""

import dataclasses
import queue
import sys
import threading
import time

from baton_check import compare, process


@dataclasses.dataclass
class Options:
    target: str
    shape: str = "auto"
    path: tuple = ()
    seed: int = 0
    timeout: float = 20.0
    python: str = sys.executable
    jobs: int = 1
    isolate: str = "batch"  # or "each": a process per behaviour


class Supervisor:
    def __init__(self, options):
        self.options = options
        first = process.Worker(options)
        self.hello = first.hello
        self.idle = [first]
        self.lock = threading.Lock()

    @property
    def shape(self):
        return self.hello["shape"]

    def worker(self):
        with self.lock:
            if self.idle:
                return self.idle.pop()
        return process.Worker(self.options)

    def check(self, behaviour):
        """One behaviour's result."""
        began = time.monotonic()
        worker = self.worker()
        reusable = False
        try:
            worker.ask(run=behaviour.id)
            result = None
            while result is None:
                result = worker.answer(self.options.timeout).get("result")
            result["output"] += worker.said()
            reusable = self.options.isolate == "batch"
        except process.Died as died:
            result = compare.result(behaviour, "CRASH", reason=str(died))
            result["output"] = worker.said()
        except process.TimedOut:
            result = compare.result(behaviour, "HANG")
            result["reason"] = f"no end after {self.options.timeout:g} s"
            result["output"] = worker.said()
        finally:
            if reusable:
                with self.lock:
                    self.idle.append(worker)
            else:
                worker.kill()
        result["seconds"] = round(time.monotonic() - began, 4)
        return result

    def run(self, behaviours, tell=lambda result: None):
        """All of them, `jobs` at a time.

        @return the results, in the order of the behaviours
        """
        waiting = queue.SimpleQueue()
        for behaviour in behaviours:
            waiting.put(behaviour)
        results, failures = {}, []

        def work():
            try:
                while not failures:
                    behaviour = waiting.get_nowait()
                    result = self.check(behaviour)
                    with self.lock:
                        results[behaviour.id] = result
                        tell(result)
            except queue.Empty:
                pass
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(self.options.jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        return [results[behaviour.id] for behaviour in behaviours]

    def stop(self):
        while self.idle:
            self.idle.pop().kill()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
