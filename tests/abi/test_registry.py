# SPDX-License-Identifier: MIT
"""The registry of numbers and ids (EXT-2)."""

import json
import unittest

from tree import Tree, registry


class RegistryTest(unittest.TestCase):
    def setUp(self):
        self.tree = Tree(self)
        self.path = self.tree.root / "abi" / "registry.txt"
        manifest = (self.tree.root / "abi" / "manifest.json").read_text(
            encoding="utf-8"
        )
        self.manifest = json.loads(manifest)

    def check(self):
        return registry.check(self.path, self.manifest)

    def finds(self, old, new, saying):
        self.tree.edit("abi/registry.txt", old, new)
        (wrong,) = self.check()
        self.assertIn(saying, wrong)

    def add(self, line):
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def test_agrees_with_the_manifest(self):
        self.assertEqual(self.check(), [])

    def test_a_missing_number_is_found_with_the_line_to_add(self):
        self.finds(
            "tag              BATON_TAG_I64      2              baton  stable  1.0\n",
            "",
            "add the line 'tag BATON_TAG_I64 2 baton stable 1.0'",
        )

    def test_a_wrong_number_is_found(self):
        self.finds("0x4e544142", "0x4e544143", "abi/registry.txt:4: the headers say")

    def test_a_draft_that_claims_to_be_stable_is_found(self):
        self.finds("draft ", "stable", "baton.lamp/1 baton draft")

    def test_a_number_that_is_in_no_header_is_found(self):
        self.add("tag BATON_TAG_I128 3 baton stable 1.0")
        self.assertIn("mark it withdrawn", self.check()[0])

    def test_withdrawn_numbers_and_those_of_others_may_stay(self):
        self.add("tag BATON_TAG_I128 3 baton withdrawn 0.9")
        self.add("error-kind ORG_EXAMPLE_RUNG 77 example stable 1.0")
        self.assertEqual(self.check(), [])

    def test_a_number_that_is_given_twice_is_found(self):
        self.add("tag ORG_EXAMPLE_TAG 2 example stable 1.0")
        self.assertIn("2 is BATON_TAG_I64's already", self.check()[0])

    def test_an_id_of_others_begins_with_a_domain_name(self):
        self.add("extension EXAMPLE_BELL bell/1 example stable 1.0")
        self.assertIn("'org.example.name/1'", self.check()[0])

    def test_nobody_else_takes_our_prefix(self):
        self.add("extension EXAMPLE_BELL baton.bell/1 example stable 1.0")
        self.assertIn("'baton.name/1'", self.check()[0])

    def test_a_line_that_lacks_a_word_is_named(self):
        self.add("tag BATON_TAG_X 9")
        with self.assertRaisesRegex(registry.RegistryError, "six words"):
            self.check()


if __name__ == "__main__":
    unittest.main()
