# SPDX-License-Identifier: MIT
"""Golden layouts: VER-2 and VER-4 are seen here when a member moves."""

import subprocess
import unittest

from tree import ROOT, Tree, headers, layout_probe, layout_rules

TOOL = "abi/layouts.py"
TYPE_H = "include/baton/type.h"
WIDE, NARROW, PACKED = layout_rules.MODELS


def layout(body, model):
    header = headers.parse(f"struct baton_t {{ {body} }};", "baton/x.h")
    return layout_rules.layouts(headers.structs_by_name([header]), model)["baton_t"]


class Rules(unittest.TestCase):
    def test_members_are_aligned_and_the_end_is_padded(self):
        found = layout("uint8_t a; uint64_t b; uint16_t c;", WIDE)
        self.assertEqual((found.size, found.align), (24, 8))
        self.assertEqual([p.offset for p in found.fields.values()], [0, 8, 16])
        self.assertEqual(found.holes, [(1, 7), (18, 6)])

    def test_the_models_differ_in_pointers_and_64_bit_members(self):
        body = "void *p; uint64_t n;"
        sizes = [layout(body, model).size for model in (WIDE, NARROW, PACKED)]
        self.assertEqual(sizes, [16, 16, 12])

    def test_a_union_is_as_large_as_its_largest_member(self):
        found = layout("union { void *p; uint64_t n; uint8_t b; } u;", NARROW)
        self.assertEqual((found.size, found.align), (8, 8))
        self.assertEqual(found.fields["u.b"], layout_rules.Place(0, 1, 1))


class Compilers(unittest.TestCase):
    """The contract itself, as the compilers see it."""

    def setUp(self):
        self.include = ROOT / "include"
        self.headers = headers.read(self.include)
        self.structs = headers.structs_by_name(self.headers)

    def agrees(self, probe):
        self.assertEqual(probe.layouts, layout_rules.layouts(self.structs, probe.model))

    def test_gcc_and_clang_agree_with_the_rules_on_the_host(self):
        for compiler in ("gcc", "clang"):
            with self.subTest(compiler):
                self.agrees(
                    layout_probe.by_running(compiler, self.include, self.headers)
                )

    def test_targets_of_both_byte_orders_and_all_models_agree_with_the_rules(self):
        for target, model, big in (
            ("x86_64-linux-gnu", WIDE, False),
            ("s390x-linux-gnu", WIDE, True),
            ("x86_64-pc-windows-msvc", WIDE, False),
            ("i686-pc-windows-msvc", NARROW, False),
            ("mips-linux-gnu", NARROW, True),
            ("i386-linux-gnu", PACKED, False),
        ):
            with self.subTest(target):
                probe = layout_probe.by_target(
                    "clang", target, self.include, self.headers
                )
                self.assertEqual((probe.model, probe.big_endian), (model, big))
                self.agrees(probe)

    def test_a_value_is_16_bytes_everywhere(self):
        for model in (WIDE, NARROW, PACKED):
            value = layout_rules.layouts(self.structs, model)["baton_value"]
            self.assertEqual(value.size, 16)
            self.assertEqual(value.holes, [])


