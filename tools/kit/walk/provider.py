# SPDX-License-Identifier: MIT
"""A library under test, as something to compare with the model."""

import shlex
import signal
import subprocess

from blame import requirement
from casting import ProviderGenerator
from compare import Subject
from exports import EXPORTS, made_by
from generate import walk_seed
from model.script import Node, Walk, write_walk
from model.words import ASYNC_GENERATOR, AWAITABLES, COROUTINE, GENERATOR
from oracle import ProviderModel, agrees, visible

ARGUMENTS = {
    "c": "@1",
    "g": "@2",
    "a": "@3",
    "n": 1,
    "k": "value",
    "t": "'1",
    "v": 1,
}


# Each drop takes so many times as long if its effects are waited for.
SETTLING = 10


class CannotRun(Exception):
    """The executor or its library cannot be used; the text says why."""


def ending_of(status):
    """How a process has ended, from what its parent is told."""
    if status >= 0:
        return f"the executor ended with status {status}"
    return f"the executor was ended by {signal.Signals(-status).name}"


class Provider(Subject):
    """`command` runs walks on the library; `limit` is how many seconds it may take for
    some of them; walks have nothing that is named in `without`. If it `settles`, what is
    dropped has had its effects before a walk goes on, even if that is let go of on
    another thread.
    """

    def __init__(self, command, limit, without=()):
        super().__init__(command)
        self.limit = limit
        self.without = without
        unknown = set(without) - {
            *AWAITABLES,
            "sharing",
            *(f"kit.{name}" for name in EXPORTS),
        }
        if unknown:
            raise CannotRun(
                f"walks without {min(unknown)}: neither an awaitable, an export nor sharing"
            )
        self.ended = None
        self.hangs = False
        self.settles = False
        self.describe()
        self.model = ProviderModel

    def describe(self):
        """Ask which exports there are, and what they are."""
        cast = [Node(COROUTINE), Node(GENERATOR), Node(ASYNC_GENERATOR)]
        walks = []
        for name, (kind, signature, _) in EXPORTS.items():
            arguments = [ARGUMENTS[letter] for letter in signature.rstrip("*")]
            walks.append(Walk([Node(kind, [("as", name, *arguments)]), *cast], []))
        lines = self.output(walks, "--describe").splitlines()
        traits = {}
        for line in lines:
            if line.startswith("made "):
                _, name, *words = line.split()
                traits[name] = words
        self.links = {
            name: "link" in words
            for name, words in traits.items()
            if (EXPORTS[name][0] != ASYNC_GENERATOR or "asend" in words)
            and f"kit.{name}" not in self.without
        }
        self.told = {name for name, words in traits.items() if "state" in words}
        if self.ended:
            raise CannotRun(self.ended)

    def output(self, walks, *more):
        """What the executor writes; `ended` says how it ended, None if well."""
        text = "".join([write_walk(walk) for walk in walks])
        limit = self.limit * (SETTLING if self.settles else 1)
        self.hangs = False
        try:
            done = subprocess.run(
                [*self.command, *more],
                input=text,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=limit,
            )
        except subprocess.TimeoutExpired as late:
            self.ended = f"no end after {limit:g} seconds"
            self.hangs = True
            return (late.stdout or b"").decode(errors="replace")
        except OSError as error:
            raise CannotRun(f"{shlex.join(self.command)}: {error}") from error
        if done.returncode == 2 and not done.stdout:
            raise CannotRun(done.stderr.strip().partition("\n")[0])
        self.ended = None
        if done.returncode:
            words = done.stderr.strip().splitlines()[-1:]
            self.ended = ": ".join([ending_of(done.returncode), *words])
        return done.stdout

    def traces(self, walks):
        traces, lines = [], []
        hidden = map(self.hidden, walks)
        how = ["--settle"] if self.settles else []
        for line in self.output(walks, *how).splitlines():
            if line == "end":
                traces.append(self.shown(lines, next(hidden)))
                lines = []
            else:
                lines.append(line)
        if self.ended and len(traces) < len(walks):
            traces.append([*self.shown(lines, next(hidden)), self.ended])
        return traces

    def hidden(self, walk):
        """The nodes whose states cannot be compared."""
        return [
            at
            for at, node in enumerate(walk.nodes)
            if made_by(node) and made_by(node) not in self.told
        ]

    def shown(self, lines, hidden):
        return [visible(line, hidden) for line in lines]

    def walk(self, seed, number):
        seed = walk_seed(seed, number)
        return ProviderGenerator(seed, self.links, self.without).walk()

    def expected(self, walk, hits=None):
        return self.shown(super().expected(walk, hits), self.hidden(walk))

    def same(self, expected, trace):
        return len(expected) == len(trace) and all(map(agrees, expected, trace))

    def allowed(self, walk):
        """Whether a shrunk walk is one that could have been made."""
        return all(
            (made_by(node) is None) or node.code[1:] == () for node in walk.nodes
        )

    def blamed(self, walk, expected, found):
        """The requirement of the first difference."""
        model = self.model()
        model.run_walk(walk)
        longest = max(len(expected), len(found))
        for at in range(longest):
            left = expected[at] if at < len(expected) else None
            right = found[at] if at < len(found) else None
            if left is None or right is None or not agrees(left, right):
                cause = model.causes[at] if at < len(expected) else None
                export = made_by(walk.nodes[cause.op[1]]) if cause else None
                return requirement(left, right, cause, export)
        raise ValueError("no difference")
