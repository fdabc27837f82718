# SPDX-License-Identifier: MIT
"""The languages: how each makes a body, awaits, and drives.

Values between them are those of interop_host, which nobody has converted.
"""

import importlib
import pathlib
import sys
import threading

import interop_host as host

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "python"))
WRAPPER = type(host.native(None))


class Library:
    """A language whose bodies are in a provider."""

    def __init__(self, path):
        self.library = host.load(path)

    def make(self, name, *arguments):
        return self.library.make(
            name, *(x if is_object(x) else host.native(x) for x in arguments)
        )

    def drive(self, value, script, witness, *others):
        self.library.make("drive", value, host.native(script), host.witness(), *others)

    def ring(self, what):
        self.library.ring(what)

    def blocks(self):
        return self.library.make("blocks").show()


class LendingLibrary(Library):
    """One whose exports cannot take what they are given."""

    def drive(self, value, script, witness):
        self.library.make("deliver", value)
        del value
        self.library.make("drive", host.native(script), host.witness())


class Module:
    """A language whose bodies are Python's functions."""

    def __init__(self, name, bodies, drive):
        self.name = name
        self.bodies = importlib.import_module(bodies)
        self.drive_object = importlib.import_module(drive).drive

    def make(self, name, *arguments):
        body = getattr(self.bodies, name, None)
        if body is None:
            raise LookupError(f"'{self.name}' has no '{name}'")
        shown = [x.show() if type(x) is WRAPPER else x for x in arguments]
        return host.value(body(*shown))

    def drive(self, value, script, witness):
        self.drive_object([value.show()], script, witness)

    def ring(self, what):
        """Nothing of Python's own waits; in Cython something may."""
        if hasattr(self.bodies, "ring"):
            thread = threading.Thread(target=self.bodies.ring, args=(what,))
            thread.start()
            thread.join()

    def blocks(self):
        return 0


def is_object(x):
    """Whether it is none of the shapes that a native value has."""
    return not isinstance(x, (type(None), bool, int, float, str, bytes))


def load(name, folder):
    if name == "python":
        return Module(name, "bodies", "drive")
    if name == "cython":
        return Module(name, "interop_bodies", "interop_drive")
    kind = LendingLibrary if name == "rust" else Library
    return kind(f"{folder}/interop_{name}.so")
