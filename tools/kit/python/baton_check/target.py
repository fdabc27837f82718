# SPDX-License-Identifier: MIT
"""The subject: finding its factory, its shape, and the two sides of a comparison."""

import functools
import gc
import importlib
import sys
import warnings

from baton_check import bodies, twin
from baton_check.registry import Skip

STEPS = 1000


class CannotRun(Exception):
    """There is nothing to check; one line that says what to do."""


def load(spec):
    """The factory of MODULE:FACTORY."""
    module, colon, path = spec.partition(":")
    if not colon or not module or not path:
        raise CannotRun(f"{spec!r} is no target: write MODULE:FACTORY")
    try:
        found = importlib.import_module(module)
    except BaseException as error:
        text = " ".join(str(error).split()) or "no message"
        raise CannotRun(
            f"importing {module} failed: {type(error).__name__}: {text}; "
            "--path DIR adds a folder to sys.path"
        ) from error
    for name in path.split("."):
        try:
            found = getattr(found, name)
        except AttributeError:
            names = [one for one in dir(found) if not one.startswith("_")]
            raise CannotRun(
                f"{module} has no {path}; it has: {', '.join(names[:12]) or 'nothing'}"
            ) from None
    if not callable(found):
        raise CannotRun(
            f"{spec} is of type {type(found).__name__}, not callable: "
            "name a function that makes what is to be checked"
        )
    return found


class Probe(bodies.Bare):
    """May be awaited, iterated, and be the awaitable of an iterable."""


def fits(made, shape):
    """Whether an object can be what a factory of that shape makes."""
    kind = type(made)
    if shape == "produce":
        return hasattr(kind, "__anext__") and hasattr(kind, "asend")
    if shape == "generator":
        return hasattr(kind, "__next__") and hasattr(kind, "send")
    return hasattr(kind, "__await__")


def shape_of(made):
    shapes = ("produce", "relay", "generator")
    return next((shape for shape in shapes if fits(made, shape)), None)


def drop(made):
    """Lets go of a probe, with no word of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        close = getattr(made, "close", None)
        if close:
            try:
                close()
            except Exception:
                pass
        del made, close
        gc.collect()


def call(factory, *arguments):
    try:
        return factory(*arguments)
    except Exception as error:
        text = " ".join(str(error).split())
        given = "an awaitable" if arguments else "no argument"
        raise CannotRun(
            f"the factory, called with {given}, raised {type(error).__name__}: {text}; "
            "--shape tells how to call it"
        ) from error


def find_shape(factory):
    """What the factory is, by what it makes of one argument or of none."""
    try:
        made = call(factory, Probe())
        shape = shape_of(made)
    except CannotRun as failed:
        if not isinstance(failed.__cause__, TypeError):
            raise
        try:
            made = call(factory)
        except CannotRun:
            raise failed from None
        shape = "opaque" if shape_of(made) == "relay" else None
    if shape is None:
        raise CannotRun(
            f"the factory returned {type(made).__name__}, which cannot be awaited: "
            "it is to return a coroutine, an awaitable or an async generator"
        )
    drop(made)
    return shape


def check_shape(factory, shape):
    """That the factory can be called as the shape says."""
    made = call(factory) if shape == "opaque" else call(factory, Probe())
    if not fits(made, shape):
        kinds = {"produce": "async generator", "generator": "generator"}
        kind = kinds.get(shape, "awaitable")
        raise CannotRun(
            f"the factory returned {type(made).__name__}, which is no {kind}: "
            f"--shape {shape} needs one"
        )
    drop(made)


class Trace:
    """What an unknown body does when nothing is sent."""

    def __init__(self, made):
        self.yielded = []
        self.result = self.error = None
        iterator = made if hasattr(type(made), "send") else made.__await__()
        try:
            for _ in range(STEPS):
                self.yielded.append(next_of(iterator))
        except StopIteration as stop:
            self.result = stop.value
        except Exception as error:
            self.error = error
            error.__traceback__ = None
        else:
            raise CannotRun(
                f"the awaitable did not end in {STEPS} steps: give a factory whose "
                "awaitable ends when it is resumed with None"
            )
        if self.error is not None and "event loop" in str(self.error):
            raise CannotRun(
                f"the awaitable needs an event loop ({self.error}): give a factory "
                "whose awaitable ends when it is resumed with None"
            )


def next_of(iterator):
    send = getattr(iterator, "send", None)
    return send(None) if send else next(iterator)


def default_inner(shape):
    if shape == "produce":
        return [bodies.ready(1), bodies.ready(2)]
    return bodies.suspend()


class Side:
    """Makes objects of one side: the subject's, or the interpreter's."""

    def __init__(self, shape, factory, native, target):
        self.shape = shape
        self.opaque = shape in ("opaque", "awaitable")
        self.factory = factory
        self.native = native
        self.target = target

    def __call__(self, *inner):
        if self.opaque:
            if inner:
                raise Skip("it depends on the body")
            return self.factory()
        return self.factory(*inner or [default_inner(self.shape)])


class Target:
    """A subject and its twin."""

    def __init__(self, spec, shape="auto", paths=()):
        self.spec = spec
        self.paths = list(paths)
        sys.path[:0] = self.paths
        factory = load(spec)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if shape == "auto":
                self.shape = find_shape(factory)
            else:
                self.shape = shape
                check_shape(factory, shape)
            self.name, self.qualname = names(factory, self.shape)
        body = twin.named(self.shape, self.name, self.qualname)
        if self.shape == "opaque":
            made = factory()
            body = functools.partial(body, Trace(made))
            if not hasattr(type(made), "send"):
                self.shape = "awaitable"
        self.subject = Side(self.shape, factory, False, self)
        self.native = Side(self.shape, body, True, self)


def names(factory, shape):
    """The names of what it makes, or of the factory."""
    made = factory() if shape == "opaque" else factory(Probe())
    found = []
    for attribute in ("__name__", "__qualname__"):
        name = getattr(made, attribute, None)
        if not isinstance(name, str):
            name = getattr(factory, attribute, None)
        found.append(name if isinstance(name, str) else twin.BODIES[shape].__name__)
    drop(made)
    return found
