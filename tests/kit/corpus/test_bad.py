# SPDX-License-Identifier: MIT
"""Each bad provider breaks one requirement, and is blamed for that alone.

Writes what was found to build/corpus/bad/results.json, which the table of
tools/kit/coverage.py is made from.
"""

import concurrent.futures
import json
import unittest

from corpus import BAD, ROOT, SEED, check, entries, find_kit, load

build = load(BAD / "build.py")
RESULTS = build.OUTPUT / "results.json"
MANIFEST = ROOT / "abi" / "manifest.json"
JOBS = 5  # most of the time they wait for what hangs
# What walks find, tests/kit/walk shows; they name the step at which a run leaves
# the model, which may come long after the defect.
OPTIONS = (SEED, "--jobs", "1", "--exclude", "walk")


def levels():
    """Requirement to MUST or SHOULD."""
    rules = json.loads(MANIFEST.read_text())["requirements"]
    return {rule["id"]: rule["level"] for rule in rules}


def allowed():
    """What expected.txt says, as (provider, what)."""
    return {tuple(line.split()[:2]) for line in entries(BAD / "expected.txt")}


def blame(name, rule, expected):
    """The requirements that the kit is to name."""
    also = {what[5:] for one, what in expected if one == name and what[:5] == "ALSO:"}
    return also if (name, "UNSEEN") in expected else also | {rule}


def named(report):
    """The requirements that the kit names."""
    return set(report.blamed("FAIL", "LEAK", "WARN"))


class Bad(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.levels = levels()
        cls.sources = build.sources()
        libraries = build.build_all(cls.sources)
        kit = find_kit()
        with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
            found = pool.map(lambda one: check(kit, one, *OPTIONS), libraries)
            names = (source.stem for source in cls.sources)
            cls.reports = dict(zip(names, found, strict=True))
        results = {
            name: report.blamed("FAIL", "LEAK", "WARN")
            for name, report in cls.reports.items()
        }
        RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")

    def each(self, breaks=True):
        """Name, requirement, and report of what can be loaded."""
        for source in self.sources:
            rule = build.requirement_of(source)
            report = self.reports[source.stem]
            if bool(rule) == breaks and report.status != 2:
                yield source.stem, rule, report

    def test_it_is_blamed_for_its_requirement_alone(self):
        expected = allowed()
        for name, rule, report in self.each():
            with self.subTest(provider=name):
                self.assertIn(rule, self.levels)
                self.assertEqual(named(report), blame(name, rule, expected))

    def test_it_does_not_conform_if_that_is_a_must(self):
        expected = allowed()
        for name, rule, report in self.each():
            must = self.levels[rule] == "MUST" and blame(name, rule, expected)
            hangs = report.having("CRASH", "HANG")
            with self.subTest(provider=name):
                self.assertEqual(report.status, 1 if must or hangs else 0)

    def test_it_crashes_and_hangs_only_where_that_is_known(self):
        found = {
            (name, each["verdict"])
            for name, _, report in self.each()
            for each in report.having("CRASH", "HANG")
        }
        expected = {one for one in allowed() if one[1] in ("CRASH", "HANG")}
        self.assertEqual(sorted(found), sorted(expected))

    def test_what_is_no_provider_is_refused_with_a_reason(self):
        found = {name for name, report in self.reports.items() if report.status == 2}
        self.assertEqual(found, {one for one, what in allowed() if what == "REFUSED"})
        for name in found:
            self.assertIn(name, self.reports[name].message)

    def test_what_breaks_nothing_is_silent(self):
        for name, _, report in self.each(breaks=False):
            loud = report.having("FAIL", "LEAK", "WARN", "CRASH", "HANG")
            with self.subTest(provider=name):
                self.assertEqual(loud, [])
                self.assertEqual(report.status, 0, report.message)

    def test_a_source_says_first_what_is_wrong(self):
        for source in self.sources:
            with self.subTest(provider=source.stem):
                first = source.read_text().splitlines()[1]
                self.assertTrue(first.startswith("/* "), first)


if __name__ == "__main__":
    unittest.main()
