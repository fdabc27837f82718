# SPDX-License-Identifier: MIT
"""Imports the copies in an interpreter with its own GIL, then in this one.

No asyncio: CPython 3.12 crashes at the end of such an interpreter that has
imported it.
"""

import sys

USE = """
import first, second

assert first.types() == second.types()

async def answer():
    return "answer"

try:
    second.native(first.coroutine(second.native(answer()))).send(None)
except StopIteration as stop:
    assert stop.value == "answer"
else:
    raise AssertionError("suspended")
types = [id(kind) for kind in first.types()]
"""


def run_apart(code):
    if sys.version_info < (3, 13):
        import _xxsubinterpreters as interpreters

        made = interpreters.create(isolated=True)
    else:
        import _interpreters as interpreters

        made = interpreters.create("isolated")
    failed = interpreters.run_string(made, code)
    assert not failed, failed
    interpreters.destroy(made)


here = {}
exec(USE, here)
for _ in range(3):
    run_apart(f"{USE}\nassert not set(types) & {set(here['types'])}, 'shared'")
exec(USE, here)
run_apart(f"{USE}\nprint('ok')")
