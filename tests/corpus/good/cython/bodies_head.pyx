# SPDX-License-Identifier: MIT
"""The bodies of ../python, compiled: what others call is decorated."""
from baton cimport shared
