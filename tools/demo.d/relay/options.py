# SPDX-License-Identifier: MIT
"""The command line."""

import asyncio
import math
import os
import sys

import loops

NAME = "baton-demo"
HELP = f"""\
usage: baton-demo-relay [OPTION...] [--] [FILE...]

Counts the lines, words and bytes of files, as wc does, with a chain of awaits
through five languages: Python gives the paths, Rust reads the files, Cython
cuts lines, C++ merges the files, C counts, and Python reports. Without a FILE,
or for -, standard input is read.

  --json        print one JSON object
  --progress    show progress even if standard error is no terminal
  --loop NAME   drive it all by {", ".join(loops.NAMES[:-1])} or {loops.NAMES[-1]}
  --cancel      wait for more files, and cancel everything after a moment
  --panic       let the stage in Rust panic before the middle file
  --timeout S   end after S seconds, with status 124
  --help        print this help
  --version     print the versions of the library and of the ABI

The exit status is 0; 1 if a file could not be read, and the others were
counted, or after a panic; 2 for a wrong command line; 124 after a time-out;
128 + N after signal N.
"""
FLAGS = ("--json", "--progress", "--cancel", "--panic", "--help", "--version")


class Options:
    def __init__(self):
        self.flags, self.names = set(), []
        self.loop, self.timeout = "asyncio", None

    def __contains__(self, flag):
        return flag in self.flags


def fail(why):
    print(f"{NAME}: {why}\nTry '{NAME} --help'.", file=sys.stderr)
    sys.exit(2)


def seconds(text):
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        fail(f"--timeout wants seconds, not '{text}'")
    return number


def take(option, arguments):
    return arguments.pop(0) if arguments else fail(f"{option} wants a value")


def read(arguments):
    """Ends the program with a message and status 2 for what cannot be."""
    given, arguments = Options(), list(arguments)
    while arguments:
        option, equals, value = (argument := arguments.pop(0)).partition("=")
        if argument == "--":
            given.names += arguments
            break
        if not argument.startswith("-") or argument == "-":
            given.names.append(argument)
        elif argument in FLAGS:
            given.flags.add(argument)
        elif option == "--loop":
            given.loop = value if equals else take(option, arguments)
        elif option == "--timeout":
            given.timeout = seconds(value if equals else take(option, arguments))
        else:
            fail(f"no such option: {argument}")
    return check(given)


def check(given):
    if given.loop not in loops.NAMES:
        fail(f"--loop is one of {', '.join(loops.NAMES)}, not '{given.loop}'")
    if given.timeout is not None and given.loop != "trio":
        if not hasattr(asyncio, "timeout"):
            fail("--timeout needs Python 3.11, or --loop trio")
    if "--cancel" in given and "--panic" in given:
        fail("--cancel and --panic do not go together")
    if "" in given.names:
        fail("a file name is empty")
    if given.names.count("-") > 1:
        fail("- is given more than once")
    given.names = [os.fsencode(name) for name in given.names or ["-"]]
    return given
