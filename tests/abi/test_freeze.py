# SPDX-License-Identifier: MIT
"""Frozen versions: VER-2, VER-4 and VER-6 as a gate."""

import subprocess
import unittest

from tree import Tree

TOOL = "abi/freeze.py"
TYPE_H = "include/baton/type.h"
VALUE_H = "include/baton/value.h"
VERSION_H = "include/baton/version.h"

LAST = "  void *reserved1;\n"
APPENDED = (
    LAST
    + "\n  /** Looks again. Since 1.1; null: nothing to see.\n"
    + "   * Slot: any thread; any state; re-entrant; leaf call. */\n"
    + "  int32_t(BATON_CALL *peek)(const baton_value *self);\n"
)


class FreezeTest(unittest.TestCase):
    def setUp(self):
        self.tree = Tree(self)

    def freeze(self, version="1.0"):
        self.tree.passes(TOOL, version)

    def minor(self, old, new):
        self.tree.edit(VERSION_H, f"ABI_MINOR {old}", f"ABI_MINOR {new}")

    def update(self):
        self.tree.passes("abi/manifest.py", "--update")


class Freezing(FreezeTest):
    def test_copies_headers_and_manifest_and_takes_their_sums(self):
        self.freeze()
        frozen = self.tree.root / "abi/frozen"
        sums = (frozen / "SHA256SUMS").read_text(encoding="utf-8")
        for name in (
            "include/baton/type.h",
            "include/baton/ext/clock.h",
            "manifest.json",
        ):
            self.assertTrue((frozen / "1.0" / name).exists())
            self.assertIn(f"  1.0/{name}\n", sums)

    def test_frozen_headers_compile_alone(self):
        self.freeze()
        include = self.tree.root / "abi/frozen/1.0/include"
        for path in include.rglob("*.h"):
            command = ["gcc", "-std=c99", "-Wall", "-Werror", "-fsyntax-only", path]
            subprocess.run(command, check=True)

    def test_a_version_is_frozen_once(self):
        self.freeze()
        self.tree.fails(TOOL, "1.0", saying="1.0 is frozen already")

    def test_only_the_version_of_the_headers_can_be_frozen(self):
        self.tree.fails(TOOL, "1.1", saying="the headers are version 1.0, not 1.1")
        self.assertFalse((self.tree.root / "abi/frozen/1.1").exists())

    def test_a_manifest_that_is_not_right_is_not_frozen(self):
        self.tree.edit(VALUE_H, "TAG_LIMIT 256", "TAG_LIMIT 512")
        self.tree.fails(TOOL, "1.0", saying="limits[BATON_TAG_LIMIT].value")
        self.assertFalse((self.tree.root / "abi/frozen/1.0").exists())

    def test_frozen_files_may_not_change_appear_or_vanish(self):
        self.freeze()
        folder = self.tree.root / "abi/frozen/1.0/include/baton"
        text = (folder / "value.h").read_text(encoding="utf-8")
        (folder / "value.h").write_text(text + "\n", encoding="utf-8")
        self.tree.fails(
            TOOL, "--check", saying="value.h: was changed after its release"
        )
        (folder / "extra.h").write_text("", encoding="utf-8")
        self.tree.fails(TOOL, "--check", saying="extra.h: was not frozen by")
        (folder / "status.h").unlink()
        self.tree.fails(TOOL, "--check", saying="status.h: is gone")


