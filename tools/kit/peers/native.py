# SPDX-License-Identifier: MIT
"""The interpreter's own."""

from peer import relay
from peer_items import produce

__all__ = ["produce", "relay"]
