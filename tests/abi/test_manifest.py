# SPDX-License-Identifier: MIT
"""The manifest: derived from headers and spec, with decisions that stay."""

import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from tree import ROOT, Tree, binary

TOOL = "abi/manifest.py"
TYPE_H = "include/baton/type.h"


class ManifestTest(unittest.TestCase):
    def setUp(self):
        self.tree = Tree(self)
        self.path = self.tree.root / "abi" / "manifest.json"

    def load(self):
        return json.loads(self.path.read_text(encoding="utf-8"))

    def slots(self):
        return {f"{s['table']}.{s['name']}": s for s in self.load()["slots"]}

    def update(self):
        self.tree.passes(TOOL, "--update")


class Update(ManifestTest):
    def test_writes_the_same_text_again(self):
        before = self.path.read_bytes()
        self.update()
        self.assertEqual(self.path.read_bytes(), before)

    def test_derives_a_slot_from_its_comment(self):
        send = self.slots()["baton_type.send"]
        self.assertEqual(send["thread"], "DRIVER")
        self.assertEqual(send["states"], ["CREATED", "SUSPENDED"])
        self.assertEqual((send["reentrancy"], send["code"]), ("REFUSED", "RUNS_CODE"))
        passing = [
            (p["name"], p["direction"], p["ownership"]) for p in send["parameters"]
        ]
        self.assertEqual(
            passing,
            [
                ("self", "IN", "BORROWED"),
                ("in", "IN_OUT", "MAY_BE_TAKEN"),
                ("out", "OUT", "GIVEN"),
            ],
        )
        release = self.slots()["baton_type.release"]
        self.assertEqual(release["parameters"][0]["ownership"], "TAKEN")
        self.assertEqual(self.slots()["baton_type.retain"]["requirements"], ["TST-1"])

    def test_derives_which_slots_may_be_null(self):
        null = {name for name, slot in self.slots().items() if slot["may_be_null"]}
        self.assertEqual(
            null, {"baton_type.traverse", "baton_type.query", "baton_clock.zone"}
        )

    def test_derives_extensions_and_their_status(self):
        found = {
            e["id"]: (e["status"], e["found_with"]) for e in self.load()["extensions"]
        }
        self.assertEqual(
            found,
            {"baton.clock/1": ("STABLE", "TYPE"), "baton.lamp/1": ("DRAFT", "TYPE")},
        )

    def test_keeps_slot_ids_when_slots_change_places(self):
        before = {name: slot["id"] for name, slot in self.slots().items()}
        slot = "  /** Slot: any thread; re-entrant; leaf call. */\n"
        slot += "  int32_t(BATON_CALL *{})(const baton_value *self);\n"
        self.tree.edit(
            "include/baton/ext/draft/lamp.h",
            slot.format("light"),
            slot.format("dim") + slot.format("light"),
        )
        self.update()
        after = {name: slot["id"] for name, slot in self.slots().items()}
        self.assertEqual({n: after[n] for n in before}, before)
        self.assertEqual(after["baton_lamp.dim"], max(before.values()) + 1)

    def test_never_gives_the_id_of_a_removed_slot_again(self):
        removed = self.slots()["baton_lamp.light"]["id"]
        self.tree.edit("include/baton/ext/draft/lamp.h", "*light)", "*shine)")
        self.update()
        self.assertEqual(self.load()["withdrawn_slot_ids"], [removed])
        self.assertEqual(self.slots()["baton_lamp.shine"]["id"], removed + 1)
        self.tree.passes(TOOL, "--check")

    def test_keeps_since_and_gives_new_things_the_current_version(self):
        self.tree.edit("include/baton/version.h", "ABI_MINOR 0", "ABI_MINOR 3")
        self.tree.edit(
            "include/baton/value.h", "I64 2", "I64 2\n#define BATON_TAG_F64 3"
        )
        self.update()
        since = {tag["name"]: tag["since"] for tag in self.load()["tags"]}
        self.assertEqual(since["BATON_TAG_I64"], "1.0")
        self.assertEqual(since["BATON_TAG_F64"], "1.3")

    def test_believes_a_comment_that_says_since(self):
        self.tree.edit(TYPE_H, "Adds a reference (", "Adds one. Since 1.7 (")
        self.update()
        self.assertEqual(self.slots()["baton_type.retain"]["since"], "1.7")

    def test_keeps_the_decision_that_a_parameter_may_be_null(self):
        manifest = self.load()
        for slot in manifest["slots"]:
            if slot["name"] == "traverse":
                slot["parameters"][2]["nullable"] = True
        self.path.write_text(json.dumps(manifest), encoding="utf-8")
        self.update()
        self.assertTrue(
            self.slots()["baton_type.traverse"]["parameters"][2]["nullable"]
        )

    def test_refuses_a_constant_that_fits_no_list(self):
        self.tree.edit(
            "include/baton/value.h", "#define BATON_TAG_I64 2", "#define BATON_NEW 2"
        )
        self.tree.fails(TOOL, "--update", saying="BATON_NEW fits no list")

    def test_refuses_an_extension_that_does_not_say_where_it_is_found(self):
        self.tree.edit("include/baton/ext/clock.h", "Found with", "Look for it with")
        self.tree.fails(TOOL, "--update", saying='does not say "Found with')


