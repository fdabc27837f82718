#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Puts the C sources into the crates that compile them, for `cargo package`:
libbaton into baton-sys/vendor, the Python shim into baton-pyo3/vendor.

vendor.py [DIR]: the crates are in DIR, here by default.
"""

import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def fresh(vendor):
    """Empties the folder, which has the licence then. @return it."""
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", vendor)
    return vendor


def copy_sources(source, target):
    target.mkdir(exist_ok=True)
    for path in sorted(source.glob("*.[ch]")):
        shutil.copy(path, target)


def main(crates):
    libbaton = fresh(crates / "baton-sys/vendor")
    shutil.copytree(ROOT / "include", libbaton / "include")
    shutil.copytree(ROOT / "abi/runtime/baton", libbaton / "runtime/baton")
    copy_sources(ROOT / "abi/runtime", libbaton / "runtime")
    shim = fresh(crates / "baton-pyo3/vendor")
    shutil.copytree(ROOT / "bindings/python/include", shim / "include")
    copy_sources(ROOT / "bindings/python/src", shim / "src")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if sys.argv[1:] else HERE)
