"""The picture of the voices: shares as parts of a bar."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tui_library import opened, running, settle, text_of, until

from reader.text.sparkline import shares
from reader.tui.app import RoomApp


@given(st.lists(st.integers(1, 500), min_size=1, max_size=5), st.integers(5, 60))
def test_shares_are_fair(counts: list[int], width: int) -> None:
    """Each has a cell, more quotes never have fewer cells, and the bar is as long as asked but for the least."""
    cells = shares(counts, width)
    assert len(cells) == len(counts)
    assert min(cells) >= 1
    assert width <= sum(cells) <= width + len(counts)
    pairs = sorted(zip(counts, cells, strict=True))
    assert all(later[1] >= former[1] - 1 for former, later in pairwise(pairs))


def test_shares_in_proportion() -> None:
    """Two thirds are two thirds."""
    assert shares([20, 10], 30) == [20, 10]
    assert shares([1, 1, 1], 30) == [10, 10, 10]
    assert shares([], 30) == []


async def test_the_header_shows_the_shares(app: RoomApp) -> None:
    """Every voice is named with its number, and has its letter in the bar."""
    async with running(app) as pilot:
        await pilot.press("enter")
        await opened(pilot)
        text = text_of(app)
        assert "expert\u00a03" in text
        assert "E━━━━" in text


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_shares_of_a_story(app: RoomApp, size: tuple[int, int]) -> None:
    """Over the quotes of the library stands which share each voice has; typed words make it that of a story."""
    async with running(app, size) as pilot:
        await pilot.press("g", "q")
        await until(pilot, lambda: app.screen is not app.room and app.screen.items)  # type: ignore[attr-defined]
        await settle(pilot)
        assert "expert 43 %" in app.screen.shares()  # type: ignore[attr-defined]
        assert "E━" in text_of(app)
        await pilot.press("/", *"merrin")
        await until(pilot, lambda: app.screen.shares().endswith("expert 100 %"))  # type: ignore[attr-defined]
