# SPDX-License-Identifier: MIT
"""What an experiment shows, as text that is equal for equal behaviour."""

import contextlib
import gc
import os
import re
import sys
import warnings

from baton_check.registry import Skip

ADDRESS = re.compile(r"0x[0-9a-fA-F]+")
ORIGIN = re.compile(r'  File "([^"]*)", line (\d+), in (.*)\n(?:    .*\n?)*')
KIT = os.path.dirname(os.path.abspath(__file__))
TWIN = os.path.join(KIT, "twin.py")
PLAIN = (type(None), bool, int, float, str, bytes)
LEAK = "leak: "


def of_the_kit(path):
    """Whether a file is the kit's own, and not the body that stands for a subject."""
    path = os.path.abspath(path)
    return path.startswith(KIT + os.sep) and path != TWIN


def frames(traceback):
    """The entries of the kit's own functions: a subject may have some or none."""
    names = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if of_the_kit(code.co_filename):
            names.append(f"{code.co_name}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return " > ".join(names)


def kit_lines(text):
    """The lines of an origin that are in the kit's files; without the sources."""
    places = [match for match in ORIGIN.finditer(text) if of_the_kit(match[1])]
    shown = [f"\n  {os.path.basename(m[1])}:{m[2]} {m[3]}" for m in places]
    return ORIGIN.sub("", text).rstrip("\n") + "".join(shown)


class Log:
    """The observations of one run, in order: pairs (label, text)."""

    def __init__(self, opaque=False):
        self.entries = []
        self.known = {}
        self.opaque = opaque  # values of an unknown body: their types only

    def name(self, obj, name):
        """Shows `obj` as <name> from now on; keeps it alive."""
        self.known[id(obj)] = (name, obj)
        return obj

    def text(self, value, seen=()):
        if isinstance(value, BaseException):
            return self.error(value, seen)
        if id(value) in self.known:
            return f"<{self.known[id(value)][0]}>"
        if type(value) in (tuple, list):
            parts = ", ".join(self.text(part, seen) for part in value)
            return f"{type(value).__name__}({parts})"
        if type(value) is dict:
            parts = [f"{key!r}: {self.text(item)}" for key, item in value.items()]
            return "{" + ", ".join(parts) + "}"
        if self.opaque and not isinstance(value, PLAIN):
            return f"<{type(value).__name__}>"
        return ADDRESS.sub("0x..", repr(value))

    def error(self, error, seen=()):
        if id(error) in seen:
            return "..."
        seen = (*seen, id(error))
        known = f"<{self.known[id(error)][0]}> " if id(error) in self.known else ""
        arguments = ", ".join(self.text(part, seen) for part in error.args)
        text = f"{known}{type(error).__name__}({arguments})"
        if isinstance(error, StopIteration):
            text += f" value={self.text(error.value, seen)}"
        if isinstance(getattr(error, "exceptions", None), tuple):
            text += f" of {[self.error(part, seen) for part in error.exceptions]}"
        more = []
        if error.__cause__ is not None:
            more.append(f"cause {self.error(error.__cause__, seen)}")
        if error.__context__ is not None:
            more.append(f"context {self.error(error.__context__, seen)}")
        if error.__suppress_context__:
            more.append("suppressed")
        if getattr(error, "__notes__", None):
            more.append(f"notes {error.__notes__}")
        return text + (f" [{'; '.join(more)}]" if more else "")

    def __call__(self, label, *values):
        text = ", ".join(map(self.text, values))
        self.entries.append((label, ADDRESS.sub("0x..", text)))

    def do(self, label, function, *args, **kwargs):
        """Shows what the call gives or raises; returns the result, or None."""
        try:
            result = function(*args, **kwargs)
        except Skip:
            raise
        except BaseException as error:
            self(label, error)
            return None
        self(label, "->", result)
        return result

    def trace(self, label, function, *args):
        """Shows what the call raises, and through which of the kit's functions."""
        try:
            self(label, "->", function(*args))
        except BaseException as error:
            self(label, error)
            self(f"{label}: traceback", frames(error.__traceback__))

    def leak(self, label, grows):
        self(LEAK + label, "grows" if grows else "steady")

    def warning(self, message, category, filename, lineno, file=None, line=None):
        self("warning", category.__name__, kit_lines(str(message) + "\n"))

    def unraisable(self, args):
        # Some versions put the object into the message, others beside it.
        message = args.err_msg or "Exception ignored in"
        self("unraisable", args.exc_value, message, args.object)


@contextlib.contextmanager
def watching(log):
    """Warnings and unraisable exceptions go into the log, hooks come back."""
    hook, hooks = sys.unraisablehook, sys.get_asyncgen_hooks()
    depth = sys.get_coroutine_origin_tracking_depth()
    gc.disable()
    gc.collect()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = log.warning
        sys.unraisablehook = log.unraisable
        try:
            yield
            for _ in range(3):  # finalizers leave more to collect
                gc.collect()
        finally:
            sys.unraisablehook = hook
            sys.set_asyncgen_hooks(*hooks)
            sys.set_coroutine_origin_tracking_depth(depth)
            gc.enable()


def observe(experiment, make):
    """Runs the experiment on one side.

    @return its observations
    """
    log = Log(opaque=make.opaque)
    with watching(log):
        try:
            experiment(make, log)
        except Skip:
            raise
        except BaseException as error:
            log("the experiment ended with", error)
            log("there", frames(error.__traceback__))
            del error
    return log.entries
