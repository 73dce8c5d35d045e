"""Which panes are seen at every size, and where the reader is after the size has changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tui_library import opened, running, settle, text_of, until

from reader.tui.app import RoomApp
from reader.tui.arrangement import PANES, arrange, sizes

SIZES = ((120, 40), (80, 24), (40, 12), (20, 5), (1, 1))


@pytest.mark.parametrize(
    ("width", "height", "focus", "visible"),
    [
        (120, 40, "articles", PANES),
        (200, 24, "quotes", PANES),
        (119, 40, "articles", ("articles", "article", "quotes")),
        (90, 40, "sections", ("sections", "articles", "article")),
        (89, 24, "articles", ("articles", "article")),
        (60, 24, "sections", ("sections", "articles")),
        (60, 24, "quotes", ("article", "quotes")),
        (59, 24, "quotes", ("quotes",)),
        (1, 1, "article", ("article",)),
    ],
)
def test_panes_by_width(width: int, height: int, focus: str, visible: tuple[str, ...]) -> None:
    """Four panes from 120 columns, three from 90, two from 60, one below; the pane in focus is always there."""
    assert arrange(width, height, focus).visible == visible


def test_the_focus_is_always_seen() -> None:
    """Whatever the size, the pane with the focus is shown, and no more panes than the width allows."""
    for width in range(1, 200, 3):
        for height in (1, 5, 12, 24, 40):
            for focus in PANES:
                visible = arrange(width, height, focus).visible
                assert focus in visible
                assert len(visible) == (4 if width >= 120 else 3 if width >= 90 else 2 if width >= 60 else 1)


@given(
    st.integers(60, 300), st.integers(6, 100), st.sampled_from(PANES),
    st.dictionaries(st.sampled_from(PANES), st.integers(-200, 200)),
)  # fmt: skip
def test_no_pane_is_squeezed_out(width: int, height: int, focus: str, extra: dict[str, int]) -> None:
    """However wide panes were made, each one that is seen keeps some columns, and together they fit."""
    plan = arrange(width, height, focus)
    cells = sizes(width, height, plan, extra)
    beside = {"articles", "article"} <= set(plan.visible) and not plan.stacked
    columns = [cells[name] for name in ("sections", "quotes") if name in plan.visible] + [cells["articles"]] * beside
    assert all(one >= 10 for one in columns)
    assert sum(columns) <= width - 18
    assert beside or 1 <= cells["articles"] <= max(4, height - 6)


async def test_widths_come_back_from_a_limit(app: RoomApp) -> None:
    """Keys pressed beyond the limit are not kept: the first key back moves the edge."""
    async with running(app, (120, 40)) as pilot:
        app.room.focus_pane("quotes")
        for _ in range(60):
            await pilot.press(">")
        await settle(pilot)
        wide = app.room.quotes.outer_size.width
        assert app.room.articles.outer_size.width >= 20
        await pilot.press("<")
        await settle(pilot)
        assert app.room.quotes.outer_size.width == wide - 2


@pytest.mark.parametrize("size", SIZES)
async def test_every_pane_in_every_size(app: RoomApp, size: tuple[int, int]) -> None:
    """Every pane can have the focus at every size; the screen is never wider than the terminal."""
    async with running(app, size) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        for name in PANES:
            app.room.focus_pane(name)
            await settle(pilot)
            assert app.room.panes[name].display
            lines = text_of(app).split("\n")
            assert len(lines) == size[1]


@pytest.mark.slow
async def test_resize_storm(app: RoomApp) -> None:
    """Sizes that come faster than they can be drawn do no harm, and the position in the text stays."""
    async with running(app, (120, 40)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.quotes.row_count)
        for width, height in ((100, 30), (60, 10), (1, 1), (20, 5), (300, 80), (40, 12), (80, 24), (120, 20)) * 3:
            await pilot.resize_terminal(width, height)
        await settle(pilot)
        assert app.is_running
        assert app.room.visible_panes() == PANES


async def test_position_survives_a_resize(app: RoomApp) -> None:
    """What stands in the first line still stands near the top after the terminal got narrower."""
    async with running(app, (120, 14)) as pilot:
        await pilot.press("enter")
        await opened(pilot)
        await pilot.press("2", "0", "j")
        offset = app.room.article.offset_at_top()
        assert offset
        await pilot.resize_terminal(70, 14)
        await settle(pilot)
        article = app.room.article
        line = article.lines[article.top]
        assert line.start <= article.sheet.positions.begin(offset) <= line.end + 1


@pytest.fixture
def narrow(make_app: Callable[..., RoomApp]) -> RoomApp:
    return make_app()


async def test_one_pane_flow(narrow: RoomApp) -> None:
    """On a narrow terminal enter goes into the article and q comes back to the list."""
    async with running(narrow, (40, 12)) as pilot:
        assert narrow.room.visible_panes() == ("articles",)
        await pilot.press("enter")
        await until(pilot, lambda: narrow.room.article.article)
        assert narrow.room.visible_panes() == ("article",)
        await pilot.press("l")
        assert narrow.room.visible_panes() == ("quotes",)
        await pilot.press("q", "q")
        assert narrow.room.visible_panes() == ("articles",)
