# SPDX-License-Identifier: MIT
"""One thing that differs between two versions of the contract."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    name: str  # of what changed: "baton_type.query"
    text: str
    breaking: bool
    draft: bool = False

    def __str__(self):
        verdict = "breaking" if self.breaking else "append"
        return f"{verdict}: {self.name}: {self.text}"