class CompatibleChanges(FreezeTest):
    def setUp(self):
        super().setUp()
        self.freeze()

    def test_nothing_is_identical(self):
        self.assertIn("since 1.0: identical\n", self.tree.passes(TOOL, "--check"))

    def test_comments_do_not_count(self):
        self.tree.edit(TYPE_H, "Adds a reference", "Counts one more")
        self.assertIn("since 1.0: identical\n", self.tree.passes(TOOL, "--check"))

    def test_a_slot_at_the_end_is_an_append(self):
        self.minor(0, 1)
        self.tree.edit(TYPE_H, LAST, APPENDED)
        self.update()
        output = self.tree.passes(TOOL, "--check")
        self.assertIn("since 1.0: compatible append\n", output)
        self.assertIn("append: baton_type.peek: slot added", output)

    def test_constants_and_structs_may_be_added(self):
        self.minor(0, 1)
        self.tree.edit(
            VALUE_H,
            "#define BATON_TAG_I64 2",
            "struct baton_pair { baton_value a; };\n#define BATON_TAG_I64 2\n"
            "#define BATON_TAG_F64 3",
        )
        output = self.tree.passes(TOOL, "--check")
        self.assertIn("append: BATON_TAG_F64: constant added", output)
        self.assertIn("append: baton_pair: struct added", output)

    def test_a_union_may_get_another_member_that_fits(self):
        self.minor(0, 1)
        self.tree.edit(
            VALUE_H, "    double f64;\n", "    double f64;\n    void *other;\n"
        )
        output = self.tree.passes(TOOL, "--check")
        self.assertIn("append: baton_value.payload.other: member of a union", output)

    def test_a_draft_may_change_in_every_way(self):
        self.minor(0, 1)
        path = self.tree.root / "include/baton/ext/draft/lamp.h"
        path.unlink()
        output = self.tree.passes(TOOL, "--check")
        self.assertIn("append: baton_lamp: struct removed (draft)", output)


