# SPDX-License-Identifier: MIT
"""The report for people: a line per group, and what is not as it should be."""

import sys

from baton_check.report.data import BAD, statement

COLOURS = {"PASS": 32, "SKIP": 34, "WARN": 33}
BAR = 40


class Text:
    def __init__(self, stream=None, verbose=False):
        self.stream = stream or sys.stdout
        self.verbose = verbose
        self.terminal = self.stream.isatty()
        self.done = 0

    def line(self, text=""):
        print(text, file=self.stream)

    def colour(self, verdict, text):
        if not self.terminal:
            return text
        return f"\x1b[{COLOURS.get(verdict, 31)}m{text}\x1b[0m"

    def progress(self, result, total):
        """One more has ended."""
        self.done += 1
        if self.terminal:
            filled = BAR * self.done // total
            bar = "#" * filled + "." * (BAR - filled)
            end = "\r" if self.done < total else "\r\x1b[K"
            text = f"\r[{bar}] {self.done}/{total} {result['id'][:36]:36}"
            print(text, end=end, file=self.stream, flush=True)

    def groups(self, results):
        found = {}
        for one in results:
            found.setdefault((one["tier"], one["group"]), []).append(one)
        for (tier, group), members in found.items():
            yield tier, group, members

    def table(self, results):
        for tier, group, members in self.groups(results):
            passed = sum(one["verdict"] == "PASS" for one in members)
            checked = sum(one["verdict"] != "SKIP" for one in members)
            odd = [one["verdict"] for one in members if one["verdict"] != "PASS"]
            told = ", ".join(f"{odd.count(name)} {name}" for name in sorted(set(odd)))
            worst = next((name for name in odd if name in BAD), None)
            count = self.colour(worst or "PASS", f"{passed:3}/{checked:<3}")
            self.line(f"  {group:<12}{tier:<17}{count}  {told}".rstrip())

    def details(self, result):
        verdict = self.colour(result["verdict"], f"{result['verdict']:<5}")
        self.line(f"{verdict} {result['id']}: {result['title']}")
        self.line(f"      {', '.join(result['requirements'])}")
        if result["reason"]:
            self.line(f"      {result['reason']}")
        for one in result["broken"]:
            self.line(f"      expected  {one['expected']}")
            self.line(f"      came      {one['came']}")
        if result["output"].strip():
            self.line("      it said:")
            for text in result["output"].strip().splitlines()[-20:]:
                self.line(f"        {text}")

    def report(self, report):
        results = report["results"]
        self.table(results)
        self.line()
        shown = (*BAD, "WARN") if not self.verbose else (*BAD, "WARN", "SKIP")
        for one in results:
            if one["verdict"] in shown:
                self.details(one)
        counts = [f"{n} {name}" for name, n in report["summary"].items() if n]
        self.line(f"{len(results)} behaviours: {', '.join(counts)}")
        self.line(f"seed {report['seed']}")
        self.line(statement(report))
