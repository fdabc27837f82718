# SPDX-License-Identifier: MIT
"""What goes to standard error: one live line, and what is to be said."""

import os
import sys
import time

import text
from options import NAME

INTERVAL = 0.1  # seconds


def say(message):
    print(f"{NAME}: {message}", file=sys.stderr, flush=True)


class Progress:
    def __init__(self, board, shown):
        self.board, self.shown, self.drawn = board, shown, False
        self.started = self.latest = time.monotonic()

    def tell(self, file):
        """Something came of a file; that it could not be read is told by name."""
        entry = self.board.files[file]
        if entry.errno:
            self.clear()
            say(f"{text.for_people(entry.name)}: {os.strerror(entry.errno)}")
        if self.shown and time.monotonic() - self.latest >= INTERVAL:
            self.draw()

    def draw(self):
        self.latest, self.drawn = time.monotonic(), True
        board, megabytes = self.board, self.board.bytes * 1e-6
        rate = megabytes / (self.latest - self.started)
        sys.stderr.write(
            f"\r{board.done} of {len(board.files)} files, {board.in_flight} in flight, "
            f"{megabytes:.1f} MB, {rate:.1f} MB/s\x1b[K"
        )
        sys.stderr.flush()

    def clear(self):
        """Takes the line away, so that something else can be written."""
        if self.drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        self.drawn = False
