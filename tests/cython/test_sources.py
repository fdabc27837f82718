# SPDX-License-Identifier: MIT
"""The .pxd files say what the headers say, and the documents what the examples do."""

import importlib.util
import subprocess
import sys
import unittest

import modules

BINDING = modules.ROOT / "bindings/cython"


def quotations():
    path = modules.ROOT / "tests/docs/check_blocks.py"
    spec = importlib.util.spec_from_file_location("check_blocks", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Generated(unittest.TestCase):
    def check(self):
        command = [sys.executable, str(BINDING / "generate.py"), "--check"]
        return subprocess.run(command, capture_output=True, text=True)

    def test_they_are_what_the_headers_say(self):
        done = self.check()
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertRegex(done.stdout, r"^\d+ lines\n$")

    def test_a_difference_is_told(self):
        spec = importlib.util.spec_from_file_location(
            "generate", BINDING / "generate.py"
        )
        generate = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(generate)
        read = generate.read
        generate.read = lambda path: read(path).replace(
            "void (*track)(PyObject *object);", "void (*trace)(int, int);"
        )
        self.assertEqual(
            list(generate.table_problems()), ["baton/python.pxd has no trace"]
        )


class Documents(unittest.TestCase):
    def test_they_quote_the_examples(self):
        blocks, count = quotations(), 0
        pattern = blocks.re.compile(
            r"^<!-- check: (?P<how>.*?) -->\n```(?:cython|python)\n(?P<text>.*?)^```$",
            blocks.re.M | blocks.re.S,
        )
        for name in ("README.md", "guide.md"):
            text = (BINDING / name).read_text(encoding="utf-8")
            for block in pattern.finditer(text):
                options = dict(word.split("=", 1) for word in block["how"].split())
                with self.subTest(name=name, options=options):
                    self.assertEqual(block["text"], blocks.excerpt(options))
                count += 1
            self.assertEqual(text.count("```"), 2 * len(pattern.findall(text)))
        self.assertEqual(count, 7)

    def test_the_readme_is_short(self):
        text = (BINDING / "README.md").read_text(encoding="utf-8")
        self.assertLessEqual(text.count("\n"), 20)
