# SPDX-License-Identifier: MIT
"""Runs a suite in a process of its own, and watches it.

A test in which the process crashes, ends or hangs is named: its outcome is "crash" or
"hang". The tests after it are run by another process.
"""

import collections
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time

CHILD = pathlib.Path(__file__).resolve().parent / "child.py"
LOG_LIMIT = 4000
RESTARTS = 20


class Run:
    """What became of each test: id -> (outcome, parts)."""

    def __init__(self):
        self.outcomes = {}
        self.made = collections.Counter()
        self.trouble = []  # what went wrong outside of any test


class Watched:
    """A child process, and the record it writes."""

    def __init__(self, python, job, folder, silence):
        self.silence = silence
        self.record = folder / "record.jsonl"
        self.log = folder / "log"
        order = folder / "job.json"
        order.write_text(json.dumps({**job, "record": str(self.record)}))
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PYTHON")
        }
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [python, str(CHILD), str(order)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env=environment,
                start_new_session=True,
            )

    def wait(self):
        """@return whether it ended before it was silent for too long."""
        size, changed = -1, time.monotonic()
        try:
            while self.process.poll() is None:
                now = self.record.stat().st_size if self.record.exists() else 0
                if now != size:
                    size, changed = now, time.monotonic()
                elif time.monotonic() - changed > self.silence:
                    self.stop()
                    return False
                time.sleep(0.02)
        finally:
            self.end_group(signal.SIGKILL)
        return True

    def stop(self):
        """SIGABRT lets faulthandler write where it hangs."""
        self.end_group(signal.SIGABRT)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.end_group(signal.SIGKILL)
            self.process.wait()

    def end_group(self, number):
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass

    def entries(self):
        if not self.record.exists():
            return []
        lines = self.record.read_text(encoding="utf-8").split("\n")
        return [json.loads(line) for line in lines[:-1]]

    def tail(self):
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return text[-LOG_LIMIT:]


def how_it_ended(code):
    if code < 0:
        return f"the process died of {signal.Signals(-code).name}"
    return f"the process ended with status {code}"


def read(entries, run):
    """Takes the entries into `run`. @return the test that was begun and not ended,
    and whether the process came to its end.
    """
    current, complete, made = None, False, {}
    for entry in entries:
        if "start" in entry:
            current = entry["start"]
        elif "id" in entry:
            run.outcomes[entry["id"]] = (entry["outcome"], entry["parts"])
            current, made = None, entry["made"]
        else:
            complete = True
    run.made.update(made)
    return current, complete


def run_suite(python, job, silence):
    run = Run()
    for _ in range(RESTARTS):
        with tempfile.TemporaryDirectory() as folder:
            job = {**job, "done": sorted(run.outcomes)}
            child = Watched(python, job, pathlib.Path(folder), silence)
            ended = child.wait()
            current, complete = read(child.entries(), run)
            if complete and ended and child.process.returncode == 0:
                return run
            outcome, text = "crash", how_it_ended(child.process.returncode)
            if not ended:
                outcome, text = "hang", f"silent for {silence} s"
            text = f"{text}\n{child.tail()}"
            if current is None:
                run.trouble.append(text)
                return run
            run.outcomes[current] = (outcome, [["", text]])
    run.trouble.append(f"gave up after {RESTARTS} processes")
    return run
