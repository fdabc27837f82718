# SPDX-License-Identifier: MIT
"""The source: what a file holds, chunk by chunk, as an async generator."""

import asyncio
import errno
import os
import stat

SIZE = 65536  # bytes
FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


def open_file(name):
    """A descriptor; "-" is standard input."""
    return 0 if name == b"-" else os.open(name, FLAGS)


async def readable(descriptor):
    """Waits until something can be read from a pipe or a terminal."""
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    loop.add_reader(descriptor, lambda: ready.done() or ready.set_result(None))
    try:
        await ready
    finally:
        loop.remove_reader(descriptor)


def can_be_watched(descriptor):
    """Whether the loop can wait for it: not for regular files and /dev/null."""
    loop = asyncio.get_running_loop()
    try:
        loop.add_reader(descriptor, int)
        return loop.remove_reader(descriptor)
    except PermissionError:
        return False


async def read_some(descriptor, watched):
    """Reads what there is, on a thread where the loop cannot wait for it."""
    while watched:
        await readable(descriptor)
        try:
            return os.read(descriptor, SIZE)
        except BlockingIOError:
            continue  # somebody else was faster
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, os.read, descriptor, SIZE)


async def chunks(name):
    descriptor = open_file(name)
    try:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        watched = can_be_watched(descriptor)
        while chunk := await read_some(descriptor, watched):
            yield chunk
    finally:
        if descriptor > 0:
            os.close(descriptor)
