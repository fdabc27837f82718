# SPDX-License-Identifier: MIT
"""Two extension modules: one carries the shim, one depends on `baton`."""

# [setup]
import baton
from setuptools import Extension, setup

# The shim is compiled in: nothing is needed at run time.
answer = Extension("answer", ["answer.c", "shim.c"], include_dirs=[baton.get_shim()])

# Headers only: the package `baton` is needed at run time.
relay = Extension("relay", ["relay.c"], include_dirs=[baton.get_include()])

setup(ext_modules=[answer, relay], py_modules=[])
# [/setup]
