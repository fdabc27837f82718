# SPDX-License-Identifier: MIT
"""What baton diff finds between two manifests: also what no compiler sees."""

import json
import shutil
import unittest

from pair import MANIFEST, ROOT, Pair, run


def grow(manifest):
    manifest["abi_minor"] = 1


class Manifests(unittest.TestCase):
    def setUp(self):
        self.pair = Pair(self)

    def breaks(self, name, text, edit):
        def both(manifest):
            grow(manifest)
            edit(manifest)

        status, changes = self.pair.manifests(both)
        self.assertIn(name, changes)
        self.assertIn((True, text), changes[name])
        self.assertEqual(status, 1)

    def slot(self, key, value):
        return lambda manifest: manifest["slots"][0].update({key: value})

    def test_the_same_are_identical(self):
        self.assertEqual(self.pair.manifests(lambda manifest: None), (0, {}))

    def test_what_is_not_known_is_left_alone(self):
        status, _ = self.pair.manifests(lambda m: m.update(new_in_2040=[1]))
        self.assertEqual(status, 0)

    def test_a_slot_id_that_is_reused(self):
        def edit(manifest):
            manifest["structs"][0]["fields"].append({"name": "more", "ctype": "slot"})
            slot = dict(manifest["slots"][0], name="more", may_be_null=True)
            manifest["slots"].append(slot)

        text = "slot id 1 is that of baton_table.begin; ids are not reused"
        self.breaks("baton_table.more", text, edit)

    def test_a_slot_id_that_was_withdrawn(self):
        def edit(manifest):
            manifest["structs"][0]["fields"].append({"name": "more", "ctype": "slot"})
            slot = dict(manifest["slots"][0], name="more", may_be_null=True, id=7)
            manifest["slots"].append(slot)

        text = "slot id 7 was withdrawn; ids are not reused"
        self.breaks("baton_table.more", text, edit)

    def test_another_slot_id(self):
        text = "slot id changed: 1 to 2"
        self.breaks("baton_table.begin", text, self.slot("id", 2))

    def test_an_id_that_is_not_withdrawn_any_more(self):
        self.breaks(
            "slot id 7",
            "is not withdrawn any more",
            lambda m: m["withdrawn_slot_ids"].clear(),
        )

    def test_another_owner_of_a_parameter(self):
        text = "ownership of the parameter self changed: BORROWED to TAKEN"
        self.breaks(
            "baton_table.begin",
            text,
            lambda m: m["slots"][0]["parameters"][0].update(ownership="TAKEN"),
        )

    def test_a_parameter_of_another_type(self):
        self.breaks(
            "baton_table.begin",
            "parameter 2 changed: uint32_t * to uint64_t *",
            lambda m: m["slots"][0]["parameters"][1].update(ctype="uint64_t *"),
        )

    def test_another_return_type(self):
        text = "return type changed: int32_t to int64_t"
        self.breaks("baton_table.begin", text, self.slot("returns", "int64_t"))

    def test_another_thread(self):
        text = "thread changed: DRIVER to ANY"
        self.breaks("baton_table.begin", text, self.slot("thread", "ANY"))

    def test_other_states(self):
        text = "states changed: CREATED to CREATED, CLOSED"
        edit = self.slot("states", ["CREATED", "CLOSED"])
        self.breaks("baton_table.begin", text, edit)

    def test_another_reentrancy(self):
        text = "re-entrancy changed: ALLOWED to REFUSED"
        self.breaks("baton_table.begin", text, self.slot("reentrancy", "REFUSED"))

    def test_other_code(self):
        text = "kind of code changed: LEAF_CALL to RUNS_CODE"
        self.breaks("baton_table.begin", text, self.slot("code", "RUNS_CODE"))

    def test_a_slot_that_may_be_null_now(self):
        text = "slot may be null now; callers do not expect it"
        self.breaks("baton_table.begin", text, self.slot("may_be_null", True))

    def test_a_constant(self):
        text = "value changed: 0 to 5"
        self.breaks("BATON_OK", text, lambda m: m["statuses"][0].update(value=5))
        self.breaks("BATON_OK", "constant removed", lambda m: m["statuses"].clear())

    def test_a_flag(self):
        def edit(manifest):
            manifest["flags"][0].update(mask=2)

        self.breaks("BATON_BIT", "value changed: 1 to 2", edit)
        text = "field of the flag changed: baton_point.x to baton_point.y"
        self.breaks(
            "BATON_BIT", text, lambda m: m["flags"][0].update(field="baton_point.y")
        )

    def test_a_member_of_a_union(self):
        union = "baton_point.y.wide"
        self.breaks(
            union,
            "type changed: uint64_t to uint32_t",
            lambda m: m["structs"][1]["fields"][1]["members"][0].update(
                ctype="uint32_t"
            ),
        )

    def test_a_requirement(self):
        def first(manifest):
            return manifest["requirements"][0]

        text = "requirement text changed"
        self.breaks("COR-1", text, lambda m: first(m).update(text="It never ends."))
        text = "level changed: MUST to SHOULD"
        self.breaks("COR-1", text, lambda m: first(m).update(level="SHOULD"))
        text = "requirement removed"
        self.breaks("COR-1", text, lambda m: m["requirements"].clear())

    def test_a_new_requirement_is_an_append(self):
        def edit(manifest):
            grow(manifest)
            manifest["requirements"].append({"id": "COR-2", "text": "It begins."})

        status, changes = self.pair.manifests(edit)
        self.assertEqual(status, 0)
        self.assertIn((False, "requirement added"), changes["COR-2"])

    def test_an_extension(self):
        def first(manifest):
            return manifest["extensions"][0]

        name = "baton.table/1"
        text = "table changed: baton_table to baton_point"
        self.breaks(name, text, lambda m: first(m).update(table="baton_point"))
        text = "where it is found changed: TYPE to CONTEXT"
        self.breaks(name, text, lambda m: first(m).update(found_with="CONTEXT"))
        text = "is a draft again, and was stable"
        self.breaks(name, text, lambda m: first(m).update(status="DRAFT"))
        text = "extension removed"
        self.breaks(name, text, lambda m: m["extensions"].clear())

    def test_what_a_call_does_in_a_state(self):
        def cell(manifest):
            return manifest["state_tables"][0]["rows"][0]["cells"][0]

        name = "coroutine, close in CLOSED"
        text = "outcome changed: RETURN none to REFUSE BUSY"
        self.breaks(name, text, lambda m: cell(m).update(outcome="REFUSE BUSY"))
        text = "cell of a state table removed"
        self.breaks(name, text, lambda m: m["state_tables"].clear())

    def test_the_symbol(self):
        text = 'value changed: "small_v1" to "small_v2"'
        self.breaks(
            "BATON_PROVIDER_SYMBOL",
            text,
            lambda m: m.update(provider_symbol="small_v2"),
        )

    def test_drafts_never_break(self):
        def draft(manifest):
            manifest["extensions"][0]["status"] = "DRAFT"

        def edit(manifest):
            draft(manifest)
            grow(manifest)
            manifest["slots"][0]["thread"] = "ANY"

        old, new = json.loads(json.dumps(MANIFEST)), json.loads(json.dumps(MANIFEST))
        draft(old), edit(new)
        status, changes = self.pair.compare(
            self.pair.file("old.json", json.dumps(old)),
            self.pair.file("new.json", json.dumps(new)),
        )
        self.assertEqual(status, 0)
        text = "thread changed: DRIVER to ANY (draft)"
        self.assertIn((False, text), changes["baton_table.begin"])


class Forms(unittest.TestCase):
    """The contract itself, in each of its forms, is identical to itself."""

    def test_headers_and_manifest(self):
        forms = [ROOT, ROOT / "include", ROOT / "abi" / "manifest.json"]
        for old in forms:
            for new in forms:
                status, output, errors = run(old, new)
                self.assertEqual((status, errors), (0, ""))
                self.assertEqual(output, f"{old} -> {new}: identical\n")

    def test_a_header_against_the_manifest(self):
        pair = Pair(self)
        include = pair.root / "include"
        shutil.copytree(ROOT / "include", include)
        path = include / "baton" / "status.h"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("BATON_BUSY -16", "BATON_BUSY -30"))
        status, changes = pair.compare(ROOT / "abi" / "manifest.json", include)
        self.assertEqual(status, 1)
        self.assertIn((True, "value changed: -16 to -30"), changes["BATON_BUSY"])


if __name__ == "__main__":
    unittest.main()
