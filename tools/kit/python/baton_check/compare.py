# SPDX-License-Identifier: MIT
"""Runs a behaviour on both sides and judges it."""

import difflib
import itertools
import random
import sys
import time
import traceback
import zlib

from baton_check.observe import LEAK, observe
from baton_check.registry import Skip

SHOWN = 6  # differences of one behaviour


def seed_of(master, id):
    """Each behaviour's own, so that a filter does not change the others."""
    return (master * 0x9E3779B1 + zlib.crc32(id.encode())) & 0xFFFFFFFF


def show(entry):
    return "nothing" if entry is None else f"{entry[0]}: {entry[1]}".rstrip()


def differences(expected, came):
    """The observations that differ, in pairs; None where there is none."""
    matcher = difflib.SequenceMatcher(None, expected, came, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield from itertools.zip_longest(expected[a:b], came[c:d])


def harmless(expected, came):
    """Whether the twin has grown where the subject has not: not the subject's."""
    both = expected is not None and came is not None
    return both and came[0].startswith(LEAK) and came[1] == "'steady'"


def leaks_only(pairs):
    return all(
        entry is None or entry[0].startswith(LEAK) for pair in pairs for entry in pair
    )


def result(behaviour, verdict, broken=(), reason="", seconds=0.0, output=""):
    return {
        "id": behaviour.id,
        "title": behaviour.title,
        "group": behaviour.group,
        "tier": behaviour.tier,
        "verdict": verdict,
        "requirements": [behaviour.source],
        "broken": list(broken),
        "reason": reason,
        "seconds": round(seconds, 4),
        "output": output,
    }


def judge(behaviour, expected, came):
    """@return verdict, broken"""
    pairs = [pair for pair in differences(expected, came) if not harmless(*pair)]
    if not pairs:
        return "PASS", []
    broken = [
        {"requirement": behaviour.source, "expected": show(a), "came": show(b)}
        for a, b in pairs[:SHOWN]
    ]
    if behaviour.level == "should":
        return "WARN", broken
    return ("LEAK" if leaks_only(pairs) else "FAIL"), broken


def run(behaviour, target, seed, observed=None):
    """Runs the experiment on the twin, then on the subject. `observed`, if given,
    gets both lists of observations.
    """
    began = time.perf_counter()

    def side(make):
        make.random = random.Random(seed_of(seed, behaviour.id))
        return observe(behaviour.experiment, make)

    if sys.version_info < behaviour.since:
        version = ".".join(map(str, behaviour.since))
        return result(behaviour, "SKIP", reason=f"new in Python {version}")
    try:
        expected, came = side(target.native), side(target.subject)
    except Skip as skip:
        return result(behaviour, "SKIP", reason=str(skip))
    except Exception:
        text = traceback.format_exc()
        return result(behaviour, "FAIL", reason="the kit failed", output=text)
    if observed is not None:
        observed.extend([expected, came])
    verdict, broken = judge(behaviour, expected, came)
    return result(behaviour, verdict, broken, seconds=time.perf_counter() - began)
