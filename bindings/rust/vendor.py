#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Puts libbaton into baton-sys/vendor, for `cargo package`."""

import pathlib
import shutil

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VENDOR = HERE / "baton-sys/vendor"


def main():
    shutil.rmtree(VENDOR, ignore_errors=True)
    shutil.copytree(ROOT / "include", VENDOR / "include")
    shutil.copytree(ROOT / "abi/runtime/baton", VENDOR / "runtime/baton")
    for path in sorted((ROOT / "abi/runtime").glob("*.[ch]")):
        shutil.copy(path, VENDOR / "runtime")
    shutil.copy(ROOT / "LICENSE", VENDOR)


if __name__ == "__main__":
    main()