class Golden(unittest.TestCase):
    def setUp(self):
        self.tree = Tree(self)

    def golden(self, name):
        return (self.tree.root / "abi/layouts" / name).read_text(encoding="utf-8")

    def test_check_is_content_with_what_update_wrote(self):
        self.assertEqual(self.tree.passes(TOOL, "--check"), "layouts: ok\n")

    def test_a_fact_is_a_line(self):
        text = self.golden("pointer32-align8.txt")
        self.assertIn("\nbaton_type.flags offset 16 size 8 align 8\n", text)
        self.assertIn("\nbaton_text_view hole offset 4 size 4\n", text)
        self.assertIn("\nBATON_TYPE_PREFIX_SIZE = 40\n", text)
        self.assertIn("\nBATON_TYPE_MAGIC = 0x4e544142\n", self.golden("constants.txt"))

    def test_identical_layouts_are_stored_once(self):
        targets = [line.split() for line in self.golden("targets.txt").splitlines()[1:]]
        self.assertIn(["s390x-linux-gnu", "pointer64-align8", "big"], targets)
        self.assertIn(["x86_64-linux-gnu", "pointer64-align8", "little"], targets)
        stored = {path.name for path in (self.tree.root / "abi/layouts").iterdir()}
        used = {f"{target[1]}.txt" for target in targets}
        self.assertEqual(stored, used | {"constants.txt", "targets.txt"})

    def test_check_names_a_member_that_moved(self):
        self.tree.edit(TYPE_H, "  uint32_t reserved0;\n", "")
        output = self.tree.fails(
            TOOL,
            "--check",
            saying="'baton_type.reserved0 offset 12 size 4 align 4' is no",
        )
        self.assertIn("run abi/layouts.py --update", output)

    def test_check_names_a_constant_that_changed(self):
        self.tree.edit("include/baton/value.h", "TAG_LIMIT 256", "TAG_LIMIT 512")
        self.tree.fails(TOOL, "--check", saying="'BATON_TAG_LIMIT = 512' is missing")

    def test_check_asks_the_compiler_for_what_the_preprocessor_hides(self):
        self.tree.edit(
            "include/baton/value.h",
            "#define BATON_TAG_LIMIT 256",
            "#define BATON_TAG_LIMIT 256\n#ifdef __wasm__\n#undef BATON_TAG_LIMIT\n"
            "#define BATON_TAG_LIMIT 256 + 1\n#endif",
        )
        status, output = self.tree.run(TOOL, "--check")
        self.assertEqual(status, 1)
        self.assertIn("wasm32-unknown-unknown: BATON_TAG_LIMIT is 257", output)

    def test_check_finds_a_golden_file_that_was_edited(self):
        path = "abi/layouts/pointer64-align8.txt"
        self.tree.edit(
            path, "baton_value size 16 align 8", "baton_value size 24 align 8"
        )
        self.tree.fails(TOOL, "--check", saying="'baton_value size 24 align 8' is no")

    def test_a_compiler_that_is_missing_is_named(self):
        self.tree.fails(
            TOOL, "--check", "--compiler", "no-such-clang", saying="is not installed"
        )


class LayoutCheckHeader(unittest.TestCase):
    def setUp(self):
        self.tree = Tree(self)

    def compile(self, compiler, suffix, *flags, root=None):
        root = root or self.tree.root
        command = [
            compiler, "-pedantic-errors", "-Wall", "-Wextra", "-Werror",
            "-fsyntax-only", "-I", root / "include", *flags, "-x", suffix,
            root / "abi" / "layout_check.h",
        ]  # fmt: skip
        return subprocess.run(command, capture_output=True, text=True)

    def test_compiles_in_every_standard_with_both_compilers(self):
        cases = [("c", ("gcc", "clang"), ("c99", "c11", "c17"))]
        cases += [("c++", ("g++", "clang++"), ("c++98", "c++11", "c++17", "c++20"))]
        for suffix, compilers, standards in cases:
            for compiler in compilers:
                for standard in standards:
                    # C++98 has neither long long nor trailing commas.
                    lax = ["-Wno-long-long"] if standard == "c++98" else []
                    with self.subTest(f"{compiler} {standard}"):
                        run = self.compile(
                            compiler, suffix, f"-std={standard}", *lax, root=ROOT
                        )
                        self.assertEqual(run.returncode, 0, run.stderr)

    def test_compiles_for_32_bit_targets(self):
        for target in ("i386-linux-gnu", "wasm32", "i686-pc-windows-msvc"):
            with self.subTest(target):
                run = self.compile(
                    "clang", "c", f"--target={target}", "-ffreestanding", root=ROOT
                )
                self.assertEqual(run.returncode, 0, run.stderr)

    def test_fails_to_compile_where_a_member_lies_elsewhere(self):
        self.tree.edit(
            "include/baton/value.h", "  const char *data;\n", "  baton_value data;\n"
        )
        self.tree.edit(
            "include/baton/type.h", "  void *reserved1;\n", "  uint64_t reserved1;\n"
        )
        for compiler, suffix, standard in (
            ("gcc", "c", "c99"),
            ("gcc", "c", "c11"),
            ("g++", "c++", "c++11"),
        ):
            with self.subTest(standard):
                run = self.compile(compiler, suffix, f"-std={standard}")
                self.assertNotEqual(run.returncode, 0)
                self.assertIn("baton_text_view", run.stderr)
        run = self.compile(
            "clang", "c", "--target=wasm32", "-ffreestanding", "-std=c11"
        )
        self.assertIn("size_of_baton_type", run.stderr)


if __name__ == "__main__":
    unittest.main()
