# SPDX-License-Identifier: MIT
"""The table is where Rust looks for it: asked of the C compiler."""

import importlib.util
import os
import pathlib
import shlex
import subprocess
import tempfile
import unittest

import support

SOURCE = """
#include <baton/python.h>
#include <stdio.h>
int main(void) {
%s
  printf("sizeof %%zu\\n", sizeof(baton_python));
  return 0;
}
"""


class Layout(unittest.TestCase):
    def of_c(self, members):
        spec = importlib.util.spec_from_file_location(
            "build_for_rust", support.HERE / "build.py"
        )
        build = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(build)
        sibling = build.sibling()
        headers = [*map(str, sibling.HEADERS)]
        headers += sibling.probe(os.sys.executable)["include"]
        lines = "\n".join(
            f'  printf("{one} %zu\\n", offsetof(baton_python, {one}));'
            for one in members
        )
        with tempfile.TemporaryDirectory() as folder:
            source, program = (pathlib.Path(folder, n) for n in ("layout.c", "layout"))
            source.write_text(SOURCE % lines)
            compiler = shlex.split(os.environ.get("CC", "cc"))
            options = [f"-I{header}" for header in headers]
            command = [*compiler, *options, str(source), "-o", str(program)]
            subprocess.run(command, check=True, timeout=120)
            done = subprocess.run(
                [str(program)], check=True, capture_output=True, text=True, timeout=60
            )
        return {
            name: int(offset)
            for name, offset in map(str.split, done.stdout.splitlines())
        }

    def test_every_member_is_where_c_has_it(self):
        rust = support.load("rust_one").layout()
        members = [name for name in rust if name != "sizeof"]
        self.assertEqual(rust, self.of_c(members))
        self.assertGreater(len(members), 20)


if __name__ == "__main__":
    unittest.main()