class Check(ManifestTest):
    def test_is_content_with_what_update_wrote(self):
        self.assertEqual(self.tree.passes(TOOL, "--check"), "manifest: ok\n")

    def test_finds_each_kind_of_change_in_a_header(self):
        cases = [
            (
                TYPE_H,
                "BATON_CALL *retain)",
                "BATON_CALL *hold)",
                "slots[baton_type.hold]",
            ),
            (TYPE_H, "void *reserved1;", "void *extra;", "fields[extra] is missing"),
            (TYPE_H, "uint64_t flags;", "uint32_t flags;", "fields[flags].ctype"),
            (TYPE_H, "(const baton_value *held", "(baton_value *held", "baton_visit"),
            (TYPE_H, "runs code; takes self", "leaf call; takes self", "release].code"),
            (TYPE_H, "takes in; gives out", "gives out", "parameters[in].ownership"),
            (TYPE_H, "CREATED, SUSPENDED", "SUSPENDED", "send].states"),
            (TYPE_H, "Null: has none.", "", "query].may_be_null"),
            (
                "include/baton/value.h",
                "TAG_LIMIT 256",
                "TAG_LIMIT 128",
                "BATON_TAG_LIMIT",
            ),
            (
                "spec/requirements.md",
                "A lamp is bright",
                "It glows",
                "requirements[TST-3]",
            ),
            ("spec/states.md", "resume: BODY", "stop: BODY", "cells[SUSPENDED].action"),
        ]
        for path, old, new, saying in cases:
            with self.subTest(new):
                self.tree = Tree(self)
                self.tree.edit(path, old, new)
                output = self.tree.fails(TOOL, "--check", saying=saying)
                self.assertIn("run abi/manifest.py --update", output)

    def test_finds_a_wrong_fingerprint(self):
        number = self.load()["fingerprint"]
        self.tree.edit("abi/manifest.json", str(number), str(number + 1))
        self.tree.fails(
            TOOL, "--check", saying="fingerprint is not that of the content"
        )

    def test_finds_a_slot_id_that_was_given_twice(self):
        manifest = self.load()
        first, second = manifest["slots"][:2]
        second["id"] = first["id"]
        manifest["fingerprint"] = binary.fingerprint(manifest)
        self.path.write_text(json.dumps(manifest), encoding="utf-8")
        self.tree.fails(TOOL, "--check", saying="give the newer one the next free id")

    def test_finds_what_the_schema_does_not_know(self):
        manifest = self.load()
        manifest["colour"] = "red"
        self.path.write_text(json.dumps(manifest), encoding="utf-8")
        self.tree.fails(TOOL, "--check", saying="unknown field: colour")

    def test_finds_a_missing_manifest(self):
        self.path.unlink()
        self.tree.fails(TOOL, "--check", saying="manifest.json is missing")


class Fingerprint(ManifestTest):
    def test_does_not_depend_on_order_of_keys_or_on_defaults(self):
        manifest = self.load()
        shuffled = dict(reversed(list(manifest.items())))
        shuffled["withdrawn_slot_ids"] = []
        self.assertEqual(binary.fingerprint(shuffled), manifest["fingerprint"])

    def test_depends_on_every_value(self):
        manifest = self.load()
        before = binary.fingerprint(manifest)
        manifest["slots"][0]["parameters"][0]["ctype"] = "void *"
        self.assertNotEqual(binary.fingerprint(manifest), before)

    def test_can_be_computed_from_the_binary_form(self):
        decoded = binary.decode(binary.encode(self.path.read_text(encoding="utf-8")))
        self.assertEqual(binary.fingerprint(decoded), decoded["fingerprint"])


