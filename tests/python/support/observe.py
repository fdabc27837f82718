# SPDX-License-Identifier: MIT
"""What a scenario shows, as text that is the same for equal behaviour."""

import contextlib
import functools
import gc
import inspect
import os
import re
import sys
import types
import warnings

from support import links

ADDRESS = re.compile(r"0x[0-9a-fA-F]+")
LINK_LINES = re.compile(r'  File "[^"]*links\.py", line .*\n(?:    .*\n)*')
FAMILIES = {
    "cr": (types.CoroutineType, inspect.getcoroutinestate),
    "gi": (types.GeneratorType, inspect.getgeneratorstate),
    "ag": (types.AsyncGeneratorType, getattr(inspect, "getasyncgenstate", None)),
}


def plain(text):
    return ADDRESS.sub("0x..", text)


def is_link(path):
    """Whether a file is that of native links, or of none: relays have none."""
    return os.path.basename(path) in ("links.py", "<native>")


def traceback_of(error):
    """The entries, without those of links."""
    names = []
    entry = error.__traceback__
    while entry is not None:
        code = entry.tb_frame.f_code
        if not is_link(code.co_filename):
            names.append(f"{code.co_name}:{entry.tb_lineno}")
        entry = entry.tb_next
    return " > ".join(names)


def family_of(obj):
    if type(obj).__name__ == "coroutine_wrapper":
        return None  # a twin's has some attributes, so that walks go on
    for prefix in FAMILIES:
        if hasattr(type(obj), f"{prefix}_frame"):
            return prefix
    return None


def snapshot(obj):
    """The state of a coroutine, generator or async generator."""
    prefix = family_of(obj)
    if prefix is None:
        return f"not a coroutine: {type(obj).__name__}"
    native, state_of = FAMILIES[prefix]
    seen = [state_of(obj)] if state_of else []
    for name in sorted(dir(native)):
        if not name.startswith(prefix + "_"):
            continue
        value = getattr(obj, name)
        if name.endswith(("_frame", "_await", "_yieldfrom")):
            value = "None" if value is None else "some"
        elif name.endswith("_code"):
            value = type(value).__name__  # a relay's names the relay
        seen.append(f"{name}={value}")
    return " ".join(seen)


class Log:
    """The observations of one run, in order."""

    def __init__(self):
        self.entries = []
        self.known = {}

    def name(self, obj, name):
        """Shows `obj` as `name` from now on; keeps it alive."""
        self.known[id(obj)] = (name, obj)
        return obj

    def text(self, value):
        if isinstance(value, BaseException):
            return self.error(value)
        if id(value) in self.known:
            return f"<{self.known[id(value)][0]}>"
        if type(value) in (tuple, list):
            return f"{type(value).__name__}({', '.join(map(self.text, value))})"
        if type(value) is dict:
            parts = [f"{key!r}: {self.text(item)}" for key, item in value.items()]
            return "{" + ", ".join(parts) + "}"
        return plain(repr(value))

    def error(self, error, seen=()):
        if id(error) in seen:
            return "..."
        seen = (*seen, id(error))
        known = f"<{self.known[id(error)][0]}>" if id(error) in self.known else ""
        text = f"{known}{type(error).__name__}"
        text += f"({', '.join(self.text(arg) for arg in error.args)})"
        if isinstance(error, StopIteration) and error.value is not None:
            text += f" value={self.text(error.value)}"
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
        self.entries.append((label, plain(text)))

    def do(self, label, function, *args, **kwargs):
        """Shows what the call gives or raises, and returns it or None."""
        try:
            result = function(*args, **kwargs)
        except BaseException as error:
            self(label, error)
            self(f"{label}/traceback", error.__class__, traceback_of(error))
            if isinstance(error, AssertionError):
                raise
            return None
        self(label, "->", result)
        return result

    def state(self, label, obj):
        try:
            self(label, snapshot(obj))
        except Exception as error:
            self(label, error)

    def warning(self, message, category, filename, lineno, file=None, line=None):
        where = f"{os.path.basename(filename)}:{lineno}"
        if is_link(filename):
            where = "a link"
        text = LINK_LINES.sub('  File "a link"\n', str(message) + "\n").rstrip("\n")
        if f"'{links.INNER}' was never awaited" in text:
            return  # below a face there may be links that are not Python's
        self("warning", category.__name__, text, where)

    def unraisable(self, args):
        if f"'{links.INNER}' was never awaited" in str(args.exc_value):
            return
        message = args.err_msg or "Exception ignored in"
        # Some versions put the object into the message, others beside it.
        self("unraisable", args.exc_value, message, args.object)


@functools.cache
def freeze():
    """Each run collects several times: what is there already is left out."""
    gc.collect()
    gc.freeze()


@contextlib.contextmanager
def watching(log):
    """Sends warnings and unraisable exceptions into the log."""
    old_hook, old_hooks = sys.unraisablehook, sys.get_asyncgen_hooks()
    old_depth = sys.get_coroutine_origin_tracking_depth()
    freeze()
    gc.collect()
    gc.disable()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = log.warning
        sys.unraisablehook = log.unraisable
        try:
            yield
            for _ in range(4):  # finalizers leave more to collect
                gc.collect()
        finally:
            sys.unraisablehook = old_hook
            sys.set_asyncgen_hooks(*old_hooks)
            sys.set_coroutine_origin_tracking_depth(old_depth)
            gc.enable()


def observe(scenario, kit):
    """Runs the scenario and returns the log's entries."""
    log = Log()
    with watching(log):
        try:
            scenario(kit, log)
        except Exception as error:
            log("scenario raised", error, traceback_of(error))
            del error
    return log.entries
