# SPDX-License-Identifier: MIT
"""Where interpreters are: this machine, or a release of Debian in a chroot."""

import os
import pathlib
import signal
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHROOT = str(ROOT / "tools/matrix.d/chroot")


class Place:
    """This machine; the repository is used where it is."""

    name = "this machine"
    repository = ROOT
    prefix = ("env",)  # which ends with 127 if there is no such program

    def run(self, command, output, limit):
        """Runs a command in the repository. Its output goes to the open file `output`.

        @return its status; None if it was stopped after `limit` seconds.
        """
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PYTHON")
        }
        process = subprocess.Popen(
            [*self.prefix, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
        )
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            return None
        finally:
            stop(process)


class Release(Place):
    """A chroot, with its own copy of the repository."""

    def __init__(self, name):
        self.name = f"Debian {name}"
        self.release = name
        self.prefix = (CHROOT, "run", name)
        self.repository = ROOT / ".cache/matrix" / name / "repository"

    def make(self, packages, output):
        """@return whether the release is there, with the packages."""
        command = [CHROOT, "make", self.release, *packages]
        return Place().run(command, output, 1800) == 0

    def has(self, program):
        command = ("test", "-x", program)
        return self.run(command, subprocess.DEVNULL, 60) == 0

    @property
    def exists(self):
        return self.repository.is_dir()


def stop(process):
    """Ends what is left of a process and of its children: first as Ctrl+C does, so
    that it can end those which are in a group of their own.
    """
    for number in (signal.SIGINT, signal.SIGKILL):
        if number == signal.SIGINT and process.poll() is not None:
            continue
        try:
            os.killpg(process.pid, number)
            process.wait(20)
        except subprocess.TimeoutExpired:
            pass
        except ProcessLookupError:
            return
