"""What is new since the last session: the view that the room opens with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from tui_library import NOW, draft, put, running, settle, text_of, until

from reader.model import View
from reader.service.library import Library
from reader.tui.app import RoomApp
from reader.tui.times import since


async def _session(app: RoomApp, *keys: str) -> None:
    async with running(app) as pilot:
        await pilot.press(*keys)
        await settle(pilot)


async def test_new_articles_are_the_opening_view(make_app: Callable[..., RoomApp], library: Library) -> None:
    """After the first session only what came in meanwhile is shown first; the apostrophe leads to what was read."""
    await _session(make_app(), "enter")
    kept = library.setting("tui")["article"]
    assert kept
    ids = put(library, [draft(number) for number in (20, 21)])
    app = make_app()
    async with running(app) as pilot:
        await until(pilot, lambda: app.room.articles.rows and app.room.articles.rows.whole)
        assert app.room.place.key == "new"
        assert list(app.room.articles.rows.ids) == ids  # type: ignore[union-attr]
        assert "New since 12:00" in text_of(app)
        await until(pilot, lambda: any(p.key == "new" and p.unread == 2 for p in app.room.sections.places))
        await pilot.press("'")
        await until(pilot, lambda: app.room.article.article and app.room.article.article.row.id == kept)


async def test_nothing_new_opens_the_last_place(make_app: Callable[..., RoomApp]) -> None:
    """Without new articles the room opens where it was left, and `g n` says that there is nothing."""
    await _session(make_app(), "g", "a")
    app = make_app()
    async with running(app) as pilot:
        assert app.room.place.key == "all"
        await pilot.press("g", "n")
        assert app.told[-1].sentence == "Nothing came in since the last session."


async def test_new_is_no_place_for_the_session_after(make_app: Callable[..., RoomApp], library: Library) -> None:
    """What was new in one session is not new in the next, which opens where the one before that was left."""
    await _session(make_app(), "g", "a")
    put(library, [draft(20)])
    await _session(make_app())
    app = make_app()
    async with running(app):
        assert app.room.place.key == "all"
        assert all(place.key != "new" for place in app.room.sections.places)


def test_newer_than_is_a_condition_like_others(library: Library) -> None:
    """`newer_than` holds together with the other conditions and with a query, in the usual order."""
    before = library.newest()
    ids = put(library, [draft(number) for number in (30, 31)])
    assert library.newest() == max(ids)
    assert list(library.ids(View(newer_than=before))) == ids
    assert [row.id for row in library.window(View(newer_than=before, unread=True), limit=1)] == ids[:1]
    assert library.count(View(newer_than=before, query="lumen")) == 2
    assert library.count(View(newer_than=library.newest())) == 0


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (NOW.isoformat(), "14:00"),
        ((NOW - timedelta(days=1)).isoformat(), "Sat 14:00"),
        ((NOW - timedelta(days=20)).isoformat(), "9 Feb"),
        ((NOW - timedelta(days=400)).isoformat(), "25 Jan 2025"),
        ("9999-12-31T23:59:00+00:00", "last time"),
        ("yesterday", "last time"),
        ("", "last time"),
    ],
)
def test_when_the_last_session_was(left: str, told: str) -> None:
    """As short as it can be told apart, in the reader's zone; a moment that is none does no harm."""
    assert since(left, NOW, timezone(timedelta(hours=2))) == told
    assert since(left, datetime.max.replace(tzinfo=UTC), UTC)
