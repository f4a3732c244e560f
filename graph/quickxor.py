"""QuickXorHash, the only hash of a file's content that SharePoint gives.

The algorithm is Microsoft's ("QuickXorHash Algorithm", OneDrive developer documentation): every
byte is XORed into a ring of 160 bits, 11 bits further on each time; the length is XORed into the
last 8 bytes.
"""

from __future__ import annotations

import base64

WIDTH = 160  # bits
SHIFT = 11  # bits
MASK = (1 << WIDTH) - 1


def quick_xor_hash(content: bytes) -> str:
    """The hash as SharePoint writes it: base64 of 20 bytes.

    Bytes 160 apart fall on the same place in the ring, so they are XORed as long integers first;
    this keeps the work in C for files of many megabytes.
    """
    column = bytearray(WIDTH)
    rows, left = divmod(len(content), WIDTH)
    folded = _fold(content[: rows * WIDTH])
    tail = int.from_bytes(content[rows * WIDTH :] + bytes(WIDTH - left), "big")
    column[:] = (folded ^ tail).to_bytes(WIDTH, "big")
    ring = 0
    for place, byte in enumerate(column):
        shift = place * SHIFT % WIDTH
        ring ^= byte << shift
    ring = (ring & MASK) ^ (ring >> WIDTH)
    ring ^= len(content) << (WIDTH - 64)
    return base64.b64encode(ring.to_bytes(WIDTH // 8, "little")).decode("ascii")


def _fold(content: bytes) -> int:
    """XOR of all stretches of WIDTH bytes, halving the content each time."""
    stretches = len(content) // WIDTH
    if stretches == 0:
        return 0
    if stretches == 1:
        return int.from_bytes(content, "big")
    half = stretches // 2 * WIDTH
    one, other = content[:half], content[half : 2 * half]
    both = int.from_bytes(one, "big") ^ int.from_bytes(other, "big")
    rest = content[2 * half :]
    return _fold(both.to_bytes(half, "big")) ^ _fold(rest)
