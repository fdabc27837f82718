# SPDX-License-Identifier: MIT
"""Behaviours: what one is, and the list of them.

A behaviour is an experiment, a function `(make, log)`. It runs on objects of the
subject and on the interpreter's own, which `make` makes, and shows what it sees to
`log`; it passes if both logs are equal. Its name is its id, its docstring the title.
"""

import dataclasses
import fnmatch
import importlib
import typing

TIERS = ("core", "cancel", "threads", "values", "async iteration", "introspection")
# An awaitable is opaque and has no send, throw and close.
SHAPES = ("relay", "generator", "produce", "opaque", "awaitable")
MODULES = (
    "results",
    "errors",
    "send",
    "throw",
    "close",
    "awaiting",
    "awaited",
    "attributes",
    "types_",
    "lifetime",
    "leaks",
    "threads",
    "tasks",
    "graph",
    "cancel",
    "contexts",
    "tools",
    "process",
    "walks",
    "items",
    "generators",
    "hooks",
    "streams",
)


class Skip(Exception):
    """The experiment cannot be made here; says why."""


@dataclasses.dataclass(frozen=True)
class Behaviour:
    id: str
    title: str
    group: str
    tier: str
    shapes: tuple
    source: str  # where CPython has it: file:function
    level: str  # "must", or "should": a difference is a warning
    since: tuple  # the first version that has it
    experiment: typing.Callable

    def applies(self, shape):
        return shape in self.shapes


ALL: dict[str, Behaviour] = {}


class Group:
    """Registers what it decorates. What is not told is the group's."""

    def __init__(self, name, tier, source, shapes="relay"):
        self.name = name
        self.tier = tier
        self.source = source
        self.shapes = shapes

    def __call__(self, source=None, shapes=None, level="must", since=(3, 10)):
        def register(function):
            self.add(function.__name__, function, source, shapes, level, since)
            return function

        return register

    def add(
        self, name, function, source=None, shapes=None, level="must", since=(3, 10)
    ):
        made = Behaviour(
            id=f"{self.name}.{name}",
            title=function.__doc__.splitlines()[0].rstrip("."),
            group=self.name,
            tier=self.tier,
            shapes=tuple((shapes or self.shapes).split()),
            source=source or self.source,
            level=level,
            since=since,
            experiment=function,
        )
        assert made.id not in ALL, made.id
        assert made.tier in TIERS and set(made.shapes) <= set(SHAPES), made
        ALL[made.id] = made

    def each(self, values, source=None, shapes=None, since=(3, 10)):
        """One behaviour per value: the decorated function takes it last. Its title
        has {} for the name."""

        def register(function):
            for name, value in values.items():
                made = bound(function, name, value)
                self.add(
                    f"{function.__name__}_{name}", made, source, shapes, since=since
                )
            return function

        return register


def bound(function, name, value):
    def experiment(make, log):
        function(make, log, value)

    experiment.__doc__ = function.__doc__.format(name.replace("_", " "))
    return experiment


def behaviours():
    """@return {id: Behaviour}, of all modules."""
    if not ALL:
        for name in MODULES:
            importlib.import_module(f"baton_check.behaviours.{name}")
    return ALL


def select(shape, globs=()):
    """The behaviours of a shape, of which the id is like one of the globs."""
    return [
        one
        for one in behaviours().values()
        if (shape is None or one.applies(shape))
        and (not globs or any(fnmatch.fnmatchcase(one.id, glob) for glob in globs))
    ]
