# SPDX-License-Identifier: MIT
"""What vendor.py puts into the crates compiles without the repository."""

import pathlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import unittest

import support


class Vendor(unittest.TestCase):
    def setUp(self):
        self.crates = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.crates)
        self.libbaton = self.crates / "baton-sys/vendor"
        self.shim = self.crates / "baton-pyo3/vendor"
        self.vendor()

    def vendor(self):
        script = support.ROOT / "bindings/rust/vendor.py"
        subprocess.run([sys.executable, script, self.crates], check=True)

    def compile(self, folder, *includes):
        sources = sorted(map(str, folder.glob("*.c")))
        self.assertNotEqual(sources, [])
        flags = [f"-I{path}" for path in includes]
        python = sysconfig.get_path("include")
        command = ["cc", "-std=c11", "-fsyntax-only", "-DBATON_BUNDLE", *flags]
        done = subprocess.run(
            [*command, "-isystem", python, *sources], capture_output=True, text=True
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_libbaton_compiles(self):
        runtime = self.libbaton / "runtime"
        self.compile(runtime, self.libbaton / "include", runtime)

    def test_the_shim_compiles_with_the_other_crates_headers(self):
        includes = [self.libbaton / "include", self.libbaton / "runtime"]
        source = self.shim / "src"
        self.compile(source, self.shim / "include", source, *includes)

    def test_what_was_there_before_is_gone(self):
        stale = self.shim / "src/stale.c"
        stale.write_text("int stale;")
        self.vendor()
        self.assertFalse(stale.exists())
        self.assertTrue((self.shim / "LICENSE").exists())


if __name__ == "__main__":
    unittest.main()
