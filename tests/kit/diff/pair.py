# SPDX-License-Identifier: MIT
"""Two versions of a small contract, and what baton diff says of them."""

import contextlib
import copy
import functools
import io
import json
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DIFF = ROOT / "tools" / "kit" / "diff"

HEADER = """\
#define BATON_ABI_MAJOR 1
#define BATON_ABI_MINOR 0
#define BATON_COLOUR_RED 1u
#define BATON_COLOUR_BLUE 2u

/** Called for each. */
typedef int32_t(BATON_CALL *baton_visit)(const baton_value *held, void *arg);

/** A plain struct, which tells no size. */
typedef struct baton_point {
  uint32_t x;
  uint32_t y;
} baton_point;

/** A table, which may grow. */
typedef struct baton_table {
  uint32_t struct_size;
  uint32_t reserved0;

  /** Begins. */
  int32_t(BATON_CALL *begin)(const baton_value *self, baton_value *in,
                             baton_value *out);

  /** Ends. */
  int32_t(BATON_CALL *end)(const baton_value *self, uint32_t how);
} baton_table;

/** A member whose size depends on the target. */
typedef struct baton_sized {
  uint32_t struct_size;
  uint32_t reserved0;
  uint64_t length;
  uint64_t after;
} baton_sized;
"""

MANIFEST = {
    "name": "small",
    "abi_major": 1,
    "abi_minor": 0,
    "fingerprint": 1,
    "provider_symbol": "small_v1",
    "structs": [
        {
            "name": "baton_table",
            "header": "baton/table.h",
            "versioned": True,
            "fields": [
                {"name": "struct_size", "ctype": "uint32_t"},
                {"name": "reserved0", "ctype": "uint32_t", "reserved": True},
                {"name": "begin", "ctype": "slot"},
            ],
        },
        {
            "name": "baton_point",
            "header": "baton/table.h",
            "fields": [
                {"name": "x", "ctype": "uint32_t"},
                {
                    "name": "y",
                    "ctype": "union",
                    "members": [
                        {"name": "wide", "ctype": "uint64_t"},
                        {"name": "pointer", "ctype": "void *"},
                    ],
                },
            ],
        },
    ],
    "slots": [
        {
            "id": 1,
            "table": "baton_table",
            "name": "begin",
            "returns": "int32_t",
            "parameters": [
                {
                    "name": "self",
                    "ctype": "const baton_value *",
                    "ownership": "BORROWED",
                    "direction": "IN",
                },
                {"name": "out", "ctype": "uint32_t *", "direction": "OUT"},
            ],
            "thread": "DRIVER",
            "states": ["CREATED"],
            "reentrancy": "ALLOWED",
            "code": "LEAF_CALL",
        }
    ],
    "callbacks": [],
    "statuses": [{"name": "BATON_OK", "value": 0}],
    "flags": [{"name": "BATON_BIT", "field": "baton_point.x", "mask": 1}],
    "extensions": [
        {
            "id": "baton.table/1",
            "name": "BATON_EXT_TABLE",
            "status": "STABLE",
            "header": "baton/table.h",
            "table": "baton_table",
            "found_with": "TYPE",
        }
    ],
    "requirements": [
        {"id": "COR-1", "level": "MUST", "text": "It ends.", "checks": ["kit"]}
    ],
    "state_tables": [
        {
            "kind": "coroutine",
            "rows": [
                {
                    "call": "close",
                    "cells": [
                        {
                            "state": "CLOSED",
                            "action": "return none",
                            "outcome": "RETURN none",
                            "next_state": "CLOSED",
                        }
                    ],
                }
            ],
        }
    ],
    "withdrawn_slot_ids": [7],
}


def run(*arguments, **options):
    """(exit status, standard output, standard error)"""
    command = [sys.executable, "-B", str(DIFF), *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, **options
    )
    return done.returncode, done.stdout, done.stderr


@functools.cache
def _main():
    """The command in this process: many comparisons start no interpreter."""
    return runpy.run_path(str(DIFF))["main"]


class Pair:
    """A folder with an old and a new side, for as long as the test lasts."""

    def __init__(self, test):
        folder = tempfile.TemporaryDirectory()
        test.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.test = test

    def file(self, name, content):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        path.write_bytes(data)
        return path

    def compare(self, old, new):
        """The status, and {name: [(breaking, text), ...]} of what changed."""
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = _main()(["--json", str(old), str(new)])
        changes = {}
        for change in json.loads(output.getvalue())["changes"]:
            told = (change["breaking"], change["text"])
            changes.setdefault(change["name"], []).append(told)
        return status, changes

    def headers(self, *edits):
        """Compares the header with one that was edited."""
        text = HEADER
        for old, new in edits:
            self.test.assertEqual(text.count(old), 1, old)
            text = text.replace(old, new)
        old = self.file("old/baton/table.h", HEADER).parents[1]
        new = self.file("new/baton/table.h", text).parents[1]
        return self.compare(old, new)

    def manifests(self, edit):
        """Compares the manifest with a copy that `edit` has changed."""
        changed = copy.deepcopy(MANIFEST)
        edit(changed)
        old = self.file("old.json", json.dumps(MANIFEST))
        return self.compare(old, self.file("new.json", json.dumps(changed)))
