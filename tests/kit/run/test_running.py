# SPDX-License-Identifier: MIT
"""Workers: seeds, time limits, and ends from outside."""

import os
import pathlib
import select
import signal
import subprocess
import unittest
import uuid

from kit import DEADLINE, ONE_CHECK, PROGRAM, KitTest, hostile, marked

TURNS = 7  # of the words of a worker: the first of a check, its subject, its seed


def turns(output):
    """What a worker was told to do: the job to its seed."""
    words = output.splitlines()[TURNS:-1]
    jobs = zip(words[0::3], words[1::3], words[2::3], strict=True)
    return {f"{check}:{subject}".rstrip(":"): seed for check, subject, seed in jobs}


class SeedTest(KitTest):
    def seeds(self, *words):
        """The seed of each job, as its worker was given it."""
        report = self.check(hostile("show_command"), *words, status=0)
        found = {}
        for result in report["results"]:
            if result["id"] in turns(result["output"]):
                found.update(turns(result["output"]))
        return found

    def test_filters_jobs_and_batches_do_not_change_a_seed(self):
        every = self.seeds("--seed", 5)
        self.assertGreater(len(every), 10)
        self.assertEqual(len(set(every.values())), len(every))
        for words in (
            ("--filter", ONE_CHECK),
            ("--reproduce", f"{ONE_CHECK}:act"),
            ("--tier", "cancel", "--jobs", 4),
            ("--tier", "cancel", "--isolate"),
        ):
            with self.subTest(words):
                some = self.seeds("--seed", 5, *words)
                self.assertTrue(some)
                self.assertEqual(some, {key: every[key] for key in some})

    def test_another_master_gives_other_seeds(self):
        one, other = (self.seeds("--seed", n, "--filter", ONE_CHECK) for n in (5, 6))
        self.assertEqual(one.keys(), other.keys())
        self.assertFalse(set(one.values()) & set(other.values()))

    def test_a_round_of_repeat_can_be_run_alone(self):
        words = ("--filter", ONE_CHECK, "--isolate")
        report = self.check(
            hostile("show_command"), "--seed", 5, "--repeat", 2, *words, status=0
        )
        rounds = [turns(one["output"]) for one in report["results"]]
        self.assertEqual(rounds, [self.seeds("--seed", n, *words) for n in (5, 6)])


class BatchTest(KitTest):
    def verdicts(self, name, *words, status):
        report = self.check(hostile(name), "--jobs", 1, *words, status=status)
        return {one["id"]: (one["verdict"], one["reason"]) for one in report["results"]}

    def test_jobs_that_pass_share_a_worker(self):
        report = self.check(hostile("show_command"), "--jobs", 1, status=0)
        together = [len(turns(one["output"])) for one in report["results"]]
        self.assertGreater(max(together), 1)

    def test_no_job_shares_its_worker_with_isolate(self):
        words = ("--jobs", 1, "--isolate")
        report = self.check(hostile("show_command"), *words, status=0)
        together = [len(turns(one["output"])) for one in report["results"]]
        self.assertEqual(max(together), 1)

    def test_what_a_job_does_to_the_others_changes_no_verdict(self):
        for name in (
            "exit_in_send",
            "close_output",
            "change_folder",
            "break_and_crash",
        ):
            with self.subTest(name):
                words = ("--filter", "state-*", "--seed", 1)
                together = self.verdicts(name, *words, status=1)
                alone = self.verdicts(name, *words, "--isolate", status=1)
                self.assertEqual(together, alone)


class IsolationTest(KitTest):
    def test_a_worker_gets_no_descriptor_of_the_kit(self):
        source = self.file("inherited", "x")
        with open(source) as inherited:
            os.set_inheritable(inherited.fileno(), True)
            done = subprocess.run(
                [PROGRAM, "check", hostile("close_everything"), "--filter", ONE_CHECK],
                capture_output=True,
                pass_fds=[inherited.fileno()],
                encoding="utf-8",
                timeout=DEADLINE,
            )
        self.assertIn("descriptor 2 was closed\n", done.stdout)

    def test_children_that_the_kit_inherits_are_left_alone(self):
        # The program takes the place of a shell that has a child already.
        script = f'sleep {DEADLINE} >/dev/null 2>&1 & echo $!; exec "$@"'
        words = [PROGRAM, "check", hostile("leave_daemon"), "--filter", ONE_CHECK]
        done = subprocess.run(
            ["sh", "-c", script, "sh", *words],
            capture_output=True,
            encoding="utf-8",
            timeout=DEADLINE,
        )
        child = int(done.stdout.splitlines()[0])
        self.assertIn("it left child process", done.stdout)
        os.kill(child, signal.SIGKILL)  # fails if it has ended

    def hang(self):
        """Starts a check whose worker hangs. @return process, token"""
        token = uuid.uuid4().hex
        fifo = self.folder / token
        os.mkfifo(fifo)
        process = subprocess.Popen(
            [PROGRAM, "check", hostile("announce_and_hang"), "--timeout", "60"],
            env={**os.environ, "BATON_TEST_TOKEN": token, "BATON_TEST_FIFO": fifo},
            stdout=subprocess.DEVNULL,
        )
        self.addCleanup(process.kill)
        fifo.read_text()  # ends when the worker has closed it
        return process, token

    def test_an_interrupted_check_leaves_nothing(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number):
                process, token = self.hang()
                process.send_signal(number)
                self.assertEqual(process.wait(DEADLINE), -number)
                self.assertEqual(marked(token), [])

    def test_a_check_that_is_killed_takes_its_worker_with_it(self):
        process, token = self.hang()
        (worker,) = (one for one in marked(token) if int(one) != process.pid)
        end = os.pidfd_open(int(worker))
        self.addCleanup(os.close, end)
        process.kill()
        process.wait(DEADLINE)
        self.assertTrue(select.select([end], [], [], DEADLINE)[0])

    def test_the_program_needs_no_folder_of_its_own(self):
        done = subprocess.run(
            [PROGRAM, "check", pathlib.Path(hostile("good")).name, "--filter", "load"],
            cwd=pathlib.Path(hostile("good")).parent,
            capture_output=True,
            encoding="utf-8",
            timeout=DEADLINE,
        )
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
