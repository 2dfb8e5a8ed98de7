"""The hash tree over the facts (RFC 6962 §2.1), grown one leaf at a time.

The edge is the list of roots of the complete subtrees, largest first: 32 bytes for each bit
that is set in the number of leaves.
"""

import json
from hashlib import sha256
from typing import Any

HASH = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(row: dict[str, Any]) -> bytes:
    """Return the leaf of one row, from its canonical JSON."""
    text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(b"\x00" + text.encode()).digest()


def grow(edge: bytes, size: int, leaf: bytes) -> bytes:
    """Return the edge after one more leaf on a tree of ``size`` leaves."""
    parts = [edge[i : i + HASH] for i in range(0, len(edge), HASH)] + [leaf]
    while size & 1:
        right, left = parts.pop(), parts.pop()
        parts.append(_node(left, right))
        size >>= 1
    return b"".join(parts)


def root_of(edge: bytes) -> bytes:
    """Return the root of the tree with this edge."""
    if not edge:
        return EMPTY_ROOT
    parts = [edge[i : i + HASH] for i in range(0, len(edge), HASH)]
    top = parts.pop()
    while parts:
        top = _node(parts.pop(), top)
    return top


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
