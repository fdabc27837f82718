#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks what the built libraries export and need.

tests/lib/check.py BUILD_DIR
"""

import fnmatch
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "abi/runtime"
COMMENT = re.compile(r"/\*.*?\*/", re.S)
DECLARED = re.compile(r"^BATON_API\b[^;{]*?\b(baton_\w+)\s*\(", re.M)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def symbols(*command):
    """Defined global names, without the version that nm appends."""
    lines = [line.split() for line in run("nm", "--defined-only", *command).split("\n")]
    return {
        line[2].split("@")[0] for line in lines if len(line) == 3 and line[1] != "A"
    }


def declared():
    text = "".join(path.read_text() for path in (RUNTIME / "baton").glob("*.h"))
    return set(DECLARED.findall(COMMENT.sub("", text)))


def map_patterns():
    text = COMMENT.sub("", (RUNTIME / "baton.map").read_text())
    shown = "".join(re.findall(r"global:(.*?)(?:local:|\})", text, re.S))
    return set(re.findall(r"[\w*?]+", shown))


def main(build):
    shared, static = build / "libbaton.so", build / "libbaton.a"
    problems = []

    def check(what, wrong):
        problems.extend(f"{what}: {name}" for name in sorted(wrong))

    exported, public, patterns = symbols("-D", shared), declared(), map_patterns()
    mapped = {n for n in exported if any(fnmatch.fnmatch(n, p) for p in patterns)}
    plain = {p for p in patterns if not set(p) & set("*?")}
    check("exported but not in baton.map", exported - mapped)
    check("in baton.map but not exported", plain - exported)
    check("exported but not in a public header", exported - public)
    check("in a public header but not exported", public - exported)
    check("nothing is", [] if exported else ["exported"])
    for name, found in [(shared, exported), (static, symbols("-g", static))]:
        check(
            f"outside the namespace in {name.name}",
            {n for n in found if not n.startswith("baton_")},
        )

    version = (ROOT / "include/baton/version.h").read_text()
    major = re.search(r"#define BATON_ABI_MAJOR (\d+)", version)[1]
    dynamic = run("readelf", "-dW", shared)
    names = set(re.findall(r"\(SONAME\).*\[(.*)\]", dynamic))
    check("wrong SONAME", names ^ {f"libbaton.so.{major}"})
    needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic))
    # Linked with "-z defs", so every symbol comes from one of these.
    check(
        "needs more than libc",
        {n for n in needed if not re.match(r"(libc|libpthread|ld-linux)[.-]", n)},
    )

    for problem in problems:
        print(problem)
    print(f"{len(exported)} symbols exported, {len(problems)} problems")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
