# SPDX-License-Identifier: MIT
"""The bad subjects, and which of them shows that a behaviour can fail: table.txt."""

import dataclasses
import importlib
import pathlib

MODULES = ("wrong_bodies", "wrong_methods", "wrong_types", "wrong_streams")
PATH = pathlib.Path(__file__).with_name("table.txt")
BAD = {}


@dataclasses.dataclass(frozen=True)
class Bad:
    name: str
    target: str
    shape: str
    why: str


def bad(shape):
    """Enters a factory; its docstring says what is wrong with what it makes."""

    def register(factory, owner=None):
        owner = owner or factory
        module, name = owner.__module__, owner.__name__
        short = f"{module.rpartition('.')[2]}.{name}"
        BAD[short] = Bad(short, f"{module}:{name}", shape, owner.__doc__)
        return factory

    return register


def load():
    """@return {name: Bad}, of all modules"""
    for name in MODULES:
        importlib.import_module(f"subjects.{name}")
    return BAD


def write(entries):
    lines = [f"{id:<44} {name}\n" for id, name in sorted(entries.items())]
    head = "# Behaviour, and the bad subject that fails it; written by assign.py.\n"
    PATH.write_text(head + "".join(lines), encoding="utf-8")


def read():
    """@return {id of a behaviour: name of the bad subject that fails it}"""
    if not PATH.exists():
        return {}
    lines = PATH.read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))
