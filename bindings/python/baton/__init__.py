# SPDX-License-Identifier: MIT
"""The types that extensions with Baton's coroutines share.

`coroutine`, `generator` and `async_generator` behave as Python's own and are
made in C: by this package, or by the first extension that carries the shim.
"""

import os

from ._baton import (
    PanicException,
    abi_version,
    async_generator,
    async_generator_function,
    await_chain,
    coroutine,
    coroutine_function,
    generator,
    lib_version,
)

__all__ = [
    "PanicException",
    "abi_version",
    "async_generator",
    "async_generator_function",
    "await_chain",
    "coroutine",
    "coroutine_function",
    "generator",
    "get_include",
    "get_shim",
    "lib_version",
]
__version__ = lib_version


def _folder(name: str) -> str:
    # A package that is installed for editing is in two places.
    paths = [os.path.abspath(os.path.join(path, name)) for path in __path__]
    return next(path for path in paths if os.path.isdir(path))


def get_include() -> str:
    """The folder with `baton/python.h` and the headers that it includes."""
    return _folder("include")


def get_shim() -> str:
    """The folder with `baton_python.c` and `baton_python.h`, to compile into an
    extension that is not to depend on this package."""
    return _folder("shim")
