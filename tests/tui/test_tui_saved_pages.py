"""`s` fetches the page at once beside the reading; offline it is queued; esc cancels; what failed is tried again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tui_library import home, opened, running, settle, text_of, until
from tui_site import REST, TEASER, Site

from reader.config import Config, Reading
from reader.service import saving
from reader.service.adding import add
from reader.service.library import Library
from reader.tui.app import RoomApp


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site(2)
    yield site
    site.close()


@asynccontextmanager
async def room(
    site: Site, folder: Path, *, offline: bool = False, clock: Any = None, refresh: bool = False
) -> AsyncIterator[Any]:
    """A room over the site's feed, with its newest article open; gives app and pilot."""
    with Library.open(home(folder), Config(), **({"clock": clock} if clock else {})) as library:
        library.set_setting("tui", {"toured": True})
        if not library.sources():
            await asyncio.to_thread(add, library, f"{site.url}/feed")
        app = RoomApp(library, Config(reading=Reading(refresh_on_start=refresh)), offline=offline, zone=UTC)
        async with running(app) as pilot:
            await settle(pilot)
            if app.room.place.view is None or app.room.place.key != "all":
                await pilot.press("g", "a")
            await pilot.press("enter")
            await opened(pilot)
            yield app, pilot


def told(app: RoomApp, words: str) -> bool:
    return any(words in one.sentence for one in app.told)


async def test_s_fetches_the_page_at_once(site: Site, tmp_path: Path) -> None:
    """One key: page, bytes and images are kept without a refresh, and the text that is read becomes the whole one."""
    async with room(site, tmp_path) as (app, pilot):
        article_id = app.room.article.article.row.id
        assert REST[1] not in app.room.article.sheet.text
        await pilot.press("s")
        await until(pilot, lambda: told(app, "Kept whole: its page and 1 image"))
        kept = saving.evidence(app.library, article_id)
        assert (kept.state, saving.queued(app.library)) == ("complete", 0)
        await until(pilot, lambda: REST[1] in app.room.article.sheet.text)
        await until(pilot, lambda: app.room.quotes.row_count)
        await until(pilot, lambda: not app.room.refreshing())


async def test_a_slow_page_keeps_no_other_waiting(site: Site, tmp_path: Path) -> None:
    """What is saved while a page hangs comes before that page does, and is told; esc then leaves only the slow one."""
    async with room(site, tmp_path) as (app, pilot):
        site.held.add(app.room.article.article.row.url.removeprefix(site.url))
        await pilot.press("s")
        await until(pilot, lambda: site.held & set(site.asked))
        await pilot.press("J")
        await opened(pilot)
        await pilot.press("s")
        await until(pilot, lambda: told(app, "Kept whole"))
        assert saving.queued(app.library) == 1
        await pilot.press("escape")
        await until(pilot, lambda: told(app, "Cancelled"))
        later = saving.next_try(app.library)
        assert later is not None
        assert later > app.now() + timedelta(minutes=5)  # not at once again: somebody has just cancelled it


async def test_saved_while_another_page_comes(site: Site, tmp_path: Path) -> None:
    """What is saved while a page hangs follows by itself; nothing is asked for twice, also while a refresh runs."""
    async with room(site, tmp_path, refresh=True) as (app, pilot):
        first = app.room.article.article.row.url.removeprefix(site.url)
        site.held.add(first)
        await pilot.press("s")
        await until(pilot, lambda: first in site.asked)
        await pilot.press("J", "s")
        await until(pilot, lambda: app.library.counts().saved == 2)
        site.release.set()
        await until(pilot, lambda: not app.room.refreshing() and saving.queued(app.library) == 0)
        assert sorted(path for path in site.asked if path.startswith("/case")) == ["/case0", "/case1"]
        assert [result.faults for result in saving.verify(app.library)] == [(), ()]


async def test_esc_cancels_and_the_page_stays_queued(site: Site, tmp_path: Path) -> None:
    """esc ends a fetch that hangs; the bookmark with the feed's text stays, and the status line says what is queued."""
    async with room(site, tmp_path) as (app, pilot):
        site.held |= {"/case0", "/case1"}
        await pilot.press("s")
        await until(pilot, lambda: any(path.startswith("/case") for path in site.asked))
        await pilot.press("escape")
        await until(pilot, lambda: told(app, "Cancelled"))
        await until(pilot, lambda: "1 page queued" in text_of(app))
        assert app.library.counts().saved == 1
        assert TEASER in app.room.article.sheet.text
        assert app.room.focus_name == "article"


async def test_offline_it_is_queued_and_fetched_when_online(site: Site, tmp_path: Path) -> None:
    """Started offline, `s` asks nobody and says queued, also in doctor; the next start with a network fetches it."""
    from reader.service.doctor import examine

    async with room(site, tmp_path) as (_app, _pilot):
        pass
    asked = len(site.asked)
    async with room(site, tmp_path, offline=True) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: told(app, "queued until there is a network"))
        await until(pilot, lambda: "offline, 1 page queued" in text_of(app))
        assert len(site.asked) == asked
        checks = {check.name: check.detail for check in examine(app.library.paths, Config())}
        assert "1 saved article is queued" in checks["saved pages"]
    async with room(site, tmp_path, refresh=True) as (app, pilot):
        await until(pilot, lambda: saving.queued(app.library) == 0)
        await until(pilot, lambda: "queued" not in text_of(app))


async def test_a_page_that_failed_is_tried_again_by_itself(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that fails is said and queued; when its time has come the page is fetched without a key."""
    monkeypatch.setattr("reader.tui.screens.saved_pages.SOONEST", 0.05)
    now = [datetime.now(UTC)]
    async with room(site, tmp_path, clock=lambda: now[0]) as (app, pilot):
        path = app.room.article.article.row.url.removeprefix(site.url)
        whole = site.answers[path]
        site.put(path, "down", code=503)
        await pilot.press("s")
        await until(pilot, lambda: told(app, "What the feed gave is kept; the page is queued"))
        await until(pilot, lambda: "1 page queued" in text_of(app))
        site.answers[path] = whole
        now[0] += timedelta(hours=2)
        app.room.say_fresh()  # what any change or refresh does; without one the timer waits the ten minutes
        await until(pilot, lambda: saving.queued(app.library) == 0)
        await until(pilot, lambda: told(app, "Kept whole"))


@pytest.mark.parametrize("code", [410, 302])
async def test_a_page_that_never_comes_is_said_and_not_asked_for_again(site: Site, tmp_path: Path, code: int) -> None:
    """Gone for good, or a redirect to another private address: the feed's text is kept, nothing is queued, and why."""
    async with room(site, tmp_path) as (app, pilot):
        path = app.room.article.article.row.url.removeprefix(site.url)
        site.put(path, "gone", code=code, location="http://127.0.0.2:9/secret")
        await pilot.press("s")
        await until(pilot, lambda: told(app, ". What the feed gave is kept."))
        assert saving.queued(app.library) == 0
        assert app.library.counts().saved == 1
        assert told(app, "nobody has consented" if code == 302 else "410")
