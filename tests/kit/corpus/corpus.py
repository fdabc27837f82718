# SPDX-License-Identifier: MIT
"""What the tests of the corpus share: the kit, and what it finds."""

import importlib.util
import json
import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
BAD = ROOT / "tests" / "corpus" / "bad"
GOOD = ROOT / "tests" / "corpus" / "good"
DEFAULT_KIT = ROOT / "build" / "dev" / "tools" / "kit" / "baton-kit"
# Longer than any check waits by itself, shorter than a person would.
# The random walks of a test are the same each time.
SEED = "--seed=1"


def find_kit():
    """The program that BATON_KIT names, or that of the developers' build."""
    kit = pathlib.Path(os.environ.get("BATON_KIT", DEFAULT_KIT))
    if not kit.exists():
        subprocess.run([ROOT / "tools" / "build", "dev", "baton-kit"], check=True)
    return kit


def load(path):
    """The module that this file is."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def entries(path):
    """The lines of a list as words, without comments."""
    lines = (line.strip() for line in path.read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


class Report:
    """What `baton check` has said of one library."""

    def __init__(self, status, document, message):
        self.status = status
        self.message = message
        self.results = document["results"] if document else []

    def having(self, *verdicts):
        return [each for each in self.results if each["verdict"] in verdicts]

    def blamed(self, *verdicts):
        """Requirement to the checks that name it; of each result its first."""
        found = {}
        for each in self.having(*verdicts):
            for broken in each["broken"][:1]:
                found.setdefault(broken["requirement"], []).append(each["id"])
        return found


def check(kit, library, *options, timeout=600):
    """Runs `baton check`. @return its Report, or None if it crashed or hung."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        command = [kit, "check", *options, "--json", report, library]
        try:
            done = subprocess.run(command, capture_output=True, timeout=timeout)
        except subprocess.TimeoutExpired:
            return None
        if done.returncode not in (0, 1, 2, 3):
            return None
        document = json.loads(report.read_text()) if report.exists() else None
        message = done.stderr.decode(errors="replace")
        return Report(done.returncode, document, message)
