# SPDX-License-Identifier: MIT
"""Two modules: one depends on `baton`, one carries the shim."""

# [setup]
import os

import baton
from Cython.Build import cythonize
from setuptools import Extension, setup

# Headers only: the package `baton` is needed at run time.
answer = Extension("answer", ["answer.pyx"], include_dirs=[baton.get_include()])

# The shim is compiled in: nothing is needed at run time.
shim = [baton.get_include(), baton.get_shim()]
shim_c = os.path.relpath(os.path.join(baton.get_shim(), "baton_python.c"))
macros = [("BATON_SHIM", "<baton_python.h>")]
drive = Extension(
    "drive", ["drive.pyx", shim_c], include_dirs=shim, define_macros=macros
)

setup(ext_modules=cythonize([answer, drive], language_level=3), py_modules=[])
# [/setup]
