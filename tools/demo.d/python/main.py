# SPDX-License-Identifier: MIT
"""The demo in Python: asyncio drives it, its stages are the demo's C coroutines.

Who awaits whom, for each of up to 64 files at a time:

    main            async def        runs the lanes; the sink
      run_lane      C coroutine      awaits one file after another
        count_file  C coroutine      async for over the tallies of a file
          split     C async gen.     async for over chunks; words and lines
            read    C async gen.     async for over what Python yields
              chunks  async def      the source: reads the file
"""

import asyncio
import os
import signal
import sys
import time

import stages
from chunks import chunks

NAME = "baton-demo"
HELP = f"""\
usage: baton-demo-python [--json] [--progress] [--] [FILE...]

Counts the lines, words and bytes of files, as wc does, with a pipeline for each
of up to {stages.LANES_MOST} files at a time: an async def of Python reads the
file, coroutines in C count, and asyncio drives them all. Without a FILE, or for
-, standard input is read.

  --json      print one JSON object
  --progress  show progress even if standard error is no terminal
  --help      print this help
  --version   print the versions of the library and of the ABI

The exit status is 0; 1 if a file could not be read, and the others were
counted; 2 for a wrong command line; 128 + N after signal N.
"""


def fail(why):
    print(f"{NAME}: {why}\nTry '{NAME} --help'.", file=sys.stderr)
    sys.exit(2)


def read_options(arguments):
    options, names = set(), []
    for index, argument in enumerate(arguments):
        if argument == "--":
            names += arguments[index + 1 :]
            break
        if not argument.startswith("-") or argument == "-":
            names.append(argument)
        elif argument in ("--json", "--progress", "--help", "--version"):
            options.add(argument)
        else:
            fail(f"no such option: {argument}")
    if "" in names:
        fail("a file name is empty")
    if names.count("-") > 1:
        fail("- is given more than once")
    return options, tuple(map(os.fsencode, names or ["-"]))


class Interrupt:
    """SIGINT and SIGTERM cancel a task; a second one ends the process."""

    def __init__(self, task):
        self.task, self.signal = task, 0
        for number in signal.SIGINT, signal.SIGTERM:
            if signal.getsignal(number) != signal.SIG_IGN:
                loop = asyncio.get_running_loop()
                loop.add_signal_handler(number, self.receive, number)

    def receive(self, number):
        if self.signal:
            os._exit(128 + number)
        self.signal = number
        self.task.cancel()


async def draw(run):
    while True:
        await asyncio.sleep(0.1)
        run.draw()


async def count(run, files):
    """Runs the lanes; the first that fails, or a cancel, ends the others."""
    loop, me = asyncio.get_running_loop(), asyncio.current_task()
    lanes = [
        asyncio.ensure_future(run.lane()) for _ in range(min(files, stages.LANES_MOST))
    ]
    # Behind the first step of each lane.
    loop.call_soon(lambda: run.record(me.get_coro()))
    try:
        await asyncio.gather(*lanes)
    finally:
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)


async def main(run, files):
    """Gives the signal that cancelled the work, or 0."""
    counting = asyncio.ensure_future(count(run, files))
    interrupt = Interrupt(counting)
    drawing = asyncio.ensure_future(draw(run))
    try:
        await counting
    except asyncio.CancelledError:
        if not interrupt.signal:
            raise
    finally:
        drawing.cancel()
        stages.clear_progress()
    return interrupt.signal


def tell_interrupted(counts):
    print(
        "{}: interrupted; {done} of {files} files done, {in_flight} in flight, "
        "{cancelled} cancelled and cleaned up".format(NAME, **counts),
        file=sys.stderr,
    )


def run_files(options, names):
    run, started = stages.Run(names, chunks), time.monotonic()
    if "--progress" in options or sys.stderr.isatty():
        stages.start_progress()
    number = asyncio.run(main(run, len(names)))
    if number:
        tell_interrupted(run.counts())
        return 128 + number
    try:
        run.report("--json" in options, time.monotonic() - started)
    except OSError as error:
        print(f"{NAME}: standard output: {error.strerror}", file=sys.stderr)
        return 1
    return int(run.counts()["failed"] > 0)


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    given, files = read_options(sys.argv[1:])
    if "--help" in given:
        print(HELP, end="")
    elif "--version" in given:
        print(f"{NAME} (lib = {stages.lib_version}, abi = {stages.abi_version})")
    else:
        sys.exit(run_files(given, files))
