# SPDX-License-Identifier: MIT
"""Compares a suite's run through relays with its native run and the expectations."""

import dataclasses

from expected import ANY_PART

# What tells nothing of the relays if it is so natively.
NOT_COUNTED = ("fail", "skip", "upass", "crash", "hang")


@dataclasses.dataclass
class Verdict:
    run: int = 0
    passed: int = 0
    expected: int = 0
    made: int = 0
    unexpected: list = dataclasses.field(default_factory=list)  # (test, what, text)
    natively: list = dataclasses.field(default_factory=list)  # (test, outcome)

    def complain(self, test, what, text=""):
        self.unexpected.append((test, what, text))


def short(name, module):
    return name.removeprefix(module + ".")


def listed_parts(expectations):
    """test -> the parts of it that are to fail."""
    listed = {}
    for case in expectations:
        listed.setdefault(case.test, set()).add(case.part)
    return listed


def label(test, part):
    return f"{test} [{part}]" if part else test


def judge_failure(verdict, test, outcome, parts, listed):
    """One test that did not pass, or should not have."""
    failed = dict(parts) if outcome == "fail" else {}
    surprises = len(verdict.unexpected)
    if outcome not in ("pass", "fail"):
        text = parts[0][1] if parts else ""
        verdict.complain(test, f"{outcome}, natively it passes", text)
    if ANY_PART in listed and failed:
        failed, listed = {}, set()
    for part in sorted(set(failed) - listed):
        verdict.complain(label(test, part), "fails", failed[part])
    for part in sorted(listed - set(failed)):
        verdict.complain(label(test, part), "is listed as failing, and passes")
    if len(verdict.unexpected) == surprises:
        verdict.expected += 1


def judge(native, relayed, module, expectations):
    verdict = Verdict()
    listed = listed_parts(expectations)
    verdict.made = sum(relayed.made.values()) - relayed.made["native"]
    for text in native.trouble:
        verdict.complain("(native run)", "broke off", text)
    for text in relayed.trouble:
        verdict.complain("(run)", "broke off", text)
    for name, (outcome, _) in native.outcomes.items():
        test = short(name, module)
        parts = listed.pop(test, set())
        if outcome in NOT_COUNTED:
            if outcome != "skip":
                verdict.natively.append((test, outcome))
            continue
        verdict.run += 1
        if name not in relayed.outcomes:
            verdict.complain(test, "was not run")
            continue
        now, failures = relayed.outcomes[name]
        if now == outcome and not parts:
            verdict.passed += 1
        else:
            judge_failure(verdict, test, now, failures, parts)
    for name in sorted(relayed.outcomes.keys() - native.outcomes.keys()):
        verdict.complain(short(name, module), "does not exist natively")
    for test in listed:
        verdict.complain(test, "is listed, and does not exist")
    if not verdict.made:
        verdict.complain("(run)", "relayed nothing")
    elif relayed.made["native"]:
        count = relayed.made["native"]
        verdict.complain("(run)", f"{count} relays are Python's own objects")
    return verdict
