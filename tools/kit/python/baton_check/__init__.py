# SPDX-License-Identifier: MIT
"""Whether a Python awaitable behaves like the interpreter's own coroutines.

python -m baton_check MODULE:FACTORY
"""

__version__ = "1.0.0"
