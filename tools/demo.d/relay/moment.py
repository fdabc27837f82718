# SPDX-License-Identifier: MIT
"""One suspended moment: who awaits whom, from `report` down to the innermost."""

import os

import baton


class Moment:
    def __init__(self):
        self.members, self.in_flight = [], 0

    def record(self, stages, in_flight):
        """Looks at stages, each with its language, the outermost first. Between two
        steps of the loop only."""
        self.members = [member(*stage) for stage in stages]
        self.in_flight = in_flight


def member(language, stage):
    """A member of the chain, with its file and line as far as they are known."""
    found = baton.await_chain(stage)[0]
    is_known = found["file"] and not found["file"].startswith("<")
    place = f"{os.path.basename(found['file'])}:{found['line']}" if is_known else ""
    return {
        "name": found["name"],
        "language": language,
        "kind": type(stage).__name__.replace("_", " "),
        "place": place,
    }
