# SPDX-License-Identifier: MIT
"""The failures that are expected, one by one, each with its reason.

A test is listed only if it asserts what no relay can give: an exact native type, the
flags or the code of a function, or what is seen of the harness's own wrapper. All
else is a bug of the binding. A listed test that passes, and one that does not exist,
make a run fail.
"""

import dataclasses

TYPE = "asserts an exact native type"
FLAGS = "asserts the flags, the code or the identity of a function"
WRAPPER = "sees the harness's own wrapper"

FIRST, LAST = (3, 10), (3, 99)
ALL = ("1", "4", "1n", "4n")


@dataclasses.dataclass(frozen=True)
class Expected:
    suite: str
    test: str  # without the module: its name differs between versions
    kind: str  # TYPE, FLAGS or WRAPPER
    why: str
    part: str = ""  # the subtest, or the example of a docstring
    since: tuple = FIRST
    until: tuple = LAST
    relays: tuple = ALL

    def applies(self, version, suite, relays):
        return (
            self.suite == suite
            and self.since <= version <= self.until
            and relays in self.relays
        )


EXPECTED = []
