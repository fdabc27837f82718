# SPDX-License-Identifier: MIT
"""Every program in the binding's documents is a file that other tests build and run.

test_guide.py --fix    rewrites the quotations from their files
"""

import importlib.util
import pathlib
import re
import sys
import unittest

import build_examples
import package

DOCUMENTS = [package.BINDING / "guide.md", package.BINDING / "README.md"]
FENCE = re.compile(
    r"(?:^<!-- check: (?P<how>.*?) -->\n+)?^```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.M | re.S,
)
COMMAND = re.compile(r"^ {4}(\S+)", re.M)


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


blocks = load(package.ROOT / "tests/docs/check_blocks.py")


def quoted(how):
    """The file that a block quotes, and what it says there."""
    options = dict(word.split("=", 1) for word in (how or "").split())
    if "file" not in options or options.keys() - {"file", "region"}:
        raise blocks.Problem(f"not the quotation of a file: {how}")
    return package.ROOT / options["file"], blocks.excerpt(options)


def fix():
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        for block in reversed(list(FENCE.finditer(text))):
            wanted = quoted(block["how"])[1]
            text = text[: block.start("text")] + wanted + text[block.end("text") :]
        path.write_text(text, encoding="utf-8")


class GuideTest(unittest.TestCase):
    maxDiff = None

    def test_quotes_examples_that_are_built_and_run(self):
        run = {f"{name}.c" for name in build_examples.names()}
        run |= {f"use_{name}.py" for name in build_examples.names()}
        run |= {"module.h", "setup.py", "pyproject.toml"}
        found = 0
        for path in DOCUMENTS:
            for block in FENCE.finditer(path.read_text(encoding="utf-8")):
                with self.subTest(path.name, how=block["how"]):
                    source, wanted = quoted(block["how"])
                    self.assertEqual(source.parent, build_examples.EXAMPLES)
                    self.assertIn(source.name, run)
                    self.assertEqual(block["text"], wanted)
                    found += 1
        self.assertGreater(found, 10)

    def test_shows_every_example(self):
        text = DOCUMENTS[0].read_text(encoding="utf-8")
        for name in build_examples.names():
            self.assertIn(f"examples/{name}.c", text)

    def test_names_what_exists(self):
        """Files, and words that begin with baton_, BATON_ or Py."""
        known = "".join(
            path.read_text(encoding="utf-8")
            for folder in (package.ROOT / "include", package.ROOT / "abi/runtime")
            for path in folder.rglob("*.h")
        )
        known += (package.BINDING / "include/baton/python.h").read_text()
        for path in DOCUMENTS:
            prose = FENCE.sub("", path.read_text(encoding="utf-8"))
            for word in re.findall(r"\b(?:baton_|BATON_)\w+", prose):
                if word not in ("baton_python", "baton_try_"):
                    self.assertRegex(known, rf"\b{word}\b")
            for name in re.findall(r"`((?:spec|tools|examples|src)/[\w./]+)`", prose):
                there = [package.ROOT / name, package.BINDING / name]
                self.assertTrue(any(map(pathlib.Path.exists, there)), name)


if __name__ == "__main__":
    if "--fix" in sys.argv:
        fix()
    else:
        unittest.main()
