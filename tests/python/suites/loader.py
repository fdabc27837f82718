# SPDX-License-Identifier: MIT
"""An import hook: loads installed modules rewritten, from their own files."""

import doctest
import importlib.abc
import importlib.machinery
import sys

from rewrite import compile_rewritten


class RewritingLoader(importlib.machinery.SourceFileLoader):
    """Loads one module; neither reads nor writes its cached bytecode."""

    def __init__(self, name, path, kinds, more_globals):
        super().__init__(name, path)
        self.kinds = kinds
        self.more_globals = more_globals

    def get_code(self, fullname):
        return self.source_to_code(self.get_data(self.path), self.path)

    def source_to_code(self, data, path, *, _optimize=-1):
        return compile_rewritten(data, path, "exec", self.kinds)

    def exec_module(self, module):
        module.__dict__.update(self.more_globals)
        super().exec_module(module)


class RewritingFinder(importlib.abc.MetaPathFinder):
    """Finds the modules named, where the interpreter would, and rewrites them."""

    def __init__(self, names, kinds, more_globals):
        self.names = names
        self.settings = kinds, more_globals

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in self.names:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None:
            spec.loader = RewritingLoader(fullname, spec.origin, *self.settings)
            spec.cached = None
        return spec


def install(names, kinds, more_globals):
    """From here on the modules named, and the examples of their docstrings, are
    rewritten.
    """
    loaded = [name for name in names if name in sys.modules]
    if loaded:
        raise ImportError(f"loaded too early to be rewritten: {loaded}")
    sys.meta_path.insert(0, RewritingFinder(frozenset(names), kinds, more_globals))

    def compile_example(source, filename, mode, flags=0, dont_inherit=True):
        return compile_rewritten(source, filename, mode, kinds, flags)

    doctest.compile = compile_example  # what doctest calls for each example
