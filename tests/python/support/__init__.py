# SPDX-License-Identifier: MIT
"""What the tests of the Python binding share."""
