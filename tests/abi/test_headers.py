# SPDX-License-Identifier: MIT
"""The reader of headers: what it understands, and what it refuses."""

import unittest

from tree import ROOT, headers

GUARD = "#ifndef BATON_X_H\n#define BATON_X_H\n{}\n#endif\n"


def parse(body):
    return headers.parse(GUARD.format(body), "baton/x.h")


class Understands(unittest.TestCase):
    def test_a_slot_with_its_comment_and_parameters(self):
        header = parse(
            "/** Doc. */\n"
            "typedef struct baton_t {\n"
            "  uint32_t struct_size; /**< own size */\n"
            "  /** Does it.\n"
            "   * Slot: any thread. */\n"
            "  int32_t(BATON_CALL *go)(const baton_value *self,\n"
            "                          const void **out);\n"
            "} baton_t;"
        )
        (struct,) = header.structs
        size, go = struct.fields
        self.assertEqual((struct.name, struct.doc), ("baton_t", "Doc."))
        self.assertTrue(struct.versioned)
        self.assertEqual((size.ctype, size.doc), ("uint32_t", "own size"))
        self.assertEqual(go.ctype, "slot")
        self.assertEqual(go.doc, "Does it.\nSlot: any thread.")
        self.assertEqual(go.line, 8)
        self.assertEqual(
            [(p.ctype, p.name) for p in go.function.params],
            [("const baton_value *", "self"), ("const void **", "out")],
        )

    def test_a_union_as_a_member_with_members(self):
        header = parse("struct baton_u { union { void *p; uint64_t n; } head; };")
        (head,) = header.structs[0].fields
        self.assertEqual(head.ctype, "union")
        self.assertEqual([m.name for m in head.members], ["p", "n"])

    def test_constants_with_their_values(self):
        header = parse(
            "/* Numbers. */\n"
            "#define BATON_A -16 /**< minus */\n"
            "#define BATON_B 0x80000000u\n"
            '#define BATON_C "c/1"\n'
            "#define BATON_D offsetof(baton_t, data)\n"
            "#define BATON_E \\\n  5 /**< goes \\\n on */\n"
        )
        self.assertEqual(
            [c.value for c in header.constants], [-16, 0x80000000, "c/1", None, 5]
        )
        self.assertEqual({c.section for c in header.constants}, {"Numbers."})

    def test_a_callback_without_parameters(self):
        header = parse("typedef const baton_p *(BATON_CALL *baton_entry)(void);")
        (callback,) = header.callbacks
        self.assertEqual(callback.function.returns, "const baton_p *")
        self.assertEqual(callback.function.params, [])

    def test_every_header_of_the_contract(self):
        found = headers.read(ROOT / "include")
        self.assertIn("baton_type", headers.structs_by_name(found))
        self.assertNotIn("baton/inline.h", [header.path for header in found])


class Refuses(unittest.TestCase):
    def refuses(self, body, saying):
        with self.assertRaisesRegex(headers.HeaderError, saying):
            parse(body)

    def test_types_whose_size_depends_on_the_compiler(self):
        for ctype in ("long", "int", "bool", "size_t", "enum baton_e", "wchar_t"):
            with self.subTest(ctype):
                self.refuses(f"struct baton_t {{ {ctype} n; }};", "may not stand")

    def test_a_struct_of_somebody_else_in_a_slot(self):
        self.refuses(
            "struct baton_t { int32_t(BATON_CALL *f)(FILE *file); };", "'FILE \\*'"
        )

    def test_a_function_pointer_without_the_calling_convention(self):
        self.refuses("struct baton_t { int32_t (*f)(void); };", "BATON_CALL")

    def test_arrays_and_bit_fields(self):
        self.refuses("struct baton_t { uint32_t a[2]; };", "no place in a member")
        self.refuses("struct baton_t { uint32_t a : 2; };", "cannot read ':")

    def test_names_without_the_prefix(self):
        self.refuses("struct other { uint32_t a; };", "lacks the prefix")
        self.refuses("#define OTHER 1", "lacks the prefix")

    def test_macros_with_parameters(self):
        self.refuses("#define BATON_F(x) 1", "macro with parameters")

    def test_functions(self):
        self.refuses("static inline int baton_f(void) { return 1; }", "no declaration")

    def test_a_struct_that_does_not_end(self):
        self.refuses("struct baton_t { uint32_t a;", "ends inside a declaration")

    def test_the_error_names_file_and_line(self):
        self.refuses("\n\nstruct baton_t {\n long n; };", r"include/baton/x.h:6: ")


if __name__ == "__main__":
    unittest.main()
