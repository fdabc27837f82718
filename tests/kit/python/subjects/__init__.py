# SPDX-License-Identifier: MIT
"""What the kit is tried on: what is right, and what is wrong in one way."""
