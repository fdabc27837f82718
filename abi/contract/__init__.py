# SPDX-License-Identifier: MIT
"""Readers of the contract, shared by the tools of abi/ and by contract-check."""
