# SPDX-License-Identifier: MIT
"""Finds the module of a suite in this interpreter, without importing it."""

import importlib.machinery


def is_installed(module):
    path, full = None, ""
    for part in module.split("."):
        full = f"{full}.{part}" if full else part
        try:
            spec = importlib.machinery.PathFinder.find_spec(full, path)
        except ImportError:
            return False
        if spec is None:
            return False
        path = spec.submodule_search_locations
        if path is None:
            return full == module
    return False  # a package: a suite is a file


def module_of(suite):
    return next(filter(is_installed, suite.modules), None)
