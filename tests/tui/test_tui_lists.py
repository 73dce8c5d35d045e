"""A list of feeds (OPML) pasted into the dialog: what is in it is shown first, and added by a second enter."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from textual.widgets import Input
from tui_library import home, running, settle, text_of, until
from tui_site import Site

from reader.config import Config, Network, Reading
from reader.service.adding import add
from reader.service.library import Library
from reader.tui.app import RoomApp
from reader.tui.screens.add import AddScreen


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site(2)
    yield site
    site.close()


async def test_a_list_is_shown_before_it_is_added(site: Site, tmp_path: Path) -> None:
    """New, there already, left out and why; enter adds and fetches, one `u` takes all of it back."""
    site.put("/second", "<rss><channel><item><guid>s</guid><title>Second case</title></item></channel></rss>")
    outlines = "".join(
        f"<outline type='rss' text='{name}' xmlUrl='{url}'/>"
        for name, url in (("There", f"{site.url}/feed"), ("Second", f"{site.url}/second"), ("Pipe", "|touch x"))
    )
    file = tmp_path / "feeds.opml"
    file.write_text(f"<opml version='2.0'><body><outline text='Harbour'>{outlines}</outline></body></opml>")
    config = Config(
        network=Network(allow_private=frozenset({site.url.removeprefix("http://")})),
        reading=Reading(refresh_on_start=False),
    )
    with Library.open(home(tmp_path), config) as library:
        library.set_setting("tui", {"toured": True})
        await asyncio.to_thread(add, library, f"{site.url}/feed")
        app = RoomApp(library, config, zone=UTC)
        async with running(app) as pilot:
            await settle(pilot)
            await pilot.press("a")
            await until(pilot, lambda: isinstance(app.screen, AddScreen))
            app.screen.query_one("#address", Input).value = str(file)
            await pilot.press("enter")
            await until(pilot, lambda: "1 new, 1 there already, 1 left out" in text_of(app))
            await settle(pilot)
            shown = text_of(app)
            assert "Harbour" in shown
            assert "Pipe" in shown
            assert len(library.sources()) == 1
            await pilot.press("enter")
            await until(pilot, lambda: len(library.sources()) == 2)
            await until(pilot, lambda: library.counts().total == 3)
            await until(pilot, lambda: not app.room.refresher.running)
            assert next(source for source in library.sources() if source.url.endswith("second")).section == "Harbour"
            await pilot.press("u")
            await until(pilot, lambda: len(library.sources()) == 1)


async def test_a_list_with_nothing_new_adds_nothing(site: Site, tmp_path: Path) -> None:
    """It says so; enter changes nothing and esc leaves. A file that is no list is told as what it is."""
    file = tmp_path / "feeds.opml"
    file.write_text(f"<opml version='2.0'><body><outline text='x' xmlUrl='{site.url}/feed'/></body></opml>")
    config = Config(reading=Reading(refresh_on_start=False))
    with Library.open(home(tmp_path), config) as library:
        library.set_setting("tui", {"toured": True})
        await asyncio.to_thread(add, library, f"{site.url}/feed")
        app = RoomApp(library, config, zone=UTC)
        async with running(app) as pilot:
            await settle(pilot)
            await pilot.press("a")
            await until(pilot, lambda: isinstance(app.screen, AddScreen))
            app.screen.query_one("#address", Input).value = str(file)
            await pilot.press("enter")
            await until(pilot, lambda: "Nothing new, 1 there already." in text_of(app))
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(app.screen, AddScreen)
            assert len(library.sources()) == 1
            await pilot.press("escape")
            await until(pilot, lambda: not isinstance(app.screen, AddScreen))