class BinaryForm(ManifestTest):
    def test_carries_the_identifier_and_is_the_same_each_time(self):
        first, second = self.tree.root / "1.bin", self.tree.root / "2.bin"
        self.tree.passes(TOOL, "--binary", first)
        self.tree.passes(TOOL, "--binary", second)
        self.assertEqual(first.read_bytes()[4:8], b"BATN")
        self.assertEqual(first.read_bytes(), second.read_bytes())

    def test_as_a_c_array_has_the_same_bytes_aligned_to_8(self):
        data = self.tree.root / "manifest.bin"
        self.tree.passes(TOOL, "--binary", data)
        self.tree.passes(TOOL, "--c-header", self.tree.root / "data.h")
        source = self.tree.root / "show.c"
        source.write_text(
            '#include <stdio.h>\n#include "data.h"\n'
            "int main(void) {\n"
            "  const uint8_t *bytes = baton_manifest_data.bytes;\n"
            "  if ((uintptr_t)bytes % 8) return 1;\n"
            "  fwrite(bytes, 1, BATON_MANIFEST_DATA_SIZE, stdout);\n"
            "  return 0;\n}\n"
        )
        for compiler, standard in (("gcc", "c99"), ("g++", "c++11"), ("clang", "c11")):
            with self.subTest(compiler):
                program = self.tree.root / "show"
                flags = [f"-std={standard}", "-pedantic-errors", "-Wall", "-Werror"]
                subprocess.run([compiler, *flags, source, "-o", program], check=True)
                shown = subprocess.run(
                    [program], capture_output=True, check=True
                ).stdout
                self.assertEqual(shown, data.read_bytes())


class Schema(unittest.TestCase):
    """Rules that keep old binary forms readable."""

    def setUp(self):
        text = binary.SCHEMA.read_text(encoding="utf-8")
        self.text = re.sub(r"//.*", "", text)

    def test_every_enum_is_wider_than_a_byte(self):
        bases = re.findall(r"\benum \w+ : (\w+)", self.text)
        self.assertEqual(len(bases), self.text.count("enum "))
        self.assertEqual(set(bases), {"ushort"})

    def test_every_field_has_its_id_in_order(self):
        for name, body in re.findall(r"\btable (\w+) \{(.*?)\}", self.text, re.DOTALL):
            with self.subTest(name):
                fields = re.findall(r"(\w+): [^;]+;", body)
                ids = [int(n) for n in re.findall(r"\(id: (\d+)", body)]
                self.assertEqual(ids, list(range(len(fields))))

    def test_has_no_structs_and_names_the_root_that_the_header_promises(self):
        self.assertNotRegex(self.text, r"\bstruct \w+ \{")
        self.assertIn('file_identifier "BATN"', self.text)
        self.assertIn("namespace baton.abi;", self.text)
        self.assertIn("root_type Manifest;", self.text)

    def test_the_states_are_those_of_the_headers(self):
        status = (ROOT / "include/baton/status.h").read_text(encoding="utf-8")
        body = re.search(r"enum State : ushort \{(.*?)\}", self.text)[1]
        for name, value in re.findall(r"(\w+) = (\d)", body):
            self.assertRegex(status, rf"#define BATON_{name} {value}\b")

    def test_an_appended_field_conforms_and_a_removed_one_does_not(self):
        original = binary.SCHEMA.read_text(encoding="utf-8")
        appended = original.replace(
            "  withdrawn_slot_ids: [ushort] (id: 22);",
            "  withdrawn_slot_ids: [ushort] (id: 22);\n  later: string (id: 23);",
        )
        changed = original.replace("value: long (id: 1)", "value: string (id: 1)")
        self.assertEqual(self.conforms(appended), 0)
        self.assertNotEqual(self.conforms(changed), 0)

    def conforms(self, text):
        with tempfile.TemporaryDirectory() as folder:
            new = Path(folder, "new.fbs")
            new.write_text(text, encoding="utf-8")
            command = ["flatc", "--conform", binary.SCHEMA, new]
            return subprocess.run(command, capture_output=True).returncode


if __name__ == "__main__":
    unittest.main()
