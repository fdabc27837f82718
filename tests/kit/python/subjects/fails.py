# SPDX-License-Identifier: MIT
"""A module that fails to be imported."""

relay = 1 / 0
