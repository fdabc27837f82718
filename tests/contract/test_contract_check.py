# SPDX-License-Identifier: MIT
"""tools/contract-check: each of its checks fails on a copy that is broken."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "abi"))

from tree import Tree  # noqa: E402

TOOL = "tools/contract-check"
TYPE_H = "include/baton/type.h"
CLOCK_H = "include/baton/ext/clock.h"
REQUIREMENTS = "spec/requirements.md"
STATES = "spec/states.md"


class ContractCheckTest(unittest.TestCase):
    def setUp(self):
        self.tree = Tree(self)

    def breaks(self, path, old, new, *sayings):
        """One edit that the manifest follows, and what is then said."""
        self.tree.edit(path, old, new)
        self.tree.passes("abi/manifest.py", "--update")
        for saying in sayings:
            self.tree.fails(TOOL, saying=saying)

    def add(self, path, text):
        file = self.tree.root / path
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        file.write_text(before + text, encoding="utf-8")


class Whole(ContractCheckTest):
    def test_a_contract_that_agrees_passes(self):
        self.assertEqual(self.tree.passes(TOOL), "contract: ok\n")

    def test_several_faults_are_all_told_and_counted(self):
        self.add("spec/versioning.md", "It MUST be so.\nIt SHOULD be so.\n")
        self.tree.fails(TOOL, saying="contract: 2 errors")

    def test_a_page_that_is_missing_is_named(self):
        (self.tree.root / STATES).unlink()
        self.tree.fails(TOOL, saying="spec/states.md")


class Slots(ContractCheckTest):
    def test_a_comment_without_a_slot_line(self):
        self.tree.edit(CLOCK_H, " Slot: as now; lends out.", "")
        self.tree.fails(
            TOOL, saying='clock.h:27: baton_clock.zone: the comment has no "Slot:" line'
        )

    def test_a_word_that_is_not_defined(self):
        self.tree.edit(CLOCK_H, "any thread;", "my thread;")
        self.tree.fails(TOOL, saying='"my thread" is no word of a "Slot:" line')

    def test_out_that_belongs_to_nobody(self):
        self.breaks(
            TYPE_H,
            "leaf call; lends out",
            "leaf call",
            'baton_type.query: does not say whose out is; add "gives out"',
        )

    def test_taking_what_is_no_parameter(self):
        self.breaks(
            TYPE_H,
            "runs code; takes self",
            "runs code; takes all",
            'type.h:39: baton_type.release: "takes all", but has no such parameter',
        )

    def test_a_header_with_slots_and_no_requirement(self):
        self.breaks(CLOCK_H, " (TST-2)", "", "clock.h:1: has slots and names no requ")


class Ids(ContractCheckTest):
    def test_a_header_that_names_an_unknown_requirement(self):
        self.breaks(CLOCK_H, "TST-2", "TST-9", "clock.h:8: TST-9 is not in spec/requ")

    def test_a_range_with_an_unknown_requirement(self):
        self.breaks(
            TYPE_H, "TST-2 to TST-3", "TST-3 to TST-5", "type.h:9: TST-5 is not"
        )

    def test_a_page_that_names_an_unknown_requirement(self):
        self.add("spec/versioning.md", "See TST-7.\n")
        self.tree.fails(TOOL, saying="spec/versioning.md:7: TST-7 is not in")

    def test_a_test_that_names_an_unknown_requirement(self):
        self.add("tests/clock.txt", "[TST-8]\n")
        self.tree.fails(TOOL, saying="tests/clock.txt:3: TST-8 is not in")

    def test_what_only_looks_like_an_id_is_left_alone(self):
        self.add("spec/versioning.md", "UTF-8.\n")
        self.add("tests/clock.txt", "[ABC-8]\n")
        self.tree.passes(TOOL)


class Requirements(ContractCheckTest):
    def test_a_must_without_a_test(self):
        self.breaks(
            "tests/clock.txt",
            "[TST-1]",
            "",
            "requirements.md:7: TST-1: no test names it; tag the one that shows it",
        )

    def test_a_should_and_what_waits_for_the_kit_need_no_test(self):
        for name in ("TST-3", "TST-4"):
            self.assertNotIn(name, (self.tree.root / "tests/clock.txt").read_text())
        self.tree.passes(TOOL)

    def test_a_test_in_the_library_or_the_model_counts(self):
        self.tree.edit("tests/clock.txt", "[TST-1]", "")
        self.tree.edit("tests/clock.txt", "`TST-2`", "")
        (self.tree.root / "abi/runtime").mkdir()
        self.add("abi/runtime/value_test.cc", 'TEST_CASE("counts", "[TST-1]") {}\n')
        self.tree.fails(TOOL, saying="TST-2: no test names it")
        self.add("spec/model/words.py", "# Keeps TST-2.\n")
        self.tree.passes(TOOL)

    def test_an_id_that_is_given_twice(self):
        self.breaks(
            REQUIREMENTS,
            "| TST-3 |",
            "| TST-2 |",
            "requirements.md:9: TST-2: is there twice",
        )

    def test_an_id_of_another_form(self):
        self.breaks(
            REQUIREMENTS, "| TST-4 |", "| tst4 |", "tst4: an id is three capitals"
        )

    def test_a_level_that_is_neither(self):
        self.tree.edit(REQUIREMENTS, "TST-3 | SHOULD", "TST-3 | MAY")
        self.tree.fails(TOOL, saying="TST-3: the level is MUST or SHOULD, not 'MAY'")

    def test_a_requirement_without_text(self):
        self.breaks(REQUIREMENTS, "A lamp is bright.", "", 'TST-3: the text or "tested')

    def test_a_text_that_the_manifest_has_otherwise(self):
        self.tree.edit(REQUIREMENTS, "A lamp is bright.", "A lamp glows.")
        self.tree.fails(TOOL, saying="requirements[TST-3].text")


class Words(ContractCheckTest):
    def test_an_obligation_outside_the_table(self):
        for word in ("MUST", "MUST NOT", "SHOULD", "SHALL"):
            with self.subTest(word):
                self.tree = Tree(self)
                self.add("spec/versioning.md", f"A clock {word} tick.\n")
                self.tree.fails(
                    TOOL,
                    saying=f"versioning.md:7: {word.split()[0]} outside a numbered",
                )

    def test_the_words_as_such_and_code_are_left_alone(self):
        self.add("spec/versioning.md", "`MUST` is a word, a SHOULD another.\n")
        self.add("spec/versioning.md", "```c\n/* MUST */\n```\n")
        self.tree.passes(TOOL)


class StatesAndModel(ContractCheckTest):
    def test_a_cell_that_the_model_has_otherwise(self):
        self.breaks(
            STATES,
            "start: BODY",
            "begin: BODY",
            "states.md:7: coroutine, send, created: says 'begin', but "
            "spec/model/tables.py says 'start'",
        )

    def test_a_cell_that_the_model_does_not_have(self):
        self.breaks(
            STATES, "BODY; BODY | - |", "BODY; BODY | end: RETURN; CLOSED |",
            "closed: says 'end', but spec/model/tables.py says 'nothing'",
        )  # fmt: skip

    def test_a_call_that_only_the_model_has(self):
        self.tree.edit(
            "spec/model/tables.py", '        "send"', '        "stop": {"closed": "end"},\n'
            '        "send"',
        )  # fmt: skip
        self.tree.fails(TOOL, saying="coroutine, stop, closed: says 'nothing', but")

    def test_a_number_that_the_model_has_otherwise(self):
        self.tree.edit("spec/model/words.py", "0, 1, -1", "0, 2, -1")
        self.tree.fails(
            TOOL, saying="words.py: YIELD is 2, but include/baton/status.h:7"
        )

    def test_a_model_that_does_not_run(self):
        self.add("spec/model/tables.py", "import no_such_module\n")
        self.tree.fails(TOOL, saying="cannot be imported: ModuleNotFoundError")

    def test_a_cell_that_cannot_be_read(self):
        self.tree.edit(STATES, "start: BODY; BODY", "starts")
        self.tree.fails(TOOL, saying='states.md:7: "starts" is not of the form')

    def test_a_row_that_lacks_a_cell(self):
        self.tree.edit(STATES, "resume: BODY; BODY | - |", "resume: BODY; BODY |")
        self.tree.fails(TOOL, saying="states.md:7: a cell is missing or too many")

    def test_a_refusal_that_does_not_exist(self):
        self.breaks(
            STATES, "REFUSE BUSY", "REFUSE IDLE", "BATON_IDLE is no refusal of status.h"
        )

    def test_a_refusal_that_has_no_row(self):
        self.breaks(
            STATES, "| UNSUPPORTED, of a throw | none |\n", "",
            "states.md:11: BATON_UNSUPPORTED is not in the table of refusals",
        )  # fmt: skip

    def test_what_awaiting_does_may_stand_in_a_table_of_its_own(self):
        row = "| coroutine | error awaited: ERROR; attached | see above |\n"
        head = "\n| what is awaited | it is attached | it runs |\n|---|---|---|\n"
        self.add(STATES, head + row)
        self.tree.passes("abi/manifest.py", "--update")
        self.tree.fails(TOOL, saying="coroutine, await, attached: says 'error awaited'")
        self.tree.edit(
            "spec/model/tables.py", '        "send"',
            '        "await": {"attached": "error awaited"},\n        "send"',
        )  # fmt: skip
        self.tree.passes(TOOL)


class Data(ContractCheckTest):
    def test_an_offset_of_the_prefix_that_is_wrong(self):
        self.breaks(
            "spec/versioning.md", "| 32 | 28 | retain", "| 32 | 32 | retain",
            "versioning.md:6: baton_type.retain is at 32 and 28; correct the row",
        )  # fmt: skip

    def test_a_manifest_that_is_old(self):
        self.tree.edit(TYPE_H, "BATON_CALL *retain)", "BATON_CALL *hold)")
        self.tree.fails(TOOL, saying="run abi/manifest.py --update")

    def test_a_registry_that_is_old(self):
        self.tree.edit("abi/registry.txt", "0x4e544142", "0x4e544143")
        self.tree.fails(TOOL, saying="abi/registry.txt:4: the headers say")

    def test_a_change_that_breaks_a_frozen_version(self):
        self.tree.passes("abi/freeze.py", "1.0")
        self.tree.passes(TOOL)
        self.tree.edit("include/baton/version.h", "ABI_MINOR 0", "ABI_MINOR 1")
        self.breaks(
            TYPE_H,
            "const char *id,",
            "uint64_t id,",
            "since 1.0: breaking: baton_type.query: parameter 2 changed",
        )


if __name__ == "__main__":
    unittest.main()
