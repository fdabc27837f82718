# SPDX-License-Identifier: MIT
"""The command. Who awaits whom is in relay.py."""

import os
import signal
import sys
import time

import baton
import loops
import options
import relay
import report
import stage_rust
from board import Board
from moment import Moment
from progress import Progress, say

MOMENT = 0.5  # seconds until --cancel


class Interrupt:
    """While it is entered, SIGINT and SIGTERM cancel the work, and a second one ends
    the process at once. A signal that was ignored stays ignored."""

    def __init__(self, loop):
        self.loop, self.number, self.before = loop, 0, {}

    def __enter__(self):
        for number in signal.SIGINT, signal.SIGTERM:
            if signal.getsignal(number) != signal.SIG_IGN:
                self.before[number] = signal.signal(number, self.receive)
        return self

    def __exit__(self, *raised):
        for number, handler in self.before.items():
            signal.signal(number, handler)

    def receive(self, number, frame):
        if self.number:
            os._exit(128 + number)
        self.number = number
        self.loop.cancel()


class Run:
    def __init__(self, given):
        self.given, self.loop = given, loops.find(given.loop)
        self.board, self.chain = Board(given.names), Moment()
        self.progress = Progress(
            self.board, "--progress" in given or sys.stderr.isatty()
        )

    async def main(self):
        """Gives how the work ended, and the signal that ended it or 0."""
        gate, board = stage_rust.Gate(), self.board
        panic_at = len(board.files) // 2 if "--panic" in self.given else None
        stages = relay.chain(board, gate, "--cancel" in self.given, panic_at)
        work = relay.report(stages[0][1], board, self.progress)

        def look():
            awaited = "rust", board.streams[0].awaited
            self.chain.record([("python", work), *stages, awaited], board.in_flight)

        def begin():
            look()
            gate.open()

        def cancel():
            look()
            self.loop.cancel()

        self.loop.soon(begin)
        if "--cancel" in self.given:
            self.loop.later(MOMENT, cancel)
        with Interrupt(self.loop) as interrupt:
            return await self.loop.guard(work, self.given.timeout), interrupt.number

    def tell(self, end, number, seconds):
        board, given = self.board, self.given
        flight = (
            f"{board.done} of {len(board.files)} files done, {board.in_flight} in flight, "
            f"{board.cleaned_up()} cancelled and cleaned up"
        )
        if number and end == loops.CANCELLED:
            say(f"interrupted; {flight}")
            return 128 + number
        if end == loops.TIMED_OUT:
            say(f"timed out; {flight}")
            return 124
        if "--json" in given:
            report.write(report.as_json(board, self.chain, seconds))
        elif end == loops.CANCELLED:
            report.write(report.cancelled(board, self.chain))
        else:
            report.write(report.table(board, self.chain, seconds))
        return int(board.failed > 0)

    def __call__(self):
        started = time.monotonic()
        try:
            end, number = self.loop.run(self.main)
        finally:
            self.progress.clear()
        try:
            return self.tell(end, number, time.monotonic() - started)
        except OSError as error:
            say(f"standard output: {error.strerror}")
            return 1


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until there is work to cancel
    given = options.read(sys.argv[1:])
    if "--help" in given:
        print(options.HELP, end="")
        return 0
    if "--version" in given:
        abi = ".".join(map(str, baton.abi_version))
        print(f"{options.NAME} (lib = {baton.lib_version}, abi = {abi})")
        return 0
    try:
        run = Run(given)
    except ImportError as error:
        options.fail(f"--loop {given.loop}: {error}")
    return run()


if __name__ == "__main__":
    sys.exit(main())
