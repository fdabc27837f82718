# SPDX-License-Identifier: MIT
"""Exceptions with their tracebacks, which assertRaises drops."""


def raised(function, *args):
    """What the call raises."""
    try:
        function(*args)
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")
