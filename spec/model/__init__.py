"""The executable model of the contract's semantics."""
