# SPDX-License-Identifier: MIT
"""The package's version, for the build: libbaton's, from its header."""

import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent


def header():
    for root in (HERE / "repository", HERE.parents[1]):  # an sdist's comes first
        path = root / "abi/runtime/baton/runtime.h"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise FileNotFoundError("abi/runtime/baton/runtime.h")


def dynamic_metadata(settings, project):
    text = header()
    parts = [
        re.search(rf"^#define BATON_LIB_VERSION_{part} (\d+)$", text, re.M)[1]
        for part in ("MAJOR", "MINOR", "PATCH")
    ]
    return {"version": ".".join(parts)}
