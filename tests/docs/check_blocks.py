#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks every C and C++ code block of the documents.

tests/docs/check_blocks.py [--fix]

A block must compile by itself: C as C99 and C11, C++ as C++17. A comment on
the line above the fence says otherwise:

<!-- check: file=examples/x.c -->                 the whole file, word for word
<!-- check: file=examples/x.c lines=10-29 -->     these lines of it
<!-- check: file=examples/x.c region=resume -->   what is between the comments
                                                  [resume] and [/resume] in it
<!-- check: fixture=body -->                      compile it in the place of
                                                  BLOCK in fixtures/body.c
<!-- check: std=c++20 -->                         with this standard instead

--fix rewrites quotations from their files. Only blocks marked c or cpp count.
"""

import pathlib
import re
import subprocess
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests/docs/fixtures"
DOCUMENTS = ["*.md", "*/*.md", "abi/runtime/*.md"]
DOCUMENTS += ["bindings/**/README.md", "bindings/*/guide.md"]
BLOCK = re.compile(
    r"(?:^<!-- check: (?P<how>.*?) -->\n+)?^```(?P<language>[a-z]+)\n(?P<text>.*?)^```$",
    re.M | re.S,
)
FLAGS = """-Wall -Wextra -Wpedantic -Werror -Wno-unused-function -Wno-unused-variable
    -fsyntax-only""".split()
STANDARDS = {"c": ["c99", "c11"], "cpp": ["c++17"]}
# libbaton's come last: its private headers have names that the system has too.
INCLUDES = [f"-I{ROOT / folder}" for folder in ("include", "bindings/cpp")]
INCLUDES += ["-idirafter", str(ROOT / "abi/runtime")]


class Problem(Exception):
    pass


def excerpt(options):
    """What the quoted file says."""
    path = ROOT / options["file"]
    if not path.is_file():
        raise Problem(f"no such file: {options['file']}")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if "lines" in options:
        first, last = map(int, options["lines"].split("-"))
        lines = lines[first - 1 : last]
    elif "region" in options:
        name = re.escape(options["region"])
        edges = [
            [n for n, line in enumerate(lines) if re.search(rf"\[{edge}{name}\]", line)]
            for edge in ("", "/")
        ]
        if [len(edge) for edge in edges] != [1, 1]:
            raise Problem(f"{options['file']} has no one region {options['region']}")
        lines = lines[edges[0][0] + 1 : edges[1][0]]
    return textwrap.dedent("".join(lines))


def compile_block(text, language, options):
    suffix = {"c": ".c", "cpp": ".cc"}[language]
    if "fixture" in options:
        fixture = FIXTURES / (options["fixture"] + suffix)
        if not fixture.is_file():
            raise Problem(f"no such fixture: {fixture.relative_to(ROOT)}")
        text = fixture.read_text(encoding="utf-8").replace("BLOCK", text)
    standards = [options["std"]] if "std" in options else STANDARDS[language]
    for standard in standards:
        compiler = {"c": "cc", "cpp": "c++"}[language]
        command = [compiler, f"-std={standard}", *FLAGS, *INCLUDES]
        command += ["-x", {"c": "c", "cpp": "c++"}[language], "-"]
        done = subprocess.run(command, input=text, capture_output=True, text=True)
        if done.returncode:
            raise Problem(f"does not compile as {standard}:\n{done.stderr}")


def check(block):
    """Gives the text that the block should have."""
    options = dict(word.split("=", 1) for word in (block["how"] or "").split())
    unknown = options.keys() - {"file", "lines", "region", "fixture", "std"}
    if unknown:
        raise Problem(f"unknown: {', '.join(sorted(unknown))}")
    if "file" in options:
        return excerpt(options)
    compile_block(block["text"], block["language"], options)
    return block["text"]


def main(fix):
    documents = sorted({path for name in DOCUMENTS for path in ROOT.glob(name)})
    passed, failed = 0, 0
    for path in documents:
        text = path.read_text(encoding="utf-8")
        for block in reversed(list(BLOCK.finditer(text))):
            if not block["how"] and block["language"] not in STANDARDS:
                continue
            line = text.count("\n", 0, block.start("text"))
            where = f"{path.relative_to(ROOT)}:{line}"
            try:
                wanted = check(block)
                if wanted != block["text"] and not fix:
                    raise Problem("not what the file says; see --fix")
                text = text[: block.start("text")] + wanted + text[block.end("text") :]
                passed += 1
            except (Problem, ValueError) as problem:
                print(f"{where}: {problem}")
                failed += 1
        if fix:
            path.write_text(text, encoding="utf-8")
    if not passed + failed:
        print("no code blocks found")
    print(f"{passed} passed, {failed} failed")
    return not passed or bool(failed)


if __name__ == "__main__":
    sys.exit(main("--fix" in sys.argv[1:]))
