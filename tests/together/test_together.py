# SPDX-License-Identifier: MIT
"""Extensions of four languages, built apart, share a process and a chain."""

import unittest

import chains
import members  # it finds what other tests have
from support import process

NAMES = [*chains.LINKS, "baton"]
# Each one comes first, and so makes the types for all; then the same in reverse.
ORDERS = [*chains.rotations(NAMES)][: len(NAMES) + 1]
TOPICS = ["shared_types", "results", "errors", "cancellation", "by_hand", "panics"]
TOPICS += ["streaming", "depth", "leaks"]


class Together(process.Subprocess):
    def setUp(self):
        self.folder = str(members.HERE)

    def shows(self, topics, orders, *options, carried=True):
        """A process for each order finds no mistake, and reports nothing."""
        environment = {"PYTHONPATH": members.path(carried)}
        expected = "".join(f"{topic}\n" for topic in topics)
        for names in orders:
            with self.subTest(" ".join(names)):
                code = f"import chains; chains.run({names!r}, {topics!r})"
                self.prints(code, expected, *options, environment=environment)

    def test_in_every_order_of_import(self):
        self.shows(TOPICS, ORDERS)

    def test_with_checks_of_memory_and_warnings(self):
        self.shows(TOPICS, ORDERS[:1], "-X", "dev")

    def test_an_extension_without_the_shim_brings_the_package(self):
        first = [names for names in ORDERS if names[0] == "rust_two"]
        self.shows(TOPICS, first, carried=False)


if __name__ == "__main__":
    unittest.main()
