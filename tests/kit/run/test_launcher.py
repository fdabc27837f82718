# SPDX-License-Identifier: MIT
"""tools/baton from a folder of the user's, with paths that begin there."""

import os
import re
import shutil
import subprocess
import unittest

from kit import DEADLINE, ONE_CHECK, PROGRAM, ROOT, KitTest, hostile

FACTORY = "subjects.good:relay"
STRUCT = """\
#include <stdint.h>
typedef struct baton_point {
  uint32_t x;
%s} baton_point;
"""


class LauncherTest(KitTest):
    """The folder has lib/good.so, and work/, where the commands are given."""

    def setUp(self):
        super().setUp()
        self.work = self.folder / "work"
        self.work.mkdir()
        (self.folder / "lib").mkdir()
        shutil.copy(hostile("good"), self.folder / "lib/good.so")
        shutil.copy(hostile("exit_in_send"), self.folder / "lib/bad.so")

    def baton(self, *words, status, folder=None):
        """Runs the launcher by a relative path. @return what it wrote."""
        folder = folder or self.work
        done = subprocess.run(
            [os.path.relpath(ROOT / "tools/baton", folder), *map(str, words)],
            capture_output=True,
            encoding="utf-8",
            timeout=DEADLINE,
            cwd=folder,
            env={**os.environ, "BATON_KIT": str(PROGRAM)},
        )
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout if status < 2 else done.stderr

    def test_check(self):
        words = ("--filter", ONE_CHECK, "--json", "made.json")
        self.baton("check", "../lib/good.so", *words, status=0)
        self.assertTrue((self.work / "made.json").exists())
        output = self.baton("check", "../lib/bad.so", *words, status=1)
        again = re.search(r"again +baton (check \.\./lib/bad\.so .*)", output)[1]
        output = self.baton(*again.replace("'", "").split(), status=1)
        self.assertIn("CRASH", output)

    def test_check_python(self):
        shutil.copytree(
            ROOT / "tests/kit/python/subjects", self.folder / "lib/subjects"
        )
        for words in (("--python", FACTORY), (f"--python={FACTORY}",)):
            words += ("--path", "../lib", "--filter", "results.*")
            output = self.baton("check", *words, status=0)
            self.assertIn(FACTORY, output)
        self.assertIn(
            "No module named 'subjects'",
            self.baton("check", "--python", FACTORY, "--path", "lib", status=2),
        )

    def test_inspect(self):
        output = self.baton("inspect", "../lib/good.so", status=0)
        self.assertTrue(output.startswith("../lib/good.so\n"), output)
        output = self.baton("inspect", "lib/good.so", status=2)
        self.assertIn("lib/good.so: No such file", output)

    def test_diff(self):
        (self.folder / "old.h").write_text(STRUCT % "")
        (self.work / "new.h").write_text(STRUCT % "  uint32_t y;\n")
        self.baton("diff", "../old.h", "./../old.h", status=0)
        output = self.baton("diff", "../old.h", "new.h", status=1)
        self.assertIn("baton_point", output)
        output = self.baton("diff", "old.h", "new.h", status=2)
        self.assertEqual(output, "baton: old.h: there is no such file\n")

    def test_fuzz_and_replay(self):
        words = ("--seed", 1, "--chunks", 2, "--save", "found.batontrace")
        self.assertIn("saved", self.baton("fuzz", "../lib/bad.so", *words, status=1))
        trace = self.work / "found.batontrace"
        self.assertTrue(trace.exists())
        self.assertIn("same", self.baton("replay", trace.name, status=0))
        elsewhere = {"folder": self.folder}
        path = "work/found.batontrace"
        output = self.baton("replay", path, "lib/bad.so", status=0, **elsewhere)
        self.assertIn("same", output)
        output = self.baton("replay", path, status=2, **elsewhere)
        self.assertIn("../lib/bad.so: No such file", output)


if __name__ == "__main__":
    unittest.main()
