# SPDX-License-Identifier: MIT
"""Whatever a target does to its process becomes a verdict, and nothing is left."""

import unittest

from kit import ONE_CHECK, KitTest, hostile

# Seconds: for what hangs, after the worker has begun, and for what does not.
SHORT, ENOUGH = 4, 100
IN_THE_CHECK = "in the check"
# target: verdict, what the reason says
IN_SEND = {
    "exit_in_send": ("CRASH", f"exit(0) {IN_THE_CHECK}"),
    "end_thread": ("CRASH", f"exit(0) {IN_THE_CHECK}"),
    "hang_in_send": ("HANG", f"it did not end {IN_THE_CHECK}"),
    "stop": ("HANG", f"it stopped itself (SIGSTOP) {IN_THE_CHECK}"),
    "kill_group": ("CRASH", f"SIGTERM {IN_THE_CHECK}"),
    "overflow_stack": ("CRASH", f"SIGSEGV {IN_THE_CHECK}"),
    "long_jump": ("CRASH", f"SIGABRT {IN_THE_CHECK}"),
    "huge_memory": ("CRASH", f"SIGABRT {IN_THE_CHECK}"),
    "leave_daemon_and_crash": ("CRASH", f"SIGABRT {IN_THE_CHECK}"),
    "leave_child": ("LEAK", "it left child process"),
    "leave_daemon": ("LEAK", "it left child process"),
    "return_twice": ("LEAK", "it left child process"),
    "leak_thread": ("LEAK", "each repetition leaves more: thread 'baton-worker'"),
    "leak_descriptor": ("LEAK", "leaves more: descriptor on '/dev/null'"),
    "close_output": ("FAIL", "descriptor 0 was closed, descriptor 1 was closed"),
    "close_everything": ("FAIL", "descriptor 2 was closed"),
    "change_folder": ("FAIL", "the current folder was changed"),
    "mask_signals": ("FAIL", "the thread's signal mask was changed"),
    "keep_thread": ("PASS", ""),
    "good": ("PASS", ""),
}
IN_LOADING = {
    "abort_in_constructor": ("CRASH", "SIGABRT while it was loaded"),
    "hang_in_constructor": ("HANG", "it did not end while it was loaded"),
    "exit_in_entry": ("CRASH", "exit(0) while it was loaded"),
}
# target: what the entry gave instead of a provider
NO_PROVIDERS = {
    "null_provider": "the entry gives null",
    "misaligned_provider": "the provider is not aligned",
    "wild_provider": "the provider is no memory",
    "wrong_magic": "the provider's magic is wrong",
    "many_exports": "it has 1152921504606846976 exports",
    "change_folder_on_load": "the current folder was changed",
}


class HostileTest(KitTest):
    def send(self, name, status, timeout=ENOUGH):
        words = ("--filter", ONE_CHECK, "--timeout", timeout)
        return self.one(hostile(name), *words, status=status)

    def test_what_is_done_in_a_slot(self):
        for name, (verdict, reason) in IN_SEND.items():
            with self.subTest(name):
                timeout = SHORT if verdict == "HANG" else ENOUGH
                status = 0 if verdict == "PASS" else 1
                result = self.send(name, status, timeout)
                self.assertEqual(result["id"], f"{ONE_CHECK}:act")
                self.assertEqual(result["verdict"], verdict)
                self.assertIn(reason, result["reason"])
                self.assertEqual(result["broken"], [])

    def test_a_crash_names_every_check_that_meets_it(self):
        words = ("--timeout", ENOUGH)
        report = self.check(hostile("exit_in_send"), *words, status=1)
        crashed = [one for one in report["results"] if one["verdict"] == "CRASH"]
        self.assertGreater(len(crashed), 1)
        for one in crashed:
            self.assertEqual(one["reason"], f"exit(0) {IN_THE_CHECK}", one["id"])

    def test_a_hang_in_create_keeps_no_other_check_from_running(self):
        words = ("--timeout", SHORT, "--filter", "create", "--filter", "load")
        report = self.check(hostile("hang_in_create"), *words, status=1)
        by_id = {one["id"]: one for one in report["results"]}
        self.assertEqual(by_id["create:act"]["verdict"], "HANG")
        self.assertEqual(by_id["load"]["verdict"], "PASS")

    def test_what_is_done_while_loading_is_the_result_of_load(self):
        for name, (verdict, reason) in IN_LOADING.items():
            with self.subTest(name):
                timeout = SHORT if verdict == "HANG" else ENOUGH
                result = self.one(hostile(name), "--timeout", timeout, status=1)
                self.assertEqual(result["id"], "load")
                self.assertEqual(result["verdict"], verdict)
                self.assertEqual(result["reason"], reason)

    def test_an_entry_that_gives_no_provider_breaks_a_rule(self):
        for name, came in NO_PROVIDERS.items():
            with self.subTest(name):
                words = ("--filter", "load")
                result = self.one(hostile(name), *words, status=1)
                self.assertEqual(result["id"], "load")
                self.assertEqual(result["verdict"], "FAIL")
                (broken,) = result["broken"]
                self.assertEqual(broken["requirement"], "PRV-2")
                self.assertIn(came, broken["came"])

    def test_a_write_beside_an_out_parameter_is_found(self):
        result = self.send("write_beside", status=1)
        self.assertEqual(result["verdict"], "FAIL")
        self.assertIn("other memory was", result["broken"][0]["came"])

    def test_what_was_broken_before_a_crash_is_told(self):
        report = self.check(hostile("break_and_crash"), status=1)
        crashed = [one for one in report["results"] if one["verdict"] == "CRASH"]
        self.assertTrue(crashed)
        for one in crashed:
            self.assertEqual(one["reason"], f"SIGABRT {IN_THE_CHECK}")
        rules = [broken["came"] for one in crashed for broken in one["broken"]]
        self.assertIn("other memory was", rules)

    def test_an_exception_that_leaves_a_slot_is_found(self):
        result = self.send("throw_exception", status=1)
        self.assertEqual(result["verdict"], "FAIL")
        self.assertEqual(result["broken"][0]["requirement"], "ERR-8")

    def test_output_is_captured_and_bounded(self):
        output = self.send("write_megabytes", status=0)["output"]
        self.assertLess(len(output), 20000)
        self.assertIn("bytes left out]", output)
        self.assertTrue(output.startswith("xxx") and output.endswith("xxx"))

    def test_output_that_is_no_text_can_be_reported(self):
        output = self.send("write_garbage", status=0)["output"]
        self.assertEqual(output, "?[2J]]>???<&'\"\\\n")

    def test_a_worker_has_a_limit_of_memory(self):
        words = ("--filter", ONE_CHECK, "--memory", 512, "--timeout", ENOUGH)
        result = self.one(hostile("huge_memory"), *words, status=1)
        self.assertEqual(result["verdict"], "CRASH")


if __name__ == "__main__":
    unittest.main()
