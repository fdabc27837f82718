# SPDX-License-Identifier: MIT
"""Every good provider passes, and what is skipped of it is known.

    python3 test_good.py --write

writes skips.txt anew, to be read before it is believed.
"""

import subprocess
import sys
import unittest

from corpus import GOOD, ROOT, SEED, check, entries, find_kit

SKIPS = GOOD.parents[1] / "kit" / "corpus" / "skips.txt"
HEADING = """\
# What the kit skips of the good providers: provider, check, and a reason: the
# first of several exports. `test_good.py --write` writes it.
"""


def name_of(library):
    return library.rpartition("good_")[2].removesuffix(".so")


def build():
    """The good providers that can be built here: name to library."""
    command = [sys.executable, GOOD / "build.py"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return {name_of(line): line for line in done.stdout.split()}


def quirks(name):
    """The options that declare where this provider deviates, and why."""
    declared = GOOD / f"{name}.ini"
    return ["--quirks", declared] if declared.exists() else []


def check_all():
    """Name to report."""
    kit = find_kit()
    return {
        name: check(kit, library, SEED, "--jobs", "1", *quirks(name), timeout=600)
        for name, library in build().items()
    }


def skips(report):
    """Check to the reason why it was skipped, for the first export at least."""
    found = {}
    for each in report.having("SKIP"):
        found.setdefault(each["id"].partition(":")[0], each["reason"])
    return found


class Good(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.reports = check_all()

    def test_some_were_built(self):
        self.assertLessEqual({"c", "hand", "cpp"}, set(self.reports))

    def test_each_is_silent_but_for_declared_deviations(self):
        for name, report in self.reports.items():
            with self.subTest(provider=name):
                loud = report.having("FAIL", "LEAK", "WARN", "CRASH", "HANG")
                loud = [each for each in loud if "deviation" not in each]
                self.assertEqual(loud, [])
                self.assertEqual(report.status, 0, report.message)

    def test_each_passes_something(self):
        for name, report in self.reports.items():
            with self.subTest(provider=name):
                self.assertGreater(len(report.having("PASS")), 100)

    def test_what_is_skipped_is_listed(self):
        listed = [tuple(line.split()[:2]) for line in entries(SKIPS)]
        for name, report in self.reports.items():
            with self.subTest(provider=name):
                known = [check for one, check in listed if one == name]
                self.assertEqual(sorted(skips(report)), known)


def write():
    lines = [
        f"{name} {check} {reason}\n"
        for name, report in sorted(check_all().items())
        for check, reason in sorted(skips(report).items())
    ]
    SKIPS.write_text(HEADING + "".join(lines))
    print(f"{len(lines)} lines in {SKIPS.relative_to(ROOT)}")


if __name__ == "__main__":
    write() if sys.argv[1:] == ["--write"] else unittest.main()
