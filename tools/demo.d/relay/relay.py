# SPDX-License-Identifier: MIT
"""The relay. Each stage is written in another language and awaits the next:

    report        Python   async def        async for over the counts; the sink
      count       C        async generator  lines, words and bytes of each piece
        merge     C++      async generator  up to 64 streams side by side
          split   Cython   async generator  chunks, cut behind their last lines
            read  Rust     async generator  chunks of one file after another
              paths Python async generator  the source: which files to read

What goes up is (file, chunk) or (file, errno), which ends a file, 0 if all is
well. Nothing is driven but `report`, by one task of the loop.
"""

import contextlib
import os

import stage_c
import stage_cpp
import stage_cython
import stage_rust


async def paths(stream, gate, stays_open, panic_at):
    """The files that no other stream has taken. Rust refuses an empty path."""
    try:
        await stream.wait(gate.passed())
        while (file := stream.take()) is not None:
            name = stream.board.files[file].name
            yield file, "" if file == panic_at else os.fsdecode(name)
        if stays_open:
            await stream.wait(stage_rust.Gate().passed(stream.left))
    finally:
        stream.left("python", "paths")


def chain(board, gate, stays_open=False, panic_at=None):
    """The stages from `count` to those of the first stream, with their languages.
    Nothing is read before the gate is open."""
    streams, first = [], []
    for stream in board.streams:
        source = paths(stream, gate, stays_open, panic_at)
        chunks = stage_rust.read(source, stream.left)
        pieces = stage_cython.split(chunks, stream.left)
        streams.append(pieces)
        first = first or [("cython", pieces), ("rust", chunks), ("python", source)]
    merged = stage_cpp.merge(streams, board.left)
    counts = stage_c.count(merged, len(board.files), board.left)
    return [("c", counts), ("c++", merged), *first]


async def report(counts, board, progress):
    """The sink."""
    try:
        async with contextlib.aclosing(counts):
            async for file, *counted in counts:
                if len(counted) == 3:
                    board.advance(file, *counted)
                else:
                    board.finish(file, *counted)
                progress.tell(file)
    finally:
        board.left("python", "report")
