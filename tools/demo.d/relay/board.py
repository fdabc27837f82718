# SPDX-License-Identifier: MIT
"""What came of the files so far, and which stages have cleaned up."""

import dataclasses

STREAMS_MOST = 64  # files in flight at once


@dataclasses.dataclass
class File:
    name: bytes
    lines: int = 0
    words: int = 0
    bytes: int = 0
    errno: int = 0  # why it could not be read to its end
    done: bool = False


class Stream:
    """One of the chains below `merge`: it reads one file after another."""

    def __init__(self, board, index):
        self.board, self.index = board, index
        self.file = None  # the number of the one that it reads
        self.awaited = None  # by its source

    def take(self):
        """Gives the number of a file that no stream has, or None."""
        self.file = next(self.board.untaken, None)
        self.board.in_flight += self.file is not None
        self.board.in_flight_most = max(self.board.in_flight_most, self.board.in_flight)
        return self.file

    def wait(self, awaitable):
        self.awaited = awaitable
        return awaitable

    def left(self, language, stage):
        """Called by a stage in its cleanup."""
        self.board.leaves.append((language, stage, self.index))


class Board:
    def __init__(self, names):
        self.files = [File(name) for name in names]
        self.untaken = iter(range(len(names)))
        self.streams = [Stream(self, i) for i in range(min(len(names), STREAMS_MOST))]
        self.leaves = []  # (language, stage, stream or None), in the order of cleanup
        self.done = self.failed = self.in_flight = self.in_flight_most = 0
        self.pieces = self.switches = self.bytes = 0
        self.last = None  # the file of the latest piece

    def left(self, language, stage):
        """As Stream.left, of what all streams share."""
        self.leaves.append((language, stage, None))

    def advance(self, file, lines, words, size):
        """Notes the counts of one more piece of a file."""
        entry = self.files[file]
        entry.lines += lines
        entry.words += words
        entry.bytes += size
        self.bytes += size
        self.switches += self.last not in (None, file)
        self.pieces += 1
        self.last = file

    def finish(self, file, errno):
        """Notes that a file ended, with the platform's error or 0."""
        entry = self.files[file]
        entry.done, entry.errno = True, errno
        self.done += 1
        self.failed += errno != 0
        self.in_flight -= 1

    def cleaned_up(self):
        """How many streams were in a file, and all of whose stages have left."""
        left = [stream for language, stage, stream in self.leaves if stage == "split"]
        return sum(
            stream.file is not None and not self.files[stream.file].done
            for stream in map(self.streams.__getitem__, left)
        )
