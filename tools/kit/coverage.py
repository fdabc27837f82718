#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Says which check finds which requirement broken, and who proves it.

    coverage.py            writes coverage.md
    coverage.py --check    is the lint: every gap is an error

Reads the requirements of abi/manifest.json, the checks that the kit lists, the
bad providers, what tests/kit/corpus/test_bad.py has found with them, unseen.txt:
what the kit cannot see, and unproven.txt: which checks no bad provider can make
fail; each with the reason.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TABLE = HERE / "coverage.md"
UNSEEN = HERE / "unseen.txt"
UNPROVEN = HERE / "unproven.txt"
BAD = ROOT / "tests" / "corpus" / "bad"
RESULTS = ROOT / "build" / "corpus" / "bad" / "results.json"
KIT = ROOT / "build" / "dev" / "tools" / "kit" / "baton-kit"
# Asserted of every call that the kit makes or gets (tools/kit/play), whatever the
# check is about.
UNIVERSAL = (
    "COR-1 COR-21 CTX-5 ERR-8 OWN-1 OWN-2 OWN-3 OWN-4 OWN-7 THR-1 TYP-1 VAL-3".split()
)
EVERY_CALL = "*every call*"
HEADING = """\
# What the kit sees

Made by `tools/kit/coverage.py`. For each requirement: the checks that can find
it broken, and the providers of [tests/corpus/bad](../../tests/corpus/bad) that
break it and nothing else, each of which the kit must name.

| requirement | checks | broken by |
|---|---|---|
"""
UNSEEN_HEADING = """
## What it cannot see

| requirement | why |
|---|---|
"""


def requirements():
    manifest = json.loads((ROOT / "abi" / "manifest.json").read_text())
    return {rule["id"]: rule for rule in manifest["requirements"]}


def checks():
    """Check to the requirements that it cites."""
    kit = os.environ.get("BATON_KIT", KIT)
    command = [kit, "check", "--list", "--json"]
    listed = json.loads(
        subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    )
    return {check["id"]: check["requirements"] for check in listed}


def providers():
    """Requirement to the bad providers that break it."""
    found = {}
    for source in sorted(BAD.glob("*-[0-9]*.c")):
        rule = "-".join(source.stem.split("-")[:2])
        found.setdefault(rule, []).append(source.stem)
    return found


def reasons_in(path):
    """What stands before the colon to the reason behind it."""
    lines = [line.strip() for line in path.read_text().splitlines()]
    return dict(line.split(": ", 1) for line in lines if line and line[0] != "#")


def citing(listed):
    """Requirement to the checks that cite it."""
    found = {rule: [EVERY_CALL] for rule in UNIVERSAL}
    for check, rules in listed.items():
        for rule in rules:
            found.setdefault(rule, []).append(check)
    return found


def table():
    cited, broken = citing(checks()), providers()
    reasons = reasons_in(UNSEEN)
    text = HEADING
    for rule in requirements():
        if rule in cited:
            row = ", ".join(sorted(cited[rule])), ", ".join(broken.get(rule, []))
            text += f"| {rule} | {row[0]} | {row[1]} |\n"
    text += UNSEEN_HEADING
    for rule in requirements():
        if rule in reasons:
            text += f"| {rule} | {reasons[rule]} |\n"
    return text


def gaps_of_rules(rules, cited, broken, reasons):
    for rule, text in rules.items():
        promised = "kit" in text["checks"]
        known = rule in cited or rule in reasons
        if promised and text["level"] == "MUST" and not known:
            yield f"{rule}: tested by the kit, says the specification; no check is"
        if not set(cited.get(rule, ())) - set(reasons_in(UNPROVEN)):
            continue
        if rule not in broken and rule not in reasons:
            yield f"{rule}: has a check and no bad provider"
        if not promised and not known:
            yield f"{rule}: not in unseen.txt, and no check sees it"


def gaps_of_names(rules, cited, broken, reasons):
    for rule in sorted(set(cited) - set(rules)):
        yield f"{rule}: cited by {', '.join(cited[rule])}, and there is no such rule"
    for rule in sorted(set(broken) - set(rules)):
        yield f"{rule}: broken by {', '.join(broken[rule])}; there is no such rule"
    for rule in sorted(set(reasons) - set(rules)):
        yield f"{rule}: in unseen.txt, and there is no such rule"
    for rule in sorted(set(reasons) & set(broken)):
        yield f"{rule}: in unseen.txt, and yet {broken[rule][0]} is found out"


def proven(listed):
    """Checks that a bad provider made fail for a requirement that they cite;
    that its descriptor has no magic makes every check fail, and proves none."""
    return {
        check
        for found in json.loads(RESULTS.read_text()).values()
        for rule, results in found.items()
        for check in (result.partition(":")[0] for result in results)
        if rule in listed.get(check, [])
    }


def gaps_of_checks(listed):
    if not RESULTS.exists():
        yield f"{RESULTS.relative_to(ROOT)}: is made by tests/kit/corpus/test_bad.py"
        return
    shown, known = proven(listed), set(reasons_in(UNPROVEN))
    for check in sorted(set(listed) - shown - known):
        yield f"{check}: no bad provider makes it fail, and not in unproven.txt"
    for check in sorted(known & shown):
        yield f"{check}: in unproven.txt, and yet a bad provider makes it fail"
    for check in sorted(known - set(listed)):
        yield f"{check}: in unproven.txt, and there is no such check"


def gaps():
    rules, listed = requirements(), checks()
    cited, broken = citing(listed), providers()
    reasons = reasons_in(UNSEEN)
    yield from gaps_of_rules(rules, cited, broken, reasons)
    yield from gaps_of_names(rules, cited, broken, reasons)
    yield from gaps_of_checks(listed)
    if not TABLE.exists() or TABLE.read_text() != table():
        yield f"{TABLE.relative_to(ROOT)}: is old; run tools/kit/coverage.py"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only tell the gaps")
    if not parser.parse_args().check:
        TABLE.write_text(table())
        return 0
    found, listed = list(gaps()), checks()
    if RESULTS.exists():
        print(f"{len(proven(listed))} of {len(listed)} checks are shown to fail")
    for gap in found:
        print(gap, file=sys.stderr)
    print(
        f"coverage of the kit: {len(found)} gaps"
        if found
        else "coverage of the kit: whole"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
