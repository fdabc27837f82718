# SPDX-License-Identifier: MIT
"""The results on standard output, for people or as JSON."""

import json
import os

import text

KEYS = ("lines", "words", "bytes")


def write(lines):
    """Raises OSError, and leaves nothing behind to be written later."""
    data = "".join(f"{line}\n" for line in lines).encode()
    while data:
        data = data[os.write(1, data) :]


def counts(entry):
    return [getattr(entry, key) for key in KEYS]


def total(board):
    good = [counts(entry) for entry in board.files if not entry.errno]
    return [sum(column) for column in zip([0, 0, 0], *good, strict=True)]


# --- For people ---------------------------------------------------------------


def table(board, chain, seconds):
    widths = [max(5, len(str(number))) for number in total(board)]

    def row(cells, name):
        cells = (f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        return "  ".join([*cells, name])

    yield row(KEYS, "file")
    for entry in board.files:
        if not entry.errno:
            yield row(counts(entry), text.for_people(entry.name))
    if len(board.files) > 1:
        yield row(total(board), "total")
    yield ""
    yield (
        f"{len(board.files)} files, up to {board.in_flight_most} in flight in one task; "
        f"{board.pieces} pieces,"
    )
    yield (
        f"of which {board.switches} came from another file than the one before; "
        f"{seconds:.3f} s"
    )
    yield ""
    yield "The await chain at the start:"
    yield from chain_lines(chain)


def chain_lines(chain):
    for member in chain.members:
        yield (
            f"  {member['name']:<15}  {member['language']:<8}  {member['kind']:<15}  "
            f"{member['place']}"
        ).rstrip()


def cancelled(board, chain):
    """The chain that a cancellation met, and the cleanups in their order: of one
    stream, and of what is around all streams."""
    yield f"The await chain when the cancellation comes, {board.done} files done:"
    yield from chain_lines(chain)
    yield ""
    yield "It is thrown into the innermost. The cleanups, in their order:"
    others = len(board.streams) - 1
    for language, stage, stream in board.leaves:
        if stream is None and others:
            yield f"    and the same in {others} other streams"
            others = 0
        if not stream:
            yield f"  {stage:<15}  {language}"


# --- For machines -------------------------------------------------------------


def file_entry(entry):
    if entry.errno:
        found = {"errno": entry.errno, "error": os.strerror(entry.errno)}
    else:
        found = dict(zip(KEYS, counts(entry), strict=True))
    return {**text.for_json(entry.name), **found}


def as_json(board, chain, seconds):
    yield json.dumps(
        {
            "files": list(map(file_entry, board.files)),
            "total": dict(zip(KEYS, total(board), strict=True)),
            "run": {
                "in_flight": board.in_flight_most,
                "pieces": board.pieces,
                "switches": board.switches,
                "seconds": round(seconds, 6),
            },
            "chain": chain.members,
            "cleanups": [
                {"language": language, "stage": stage, "stream": stream}
                for language, stage, stream in board.leaves
            ],
        },
        indent=2,
        ensure_ascii=False,
    )
