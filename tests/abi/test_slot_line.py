# SPDX-License-Identifier: MIT
"""The reader of the sentence that ends each slot's comment."""

import unittest

from tree import headers, slot_line

FULL = "Slot: driver thread; CREATED, SUSPENDED; not re-entrant; runs code; takes in."


class Reads(unittest.TestCase):
    def test_all_words_of_a_sentence(self):
        self.assertEqual(
            slot_line.parse(FULL[:-1] + "; gives or lends\n out.", {}),
            slot_line.SlotLine(
                thread="DRIVER",
                states=("CREATED", "SUSPENDED"),
                reentrancy="REFUSED",
                code="RUNS_CODE",
                takes=("in",),
                out="GIVEN_OR_LENT",
            ),
        )

    def test_states_by_what_they_are_not(self):
        line = slot_line.parse(
            "Slot: any thread; any state but RUNNING; re-entrant; leaf call.", {}
        )
        self.assertEqual(line.states, ("CREATED", "SUSPENDED", "CLOSED"))

    def test_a_sentence_like_that_of_an_earlier_slot(self):
        earlier = {"send": slot_line.parse(FULL, {})}
        self.assertEqual(slot_line.parse("Slot: as send.", earlier), earlier["send"])
        self.assertEqual(
            slot_line.parse("Slot: as send, takes nothing.", earlier).takes, ()
        )
        self.assertEqual(
            slot_line.parse("Slot: as send; does not take in.", earlier).takes, ()
        )
        self.assertEqual(
            slot_line.parse("Slot: as send; lends out.", earlier).out, "LENT"
        )

    def test_past_a_requirement(self):
        line = slot_line.parse("Slot: any thread (TST-1); re-entrant; leaf call.", {})
        self.assertEqual(line.thread, "ANY")


class Refuses(unittest.TestCase):
    def refuses(self, doc, saying, earlier=None):
        with self.assertRaisesRegex(slot_line.SlotLineError, saying):
            slot_line.parse(doc, earlier or {})

    def test_a_comment_without_the_sentence(self):
        self.refuses("Does it.", 'no "Slot:" line')

    def test_words_that_version_h_does_not_define(self):
        self.refuses("Slot: some thread; re-entrant; leaf call.", '"some thread" is no')
        self.refuses("Slot: any thread; ASLEEP; re-entrant; leaf call.", '"ASLEEP"')

    def test_a_sentence_that_leaves_something_out(self):
        self.refuses("Slot: any thread; re-entrant.", "does not say its code")
        self.refuses("Slot: any thread; leaf call.", "does not say its reentrancy")
        self.refuses("Slot: re-entrant; leaf call.", "does not say its thread")

    def test_a_sentence_like_that_of_no_slot(self):
        self.refuses("Slot: as send.", "names no earlier slot")

    def test_every_faulty_slot_of_a_table_at_once(self):
        slots = "int32_t(BATON_CALL *a)(void); int32_t(BATON_CALL *b)(void);"
        header = headers.parse(f"struct baton_t {{ {slots} }};", "baton/x.h")
        lines, errors = slot_line.read_all(header.structs[0])
        self.assertEqual(lines, {})
        self.assertEqual(len(errors), 2)
        self.assertIn("include/baton/x.h:1: baton_t.b: ", errors[1])


if __name__ == "__main__":
    unittest.main()
