# SPDX-License-Identifier: MIT
"""Every producer with every consumer: see README.md.

INTEROP_LANGUAGES="c rust" leaves the others out.
"""

import concurrent.futures
import itertools
import os
import sys
import unittest

import libraries
import scenario
import verdicts


def run_all():
    """The folder is built once; pairs run side by side."""
    folder, languages = libraries.build()
    chosen = os.environ.get("INTEROP_LANGUAGES", "").split() or languages
    pairs = list(itertools.product(chosen, chosen))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda pair: verdicts.run_pair(folder, *pair), pairs)
        return chosen, [cell for cells in found for cell in cells]


class Matrix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.languages, cls.cells = run_all()
        cls.excuses = [
            *verdicts.read_excuses("excused.txt", defect=False),
            *verdicts.read_excuses("defects.txt", defect=True),
        ]
        verdicts.excuse(cls.cells, cls.excuses)

    @classmethod
    def tearDownClass(cls):
        print(verdicts.table(cls.cells, cls.languages), file=sys.stderr)

    def test_every_cell_holds(self):
        for cell in self.cells:
            if cell.excuse:
                continue
            with self.subTest(str(cell)):
                self.assertEqual(cell.wrong, "")

    def test_every_pair_has_all_cells(self):
        expected = sum(len(one.modes) for one in scenario.read_all())
        for pair in itertools.product(self.languages, self.languages):
            own = [c for c in self.cells if (c.producer, c.consumer) == pair]
            with self.subTest(pair):
                self.assertEqual(len(own), expected)

    def test_every_excuse_is_needed(self):
        for one in self.excuses:
            here = all(
                any(verdicts.fits(name, pattern) for name in self.languages)
                for pattern in one.patterns[:2]
            )
            with self.subTest(str(one)):
                self.assertTrue(one.cells or not here, "it names no cell")


if __name__ == "__main__":
    unittest.main()
