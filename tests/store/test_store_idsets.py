"""Sets of ids as short text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store import idsets


@given(st.sets(st.integers(-50, 300)))
def test_round_trip(ids: set[int]) -> None:
    """Unpacking gives exactly the ids that were packed, in runs that do not touch."""
    runs = idsets.unpack(idsets.pack(ids))
    assert {number for first, last in runs for number in range(first, last + 1)} == ids
    assert all(before[1] + 1 < after[0] for before, after in pairwise(runs))


@pytest.mark.parametrize(
    ("ids", "text"),
    [([], ""), ([7], "7"), ([3, 1, 2], "1-3"), ([-1, -3, -2], "-3--1"), ([-1, 0, 1], "-1-1"), ([1, 3], "1,3")],
)
def test_text(ids: list[int], text: str) -> None:
    """The text is what a person would write."""
    assert idsets.pack(ids) == text


def test_neighbours_stay_small() -> None:
    """100,000 neighbours take a few bytes."""
    assert len(idsets.pack(range(1, 100_001))) < 20