class BreakingChanges(FreezeTest):
    def setUp(self):
        super().setUp()
        self.freeze()
        self.minor(0, 1)

    def breaks(self, path, old, new, saying):
        self.tree.edit(path, old, new)
        output = self.tree.fails(TOOL, "--check", saying=f"breaking: {saying}")
        self.assertIn("since 1.0: breaking\n", output)

    def test_a_member_that_moves(self):
        flags, name = (
            "  uint64_t flags; /**< BATON_TYPE_* */\n",
            "  const char *name;\n",
        )
        self.breaks(
            TYPE_H,
            flags + name,
            name + flags,
            "baton_type.flags: moved from offset 16 to 24",
        )

    def test_a_member_whose_type_changes(self):
        self.breaks(
            TYPE_H,
            "uint16_t abi_minor;",
            "uint8_t abi_minor;",
            "baton_type.abi_minor: type changed: uint16_t to uint8_t",
        )

    def test_a_slot_that_is_removed(self):
        self.breaks(TYPE_H, "*query)(", "*find)(", "baton_type.query: slot removed")

    def test_a_struct_that_is_removed(self):
        path = self.tree.root / "include/baton/ext/clock.h"
        path.unlink()
        self.tree.edit("include/baton/baton.h", '#include "ext/clock.h"\n', "")
        output = self.tree.fails(
            TOOL, "--check", saying="breaking: baton_clock: struct removed"
        )
        self.assertIn("breaking: BATON_EXT_CLOCK: constant removed", output)

    def test_an_enumeration_value_that_changes(self):
        self.breaks(
            "include/baton/status.h",
            "BATON_YIELD 1",
            "BATON_YIELD 2",
            "BATON_YIELD: value changed: 1 to 2",
        )

    def test_a_constant_that_is_removed(self):
        self.breaks(
            VALUE_H,
            "#define BATON_TAG_I64 2  /**< payload.i64 */\n",
            "",
            "BATON_TAG_I64: constant removed",
        )

    def test_the_id_of_an_extension_that_changes(self):
        self.breaks(
            "include/baton/ext/clock.h",
            '"baton.clock/1"',
            '"baton.clock/2"',
            "BATON_EXT_CLOCK: value changed",
        )

    def test_a_return_type_that_changes(self):
        self.breaks(
            TYPE_H,
            "int32_t(BATON_CALL *retain)",
            "int64_t(BATON_CALL *retain)",
            "baton_type.retain: return type changed: int32_t to int64_t",
        )

    def test_a_parameter_that_changes(self):
        self.breaks(
            TYPE_H,
            "const char *id,",
            "uint64_t id,",
            "baton_type.query: parameter 2 changed: const char * to uint64_t",
        )

    def test_a_parameter_that_is_added(self):
        self.breaks(
            TYPE_H,
            "const char *id,",
            "const char *id, uint64_t size,",
            "baton_type.query: takes 4 parameters, took 3",
        )

    def test_a_callback_that_changes(self):
        self.breaks(
            TYPE_H,
            "(const baton_value *held, void *arg)",
            "(const baton_value *held)",
            "baton_visit: takes 1 parameters, took 2",
        )

    def test_a_struct_that_shrinks(self):
        self.breaks(TYPE_H, LAST, "", "baton_type: struct shrunk from 88 to 80 bytes")

    def test_a_struct_that_grows_without_telling_its_size(self):
        self.breaks(
            VALUE_H,
            "  uint64_t size; /**< bytes */\n",
            "  uint64_t size; /**< bytes */\n  uint64_t hash;\n",
            "baton_text_view.hash: member added to a struct that does not tell its",
        )

    def test_a_union_that_grows(self):
        wide = "struct baton_wide { uint64_t a; uint64_t b; };\n"
        self.tree.edit(
            VALUE_H,
            "typedef struct baton_value {",
            wide + "typedef struct baton_value {",
        )
        self.breaks(
            VALUE_H,
            "    double f64;\n",
            "    double f64;\n    baton_wide wide;\n",
            "baton_value: grew, but does not tell its size",
        )

    def test_a_slot_that_lies_where_the_padding_was(self):
        self.tree.edit(TYPE_H, LAST, APPENDED)
        self.update()
        self.freeze("1.1")
        self.minor(1, 2)
        first = APPENDED.replace(LAST, "")
        second = first.replace("peek", "stare").replace("1.1", "1.2")
        self.tree.edit(TYPE_H, first, first + second)
        self.update()
        output = self.tree.fails(
            TOOL,
            "--check",
            saying="since 1.1: breaking: baton_type.stare: lies inside the old size",
        )
        self.assertIn("(pointer32-align8)", output)

    def test_an_appended_slot_that_is_mandatory(self):
        self.breaks(
            TYPE_H,
            LAST,
            APPENDED.replace("; null: nothing to see", ""),
            "baton_type.peek: appended slot is mandatory",
        )

    def test_a_slot_that_begins_to_be_null(self):
        self.breaks(
            TYPE_H,
            "Drops a reference.",
            "Drops a reference. Null: never counted.",
            "baton_type.release: slot may be null now",
        )

    def test_a_slot_id_that_changes(self):
        path = self.tree.root / "abi/manifest.json"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"id": 1,', '"id": 40,', 1), encoding="utf-8")
        self.tree.fails(TOOL, "--check", saying="slot id changed: 1 to 40")

    def test_an_append_without_a_new_minor(self):
        self.minor(1, 0)
        self.breaks(TYPE_H, LAST, APPENDED, "BATON_ABI_MINOR: something changed, and")


class Majors(FreezeTest):
    def test_a_minor_of_major_0_may_break_and_is_only_told(self):
        self.tree.edit(VERSION_H, "ABI_MAJOR 1", "ABI_MAJOR 0")
        self.update()
        self.freeze("0.0")
        self.tree.edit(TYPE_H, LAST, "")
        output = self.tree.passes(TOOL, "--check")
        self.assertIn("since 0.0: breaking: baton_type: struct shrunk", output)

    def test_another_major_may_change_all_but_the_permanent_prefix(self):
        self.freeze()
        self.tree.edit(VERSION_H, "ABI_MAJOR 1", "ABI_MAJOR 2")
        self.tree.edit(TYPE_H, LAST, "")
        self.tree.passes(TOOL, "--check")
        self.tree.edit(TYPE_H, "  uint32_t reserved0;\n", "  uint32_t colour;\n")
        self.tree.fails(
            TOOL,
            "--check",
            saying="baton_type.reserved0: was changed in the permanent prefix",
        )


if __name__ == "__main__":
    unittest.main()
