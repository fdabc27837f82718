# SPDX-License-Identifier: MIT
"""Subjects that crash, end, hang, fork and leak: a verdict, and nothing is left."""

import os
import pathlib
import select
import unittest

import support

ID = "send.after_the_end"


def verdict(function, id=ID, **more):
    path = (support.extension(),)
    result = support.check(f"hostile:{function}", [id], "relay", path=path, **more)
    return result[id]


def processes():
    """All processes that have the kit's worker in their command."""
    found = set()
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if b"baton_check.worker" in (entry / "cmdline").read_bytes():
                found.add(int(entry.name))
        except OSError:
            pass
    return found


def parent(pid):
    stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    return int(stat.rpartition(")")[2].split()[1])


def left(before):
    """Processes that have appeared and do not end, whose parent is gone or here."""
    found = set()
    for pid in processes() - before:
        try:
            if parent(pid) not in (1, os.getpid()):
                continue  # another test's
            handle = os.pidfd_open(pid)
        except OSError:
            continue
        # What was killed may need a moment to be gone.
        if not select.select([handle], [], [], 10)[0]:
            found.add(pid)
        os.close(handle)
    return found


class Verdicts(unittest.TestCase):
    def test_a_plain_one_in_c_passes(self):
        self.assertEqual(verdict("plain", "results.returned_none")["verdict"], "PASS")

    def test_a_trap_fails(self):
        result = verdict("trap", "results.returned_tuple")
        self.assertEqual(result["verdict"], "FAIL")
        came = [one["came"] for one in result["broken"]]
        self.assertIn("send: 'result', 1, False", came)

    def test_a_segmentation_fault_is_a_crash(self):
        result = verdict("segfault")
        self.assertEqual((result["verdict"], result["reason"]), ("CRASH", "SIGSEGV"))
        self.assertIn("after_the_end", result["output"])

    def test_an_abort_is_a_crash(self):
        result = verdict("aborts")
        self.assertEqual((result["verdict"], result["reason"]), ("CRASH", "SIGABRT"))

    def test_an_exit_is_a_crash(self):
        result = verdict("exits")
        self.assertEqual(result["verdict"], "CRASH")
        self.assertEqual(result["reason"], "exited with status 0")

    def test_a_hang_is_a_hang(self):
        before = processes()
        result = verdict("hangs", timeout=1.0)
        self.assertEqual(result["verdict"], "HANG")
        self.assertEqual(result["reason"], "no end after 1 s")
        self.assertIn("after_the_end", result["output"])
        self.assertEqual(left(before), set())

    def test_a_fork_fails_and_leaves_nothing(self):
        before = processes()
        result = verdict("forks")
        self.assertEqual(result["verdict"], "FAIL")
        self.assertEqual(result["reason"], "a child process is left behind")
        self.assertEqual(left(before), set())

    def test_a_fork_of_pythons_fails_and_leaves_nothing(self):
        before = processes()
        result = support.check("subjects.wrong_bodies:forks", [ID], "relay")[ID]
        self.assertEqual(result["verdict"], "FAIL")
        self.assertEqual(left(before), set())

    def test_a_reference_that_is_lost_is_a_leak(self):
        result = verdict("leaks", "leaks.completed")
        self.assertEqual(result["verdict"], "LEAK")
        self.assertEqual(result["broken"][0]["came"], "leak: blocks: 'grows'")

    @unittest.skipUnless(os.path.exists("/proc/self/statm"), "no /proc")
    def test_memory_that_is_lost_is_a_leak(self):
        result = verdict("mallocs", "leaks.memory")
        self.assertEqual(result["verdict"], "LEAK")
        self.assertEqual(verdict("plain", "leaks.memory")["verdict"], "PASS")

    def test_closed_files_do_not_matter(self):
        result = verdict("closes_files", "results.returned_none")
        self.assertEqual(result["verdict"], "PASS", result)

    def test_the_others_go_on_after_a_crash(self):
        path = (support.extension(),)
        globs = ["send.*", "close.before*", "types.type_name"]
        results = support.check("hostile:segfault", globs, "relay", path=path)
        self.assertEqual(results["send.after_the_end"]["verdict"], "CRASH")
        self.assertEqual(results["send.arity"]["verdict"], "PASS")
        self.assertEqual(results["types.type_name"]["verdict"], "FAIL")


if __name__ == "__main__":
    unittest.main()
