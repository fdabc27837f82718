# SPDX-License-Identifier: MIT
"""The module stage_cython: cuts chunks where lines end."""
from contextlib import aclosing

from baton cimport delegate, shared

cdef Py_ssize_t LONG = 65536  # a line from here on is not waited for


@shared
async def split(chunks, left):
    """Of chunks that end anywhere come pieces that end with a line, as far as
    lines are not too long. What is no chunk ends a file, and is handed on."""
    cdef bytes rest = b"", text
    cdef Py_ssize_t end
    try:
        async with aclosing(chunks):
            while True:
                # Whoever drives this drives the chunks, too, until one is there.
                file, chunk = await delegate(anext(chunks))
                if isinstance(chunk, bytes):
                    text = rest + chunk if rest else chunk
                    end = text.rfind(b"\n") + 1
                    if len(text) - end >= LONG:
                        end = len(text)
                    rest = text[end:]
                    if end:
                        yield file, text[:end]
                else:
                    if rest:
                        yield file, rest
                    rest = b""
                    yield file, chunk
    except StopAsyncIteration:
        pass
    finally:
        left("cython", "split")
