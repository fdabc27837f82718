# SPDX-License-Identifier: MIT
"""The report for machines: JSON, JUnit XML, TAP."""

import json
import sys
import xml.etree.ElementTree as xml

from baton_check.report.data import BAD


def explain(result):
    lines = [result["reason"]] if result["reason"] else []
    for one in result["broken"]:
        lines += [f"expected  {one['expected']}", f"came      {one['came']}"]
    return "\n".join([*lines, *result["output"].splitlines()])


def write_json(report, path):
    text = json.dumps(report, indent=2) + "\n"
    if path == "-":
        sys.stdout.write(text)
        return
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def clean(text):
    """Without what XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or " " <= c < "\ufffe")


def write_junit(report, path):
    results = report["results"]
    counts = {
        "tests": len(results),
        "failures": sum(one["verdict"] in ("FAIL", "LEAK") for one in results),
        "errors": sum(one["verdict"] in ("CRASH", "HANG") for one in results),
        "skipped": sum(one["verdict"] == "SKIP" for one in results),
    }
    suite = xml.Element(
        "testsuite",
        {"name": f"baton-check {report['target']['name']}"}
        | {name: str(count) for name, count in counts.items()},
    )
    properties = xml.SubElement(suite, "properties")
    for name, value in {**report["environment"], "seed": report["seed"]}.items():
        xml.SubElement(properties, "property", name=name, value=str(value))
    for one in results:
        case = xml.SubElement(
            suite,
            "testcase",
            classname=one["group"],
            name=one["id"],
            time=str(one["seconds"]),
        )
        kind = {"FAIL": "failure", "LEAK": "failure", "SKIP": "skipped"}
        kind |= {"CRASH": "error", "HANG": "error"}
        if one["verdict"] in kind:
            message = clean(f"{one['verdict']}: {one['reason'] or one['title']}")
            part = xml.SubElement(case, kind[one["verdict"]], message=message)
            part.text = clean(explain(one))
    xml.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)


def write_tap(report, stream):
    results = report["results"]
    print(f"TAP version 13\n1..{len(results)}", file=stream)
    for number, one in enumerate(results, 1):
        state = "not ok" if one["verdict"] in BAD else "ok"
        note = ""
        if one["verdict"] == "SKIP":
            note = f" # SKIP {one['reason']}"
        print(f"{state} {number} - {one['id']}{note}", file=stream)
        if one["verdict"] not in ("PASS", "SKIP"):
            for line in [one["verdict"], *explain(one).splitlines()]:
                print(f"# {line}", file=stream)
