# SPDX-License-Identifier: MIT
"""What baton diff finds between two sets of headers."""

import unittest

from pair import HEADER, Pair

MINOR = ("ABI_MINOR 0", "ABI_MINOR 1")
APPENDED = (
    "uint32_t how);\n",
    "uint32_t how);\n\n  /** Looks. Since 1.1; null: nothing to see. */\n"
    "  int32_t(BATON_CALL *peek)(const baton_value *self);\n",
)


class Headers(unittest.TestCase):
    def setUp(self):
        self.pair = Pair(self)

    def breaks(self, name, text, *edits):
        status, changes = self.pair.headers(MINOR, *edits)
        self.assertIn(name, changes)
        self.assertIn((True, text), changes[name])
        self.assertEqual(status, 1)

    def test_the_same_are_identical(self):
        self.assertEqual(self.pair.headers(), (0, {}))

    def test_a_comment_changes_nothing(self):
        edit = ("/** Begins. */", "/** Begins, slowly. */")
        self.assertEqual(self.pair.headers(edit), (0, {}))

    def test_a_slot_at_the_end_is_an_append(self):
        status, changes = self.pair.headers(MINOR, APPENDED)
        self.assertEqual(status, 0)
        self.assertIn((False, "slot added"), changes["baton_table.peek"])
        self.assertIn((False, "grew to 1"), changes["BATON_ABI_MINOR"])

    def test_an_append_needs_a_new_minor(self):
        status, changes = self.pair.headers(APPENDED)
        self.assertEqual(status, 1)
        text = "something changed, and the minor did not grow"
        self.assertIn((True, text), changes["BATON_ABI_MINOR"])

    def test_a_slot_that_must_be_there_is_no_append(self):
        edit = (APPENDED[0], APPENDED[1].replace("null: nothing to see", "Looks"))
        text = "appended slot is mandatory; say in its comment what null means"
        self.breaks("baton_table.peek", text, edit)

    def test_a_slot_in_the_middle_moves_those_behind(self):
        edit = (
            "  /** Ends. */",
            "  /** Null: none. */\n"
            "  int32_t(BATON_CALL *peek)(const baton_value *self);\n\n  /** Ends. */",
        )
        text = "moved from offset 16 to 24 (pointer64-align8)"
        self.breaks("baton_table.end", text, edit)

    def test_members_that_change_places(self):
        edit = ("uint32_t x;\n  uint32_t y;", "uint32_t y;\n  uint32_t x;")
        text = "moved from offset 0 to 4 (pointer64-align8)"
        self.breaks("baton_point.x", text, edit)

    def test_a_member_that_is_gone(self):
        edit = ("  uint32_t y;\n", "")
        self.breaks("baton_point.y", "member removed", edit)

    def test_a_slot_that_is_gone(self):
        edit = (
            "\n  /** Ends. */\n  int32_t(BATON_CALL *end)"
            "(const baton_value *self, uint32_t how);\n",
            "",
        )
        self.breaks("baton_table.end", "slot removed", edit)

    def test_a_struct_that_is_gone(self):
        start = HEADER.index("/** A plain struct")
        end = HEADER.index("/** A table")
        self.breaks("baton_point", "struct removed", (HEADER[start:end], ""))

    def test_a_member_of_another_type(self):
        edit = ("uint32_t x;", "int32_t x;")
        self.breaks("baton_point.x", "type changed: uint32_t to int32_t", edit)

    def test_a_member_appended_to_a_struct_that_tells_no_size(self):
        edit = ("uint32_t y;\n", "uint32_t y;\n  uint32_t z;\n")
        text = "member added to a struct that does not tell its size"
        status, changes = self.pair.headers(MINOR, edit)
        self.assertEqual(status, 1)
        self.assertIn((True, text), changes["baton_point.z"])

    def test_a_size_that_depends_on_the_target(self):
        edit = ("uint64_t length;", "uintptr_t length;")
        status, changes = self.pair.headers(MINOR, edit)
        text = "moved from offset 16 to 12 (pointer32-align4)"
        self.assertEqual(status, 1)
        self.assertIn((True, text), changes["baton_sized.after"])

    def test_a_return_type(self):
        edit = ("int32_t(BATON_CALL *end)", "int64_t(BATON_CALL *end)")
        text = "return type changed: int32_t to int64_t"
        self.breaks("baton_table.end", text, edit)

    def test_parameters_that_change_places(self):
        edit = (
            "baton_value *in,\n                             baton_value *out",
            "baton_value *out,\n                             baton_value *in",
        )
        text = "parameters changed places: self, in, out to self, out, in"
        self.breaks("baton_table.begin", text, edit)

    def test_a_parameter_of_another_type(self):
        edit = ("uint32_t how", "uint64_t how")
        text = "parameter 2 changed: uint32_t to uint64_t"
        self.breaks("baton_table.end", text, edit)

    def test_a_parameter_more(self):
        edit = ("uint32_t how", "uint32_t how, uint32_t why")
        self.breaks("baton_table.end", "takes 3 parameters, took 2", edit)

    def test_a_parameter_of_a_callback(self):
        edit = ("void *arg", "uint64_t arg")
        text = "parameter 2 changed: void * to uint64_t"
        self.breaks("baton_visit", text, edit)

    def test_a_constant_with_another_value(self):
        edit = ("COLOUR_BLUE 2u", "COLOUR_BLUE 3u")
        self.breaks("BATON_COLOUR_BLUE", "value changed: 2u to 3u", edit)

    def test_a_constant_that_is_gone(self):
        edit = ("#define BATON_COLOUR_BLUE 2u\n", "")
        self.breaks("BATON_COLOUR_BLUE", "constant removed", edit)

    def test_another_major(self):
        edit = ("ABI_MAJOR 1", "ABI_MAJOR 2")
        self.breaks("BATON_ABI_MAJOR", "value changed: 1 to 2", edit)


class Files(unittest.TestCase):
    def test_single_headers_are_compared_with_what_they_include(self):
        pair = Pair(self)
        for side, ctype in (("old", "uint32_t"), ("new", "uint64_t")):
            inner = f"typedef struct baton_in {{ {ctype} x; }} baton_in;\n"
            pair.file(f"{side}/baton/in.h", inner)
            pair.file(
                f"{side}/baton/out.h",
                '#include "in.h"\ntypedef struct baton_out {\n'
                "  baton_in in;\n  uint32_t after;\n} baton_out;\n",
            )
        status, changes = pair.compare(
            pair.root / "old/baton/out.h", pair.root / "new/baton/out.h"
        )
        self.assertEqual(status, 1)
        text = "moved from offset 4 to 8 (pointer64-align8)"
        self.assertIn((True, text), changes["baton_out.after"])


if __name__ == "__main__":
    unittest.main()
