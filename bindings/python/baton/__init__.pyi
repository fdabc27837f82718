# SPDX-License-Identifier: MIT
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
__version__: str

def get_include() -> str: ...
def get_shim() -> str: ...
