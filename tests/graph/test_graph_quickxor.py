"""QuickXorHash agrees with published values and with the algorithm done byte by byte."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.quickxor import quick_xor_hash


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        ("Sg==", "SgAAAAAAAAAAAAAAAQAAAAAAAAA="),
        ("tbQ=", "taAFAAAAAAAAAAAAAgAAAAAAAAA="),
        ("0pZP", "0rDEEwAAAAAAAAAAAwAAAAAAAAA="),
        ("jRRDVA==", "jaDAEKgAAAAAAAAABAAAAAAAAAA="),
        ("/aNzzCFPS/A=", "/RjFHJgRgicsAR4ACAAAAAAAAAA="),
    ],
)
def test_published_values(content: str, expected: str) -> None:
    assert quick_xor_hash(base64.b64decode(content)) == expected


def byte_by_byte(content: bytes) -> str:
    ring = 0
    for place, byte in enumerate(content):
        shifted = byte << (place * 11 % 160)
        ring ^= (shifted & ((1 << 160) - 1)) | (shifted >> 160)
    ring ^= len(content) << 96
    return base64.b64encode(ring.to_bytes(20, "little")).decode()


@given(st.binary(max_size=2000))
def test_the_quick_way_is_the_slow_way(content: bytes) -> None:
    assert quick_xor_hash(content) == byte_by_byte(content)
