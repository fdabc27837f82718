# SPDX-License-Identifier: MIT
"""Runs walks on the model and on an executor, and finds the walks whose traces differ."""

import gc
import subprocess

import cpython
from differences import Unspeakable, model_of_this_python, replaced_cells
from generate import Generator, walk_seed
from model.script import write_walk
from model.tables import CELLS
from model.walk import Model


class Subject:
    """What is compared with the model: this CPython, or a command that speaks the
    protocol (see README.md).
    """

    def __init__(self, command):
        self.command = command
        self.in_process = command == ["cpython"]
        # Only a push-style driver knows pending, and a close that accepts suspensions.
        self.pushes = not self.in_process
        self.model = model_of_this_python() if self.in_process else Model
        self.cells = CELLS - replaced_cells() if self.in_process else CELLS
        if self.in_process:
            cpython.prepare()

    def walk(self, seed, number):
        return Generator(walk_seed(seed, number), self.pushes).walk()

    def traces(self, walks):
        """The traces of the executor."""
        if self.in_process:
            traces = [cpython.run_walk(walk) for walk in walks]
            gc.collect()
            return traces
        text = "".join([write_walk(walk) for walk in walks])
        done = subprocess.run(self.command, input=text, capture_output=True, text=True)
        traces, lines = [], []
        for line in done.stdout.splitlines():
            if line == "end":
                traces.append(lines)
                lines = []
            else:
                lines.append(line)
        if len(traces) < len(walks):
            traces.append(
                [
                    *lines,
                    f"the executor ended with {done.returncode}",
                    *done.stderr.splitlines()[:40],
                ]
            )
        return traces

    def expected(self, walk, hits=None):
        """The trace of the model, or None if the host is known to be broken there."""
        model = self.model()
        if hits is not None:
            model.hits = hits
        try:
            return model.run_walk(walk)
        except Unspeakable:
            return None

    def same(self, expected, trace):
        return expected == trace

    def first_different(self, walks):
        """The first walk whose traces differ, or None."""
        pairs = [(walk, self.expected(walk)) for walk in walks]
        pairs = [(walk, trace) for walk, trace in pairs if trace is not None]
        found = self.traces([walk for walk, _ in pairs])
        for (walk, expected), trace in zip(pairs, found, strict=False):
            if not self.same(expected, trace):
                return walk
        return None


class Result:
    def __init__(self):
        self.walks = 0
        self.left_out = 0
        self.hits = set()
        self.different = []

    def add(self, other):
        self.walks += other.walks
        self.left_out += other.left_out
        self.hits |= other.hits
        self.different += other.different


def compare(subject, seed, numbers):
    """Compare some walks of a run. It ends at the first difference, whose number it
    tells.
    """
    result = Result()
    walks = [subject.walk(seed, number) for number in numbers]
    kept, wanted = [], []
    for number, walk in zip(numbers, walks, strict=True):
        expected = subject.expected(walk, result.hits)
        if expected is None:
            result.left_out += 1
        else:
            kept.append((number, walk))
            wanted.append(expected)
    result.walks = len(kept)
    found = subject.traces([walk for _, walk in kept])
    for (number, _), expected, trace in zip(kept, wanted, found, strict=False):
        if not subject.same(expected, trace):
            result.different.append(number)
            break
    return result
