# SPDX-License-Identifier: MIT
"""A worker process, seen from outside: in a session of its own, so that all of it
can be killed."""

import json
import os
import pathlib
import select
import signal
import subprocess
import tempfile
import time

from baton_check.target import CannotRun

FOLDER = str(pathlib.Path(__file__).resolve().parents[1])
IMPORTS = f"import sys; sys.path.insert(0, {FOLDER!r}); "
START = IMPORTS + "from baton_check.worker import main; main()"
STARTUP = 60.0  # seconds; the imports of a subject may be slow
TICK = 0.05
OUTPUT = 4000  # bytes kept of what a behaviour has written


class Died(Exception):
    """The worker has ended by itself."""


class TimedOut(Exception):
    pass


def ending(status):
    """How a process has ended."""
    if status >= 0:
        return f"exited with status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


def kill_group(leader):
    """Kills a process and all that it has started and that stayed in its group."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


class Worker:
    """@throws CannotRun if there is nothing to check"""

    def __init__(self, options):
        self.output = tempfile.TemporaryFile()
        self.shown = 0
        theirs, self.requests = os.pipe()
        self.answers, ours = os.pipe()
        try:
            self.process = subprocess.Popen(
                [options.python, "-X", "faulthandler", "-c", START]
                + [str(theirs), str(ours)],
                stdin=subprocess.DEVNULL,
                stdout=self.output,
                stderr=subprocess.STDOUT,
                pass_fds=(theirs, ours),
                start_new_session=True,
            )
        except OSError as error:
            raise CannotRun(f"{options.python}: {error.strerror}") from None
        finally:
            os.close(theirs)
            os.close(ours)
        self.pending = b""
        self.hello = self.begin(options)

    def begin(self, options):
        self.ask(
            target=options.target,
            shape=options.shape,
            path=options.path,
            seed=options.seed,
            timeout=options.timeout,
        )
        try:
            hello = self.answer(STARTUP)
        except TimedOut:
            self.kill()
            raise CannotRun(f"importing {options.target} takes too long") from None
        except Died as error:
            said = self.said().strip().splitlines()
            self.kill()
            raise CannotRun(
                f"importing {options.target} ended the process ({error}): "
                f"{said[-1] if said else 'nothing was said'}"
            ) from None
        if "cannot" in hello:
            self.kill()
            raise CannotRun(hello["cannot"])
        return hello

    def ask(self, **request):
        try:
            os.write(self.requests, json.dumps(request).encode() + b"\n")
        except BrokenPipeError:
            pass  # answer() tells

    def answer(self, seconds):
        """The next message."""
        until = time.monotonic() + seconds
        while b"\n" not in self.pending:
            # Others may hold the pipe: its end does not tell the worker's.
            ready = select.select([self.answers], [], [], TICK)[0]
            if ready:
                data = os.read(self.answers, 1 << 16)
                self.pending += data
                if data:
                    continue
            if self.process.poll() is not None:
                if not select.select([self.answers], [], [], 0)[0] or ready:
                    raise Died(ending(self.process.returncode))
            elif time.monotonic() > until:
                raise TimedOut
            elif ready:
                time.sleep(TICK)  # it has closed the pipe and lives
        line, _, self.pending = self.pending.partition(b"\n")
        return json.loads(line)

    def said(self):
        """What it has written since the last time."""
        self.output.seek(0, os.SEEK_END)
        end = self.output.tell()
        self.output.seek(max(self.shown, end - OUTPUT))
        self.shown = end
        return self.output.read(OUTPUT).decode("utf-8", "backslashreplace")

    def kill(self):
        """Ends it and all that it has started."""
        kill_group(self.process.pid)
        self.process.wait()
        os.close(self.requests)
        os.close(self.answers)
        self.output.close()
