"""While the room is open, sources are asked when they are due, and a network that is gone is one sentence."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tui_library import home, running, settle, until
from tui_site import Site

from reader.config import Config, Reading
from reader.model import SourceKind
from reader.service.adding import add
from reader.service.library import Library
from reader.store import sources
from reader.tui.app import RoomApp
from reader.tui.screens import watching


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site(2)
    yield site
    site.close()


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


async def test_what_becomes_due_is_fetched_while_the_room_is_open(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing before its time; an hour later the new article is there, without a key. Cancelled, it rests a while."""
    monkeypatch.setattr(watching, "TICK", 0.05)
    clock = Clock()
    with Library.open(home(tmp_path), Config(), clock=clock) as library:
        library.set_setting("tui", {"toured": True})
        await asyncio.to_thread(add, library, f"{site.url}/feed")
        app = RoomApp(library, Config(), zone=UTC)
        async with running(app) as pilot:
            await settle(pilot)
            asked = site.asked.count("/feed")
            await pilot.pause(0.3)
            assert site.asked.count("/feed") == asked
            code, kind, body = site.answers["/feed"]
            fresh = b"<item><guid>new</guid><title>Fresh case</title></item></channel>"
            site.answers["/feed"] = code, kind, body.replace(b"</channel>", fresh)
            clock.now += timedelta(minutes=61)
            await until(pilot, lambda: library.counts().total == 3)
            await until(pilot, lambda: any("1 new" in told.sentence for told in app.told))
            await until(pilot, lambda: not app.room.refresher.running)
            app.room._not_before = float("inf")  # as after esc
            clock.now += timedelta(minutes=61)
            asked = site.asked.count("/feed")
            await pilot.pause(0.3)
            assert site.asked.count("/feed") == asked


@pytest.mark.parametrize("reading", [Reading(watch=False), Reading(refresh_on_start=False)])
async def test_it_can_be_switched_off(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reading: Reading
) -> None:
    """By either setting: nothing is asked although it is due."""
    monkeypatch.setattr(watching, "TICK", 0.05)
    clock = Clock()
    with Library.open(home(tmp_path), Config(), clock=clock) as library:
        await asyncio.to_thread(add, library, f"{site.url}/feed")
        app = RoomApp(library, Config(reading=reading), zone=UTC)
        async with running(app) as pilot:
            await settle(pilot)
            if reading.refresh_on_start:
                await until(pilot, lambda: app.room.refresher._thread)
            await until(pilot, lambda: not app.room.refresher.running)
            asked = site.asked.count("/feed")
            clock.now += timedelta(minutes=61)
            await pilot.pause(0.3)
            assert site.asked.count("/feed") == asked


async def test_without_a_network_one_sentence_says_so(site: Site, tmp_path: Path) -> None:
    """Fifty sources that cannot be reached: the list is there at once, one toast, articles can be read (SAFETY 42)."""
    with Library.open(home(tmp_path), Config()) as library:
        library.set_setting("tui", {"toured": True})
        await asyncio.to_thread(add, library, f"{site.url}/feed")
        site.close()
        with library.database.write() as c:
            for number in range(50):
                url = f"{site.url}/{number}"
                consent = site.url.removeprefix("http://")
                sources.insert(
                    c, kind=SourceKind.FEED, url=url, title="", section="", consent=consent, now=library.now()
                )
        app = RoomApp(library, Config(), zone=UTC)
        async with running(app) as pilot:
            await until(pilot, lambda: any("failed" in told.sentence for told in app.told))
            await until(pilot, lambda: not app.room.refresher.running)
            assert [told.sentence for told in app.told] == ["Nothing new, 50 of 51 sources failed; g r says why."]
            await pilot.press("g", "a", "enter")
            await until(pilot, lambda: app.room.article.article)
    assert threading.active_count() < 40
