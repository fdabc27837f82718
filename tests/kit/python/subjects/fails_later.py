# SPDX-License-Identifier: MIT
"""A factory that fails."""


def relay(awaitable):
    raise OSError("not today")
