# SPDX-License-Identifier: MIT
"""Sides that cannot be compared: one line, and status 2."""

import json
import os
import unittest

from pair import HEADER, MANIFEST, Pair, run

NOT_THERE = "there is no such file"


class Input(unittest.TestCase):
    def setUp(self):
        self.pair = Pair(self)
        self.good = self.pair.file("good/baton/table.h", HEADER).parents[1]

    def refuses(self, side, saying, **options):
        for arguments in ((side, self.good), (self.good, side)):
            status, output, errors = run(*arguments, **options)
            self.assertEqual((status, output), (2, ""), errors)
            self.assertEqual(errors.count("\n"), 1, errors)
            self.assertTrue(errors.startswith("baton: "), errors)
            self.assertIn(saying, errors)

    def header(self, text):
        return self.pair.file("bad.h", text)

    def manifest(self, content):
        text = content if isinstance(content, (str, bytes)) else json.dumps(content)
        return self.pair.file("bad.json", text)

    def test_nothing_there(self):
        self.refuses(self.pair.root / "none", NOT_THERE)

    def test_an_empty_folder(self):
        folder = self.pair.root / "empty"
        folder.mkdir()
        self.refuses(folder, "there are no headers in it")

    def test_a_pipe(self):
        os.mkfifo(self.pair.root / "pipe")
        self.refuses(self.pair.root / "pipe", "it is no file")

    def test_any_file(self):
        path = self.pair.file("song.txt", "la la")
        self.refuses(path, "it is no header, no manifest and no shared library")

    def test_headers_that_are_not_of_the_kind(self):
        self.refuses(self.header("struct { int x; };"), "bad.h:1: ")
        self.refuses(self.header("int main(void) { return 0; }"), "bad.h:1: ")
        self.refuses(self.header("typedef struct baton_x {"), "ends inside")
        self.refuses(self.header(b"\xff\xfe\x00"), "it is not UTF-8")

    def test_a_header_with_a_struct_in_itself(self):
        path = self.header("typedef struct baton_x { baton_x x; } baton_x;\n")
        status, _, errors = run(path, path)
        self.assertEqual(status, 2)
        self.assertEqual(
            errors, "baton: a struct contains itself, or too many others\n"
        )

    def test_an_odd_minor(self):
        old = self.pair.file("old.h", "#define BATON_ABI_MINOR (1 + 1)\n")
        new = self.pair.file("new.h", "#define BATON_ABI_MINOR 3\n")
        status, changes = self.pair.compare(old, new)
        self.assertEqual(status, 1)
        text = "value changed: (1 + 1) to 3"
        self.assertIn((True, text), changes["BATON_ABI_MINOR"])

    def test_manifests_that_are_no_json(self):
        self.refuses(self.manifest("{"), "it is no JSON")
        self.refuses(self.manifest(b"\xff"), "it is not UTF-8")
        self.refuses(self.manifest("[" * 100000), "it is no JSON")
        self.refuses(self.manifest(" " * (9 << 20)), "it is longer than 8 MiB")

    def test_manifests_of_another_shape(self):
        cases = {
            "the manifest is no object": [],
            "it describes nothing": {},
            "the manifest.structs is no list": {"structs": 5},
            "the manifest.structs[0] is no object": {"structs": [None]},
            "the manifest.structs[0] has no name": {"structs": [{}]},
            "x has no fields": {"structs": [{"name": "x"}]},
            "the manifest.abi_minor is no number": {"abi_minor": True},
            "the manifest.slots[0].id is no number": {"slots": [{"id": "1"}]},
            "the manifest.statuses[0].value is no number": {
                "statuses": [{"name": "A", "value": 0.5}]
            },
        }
        for saying, content in cases.items():
            with self.subTest(saying):
                self.refuses(self.manifest(content), saying)

    def test_names_that_stand_twice(self):
        twice = dict(MANIFEST, structs=MANIFEST["structs"] * 2)
        self.refuses(self.manifest(twice), "structs: baton_table stands there twice")

    def test_a_struct_in_itself(self):
        field = {"name": "x", "ctype": "baton_x"}
        content = {"structs": [{"name": "baton_x", "fields": [field]}]}
        old = self.manifest(content)
        status, _, errors = run(old, old)
        self.assertEqual(status, 2)
        self.assertEqual(
            errors, "baton: a struct contains itself, or too many others\n"
        )

    def test_unions_in_unions(self):
        inner = {"name": "x", "ctype": "union"}
        for _ in range(40):
            inner = {"name": "x", "ctype": "union", "members": [inner]}
        content = {"structs": [{"name": "baton_x", "fields": [inner]}]}
        self.refuses(self.manifest(content), "nested too deeply")

    def test_a_library_that_the_kit_refuses(self):
        kit = self.pair.file(
            "kit", "#!/bin/sh\necho 'baton: it is broken' >&2\nexit 2\n"
        )
        kit.chmod(0o755)
        library = self.pair.file("odd.so", b"\x7fELF and then")
        environment = dict(os.environ, BATON_KIT=str(kit))
        self.refuses(library, "it is broken", env=environment)

    def test_the_wrong_number_of_sides(self):
        status, _, errors = run(self.good)
        self.assertEqual(status, 2)
        self.assertIn("the following arguments are required: NEW", errors)


if __name__ == "__main__":
    unittest.main()
