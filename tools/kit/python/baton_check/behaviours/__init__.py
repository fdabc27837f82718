# SPDX-License-Identifier: MIT
"""The behaviours, a module per group."""
