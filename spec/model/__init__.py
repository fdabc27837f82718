# SPDX-License-Identifier: MIT
"""The executable model of the contract's semantics."""
