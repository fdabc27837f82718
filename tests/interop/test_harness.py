# SPDX-License-Identifier: MIT
"""The harness itself: that it reads what is written, and misses nothing."""

import pathlib
import tempfile
import textwrap
import unittest
from unittest import mock

import scenario
import verdicts
from verdicts import Cell, Excuse


class Words(unittest.TestCase):
    def test_texts_and_kinds_become_words(self):
        cases = {
            'return "no"': "return text 6e6f",
            'error value "no" payload 2': "error 3 6e6f payload 2",
            'error value "a" cause error cancelled': "error 3 61 cause error 2147483650 -",
            "throw key": "throw 10 -",
            "yield -1": "yield i64 -1",
            "send f64 0.5": "send f64 3fe0000000000000",
            'return "\\xe2\\x82\\xac"': "return text e282ac",
            "yield object 0": "yield object 0",
        }
        for written, words in cases.items():
            with self.subTest(written):
                self.assertEqual(scenario.to_words(written), words)

    def test_words_are_shown_as_they_were_written(self):
        for written in ('return "no"', 'error value "no" payload 2', "yield 7"):
            words = scenario.to_words(written)
            self.assertEqual(scenario.from_words(words), written)


class Reading(unittest.TestCase):
    def read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "some.txt")
            path.write_text(textwrap.dedent(text))
            return list(scenario.read_file(path))

    def test_a_scenario_for_each_choice(self):
        found = self.read("""
            scenario sent
            for WHAT in 1 "a"
            body echo (give $WHAT)
            send none | item $WHAT = yield $WHAT
            """)
        self.assertEqual([one.name for one in found], ["sent 1", 'sent "a"'])
        self.assertEqual(found[1].body, ["echo", ["give", '"a"']])
        self.assertEqual(found[1].script, "send none")
        self.assertEqual(found[1].trace, ["item text 61", "yield text 61"])

    def test_modes(self):
        hand, awaited = self.read("""
            scenario one
            only drive
            scenario two
            await collect $witness $it 2
            """)
        self.assertEqual(hand.modes, ("drive",))
        self.assertEqual(awaited.modes, ("await",))
        self.assertEqual(awaited.wrap, ["collect", "$witness", "$it", "2"])


class Excuses(unittest.TestCase):
    def judged(self, wrong, *excuses):
        cell = Cell("c", "python", "await", "late, twice", wrong)
        verdicts.excuse([cell], list(excuses))
        return cell

    def one(self, *patterns, got="early"):
        return Excuse(patterns, got, "of the clock", False)

    def test_a_cell_that_fails_as_told_is_excused(self):
        one = self.one("c,rust", "*", "await", "never,late, *")
        cell = self.judged("got early", one)
        self.assertEqual((cell.excuse, len(one.cells)), ("of the clock", 1))

    def test_a_cell_that_fails_otherwise_is_not(self):
        cell = self.judged("got late", self.one("c", "*", "*", "*"))
        self.assertEqual((cell.excuse, cell.wrong), ("", "got late"))

    def test_a_cell_that_holds_is_wrong(self):
        cell = self.judged("", self.one("c", "*", "*", "*"))
        self.assertEqual(cell.wrong, "it holds, though excused: of the clock")

    def test_an_excuse_of_others_does_not_count(self):
        one = self.one("rust", "*", "*", "*")
        cell = self.judged("got early", one)
        self.assertEqual((cell.excuse, one.cells), ("", []))


class Processes(unittest.TestCase):
    """A pair that dies, or hangs, is a verdict, and the next cell is run."""

    def cells(self, code, time=60):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "pair.py").write_text(
                "import os, sys\nsay = lambda text: print(text, flush=True)\n"
                'FIRST = sys.argv[4] == "0"\n' + textwrap.dedent(code)
            )
            with mock.patch.multiple(verdicts, HERE=pathlib.Path(folder), TIME=time):
                return verdicts.run_pair("", "c", "rust")

    NEXT = """
        say('{"scenario": "next", "mode": "await"}')
        say('{"scenario": "next", "mode": "await", "wrong": ""}')
        """

    def verdicts(self, code, **options):
        return [cell.wrong for cell in self.cells(code, **options)]

    def test_a_crash(self):
        first = """
            if FIRST:
                say('{"scenario": "one", "mode": "drive"}')
                os.abort()
            """
        found = self.verdicts(textwrap.dedent(first) + textwrap.dedent(self.NEXT))
        self.assertEqual(found, ["the process ended with -6: ", ""])

    def test_a_hang(self):
        first = """
            if FIRST:
                say('{"scenario": "one", "mode": "drive"}')
                os.read(os.pipe()[0], 1)
            """
        code = textwrap.dedent(first) + textwrap.dedent(self.NEXT)
        found = self.verdicts(code, time=1)
        self.assertEqual(found, ["the process did not end in 1 s: ", ""])

    def test_a_process_that_never_begins(self):
        found = self.cells("raise SystemExit('no such library')")
        self.assertEqual(found[0].scenario, "the process")
        self.assertEqual(found[0].wrong, "the process ended with 1: no such library")


if __name__ == "__main__":
    unittest.main()
