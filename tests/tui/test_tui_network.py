"""The whole flow over a real HTTP server: start, add, refresh, read, quote, save, undo, quit, offline again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from textual.widgets import Input
from tui_library import NOW, TEXT, home, running, settle, text_of, until

from reader.config import Config
from reader.service.library import Library
from reader.tui.app import RoomApp
from reader.tui.screens.add import AddScreen


class Site:
    """A feed that grows, a page that names it, an address that answers 500, and one that never answers."""

    def __init__(self) -> None:
        self.items = 2
        self.asked: list[str] = []
        self.release = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                if self.path == "/slow":
                    site.release.wait(30)
                bodies = {
                    "/feed": (200, "application/rss+xml", site.feed()),
                    "/site": (200, "text/html", site.page()),
                    "/evil": (200, "text/html", site.page().replace("127.0.0.1", "localhost")),
                }
                code, kind, body = bodies.get(self.path, (500, "text/plain", "no"))
                self.send_response(code)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_arguments: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def feed(self) -> str:
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in TEXT.split("\n\n"))
        items = "".join(
            f"<item><title>Report {number} of Lumen Pay</title><link>{self.url}/report{number}</link>"
            f"<guid>g{number}</guid><pubDate>{format_datetime(NOW.replace(hour=number))}</pubDate>"
            f"<description>{escape(paragraphs)}</description></item>"
            for number in range(self.items)
        )
        channel = f"<channel><title>Live Example</title><link>https://news.example.com/</link>{items}</channel>"
        return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'

    def page(self) -> str:
        return (
            "<html><head><title>A site</title>"
            f'<link rel="alternate" type="application/rss+xml" title="All news" href="{self.url}/feed">'
            "</head><body><p>Hello.</p></body></html>"
        )

    def close(self) -> None:
        self.release.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


def room_app(library: Library, *, offline: bool = False) -> RoomApp:
    return RoomApp(library, Config(), offline=offline, zone=UTC)


async def test_the_whole_flow(site: Site, tmp_path: Path) -> None:
    """From an empty library to an article saved and read again without the network."""
    with Library.open(home(tmp_path), Config()) as library:
        app = room_app(library)
        async with running(app) as pilot:
            await pilot.press("a")
            await until(pilot, lambda: isinstance(app.screen, AddScreen))
            app.screen.query_one("#address", Input).value = f"{site.url}/site"
            await pilot.press("enter")
            await until(pilot, lambda: "This page offers feeds" in text_of(app))
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is app.room)
            await until(pilot, lambda: app.room.articles.row_count == 2)
            await until(pilot, lambda: "Report 1" in text_of(app))

            site.items = 4
            await pilot.press("R")
            await until(pilot, lambda: app.room.articles.row_count == 4)
            await until(pilot, lambda: any("2 new" in told.sentence for told in app.told))

            await pilot.press("g", "g", "enter")
            await until(pilot, lambda: app.room.quotes.row_count > 2)
            await settle(pilot)
            await pilot.press("]", "]")
            assert app.room.article.quote == app.room.quotes.quote_index == 1
            await pilot.press("s")
            await until(pilot, lambda: library.counts().saved == 1)
            await pilot.press("u")
            await until(pilot, lambda: library.counts().saved == 0)
            await pilot.press("s")
            await until(pilot, lambda: library.counts().saved == 1)
            await pilot.press("q", "q")
            await until(pilot, lambda: not app.is_running)
    site.close()
    asked = len(site.asked)
    with Library.open(home(tmp_path), Config()) as library:
        app = room_app(library, offline=True)
        async with running(app) as pilot:
            await settle(pilot)
            await pilot.press("g", "s", "enter")
            await until(
                pilot, lambda: app.room.article.article and "stolen session token" in app.room.article.sheet.text
            )
            await pilot.press("R")
            assert app.told[-1].error
            assert "offline" in app.told[-1].sentence
    assert len(site.asked) == asked


async def test_an_offered_private_address_is_no_consent(site: Site, tmp_path: Path) -> None:
    """A page cannot lead the reader to another private host: what it names was not typed by anybody."""
    with Library.open(home(tmp_path), Config()) as library:
        app = room_app(library)
        async with running(app) as pilot:
            await pilot.press("a")
            await until(pilot, lambda: isinstance(app.screen, AddScreen))
            app.screen.query_one("#address", Input).value = f"{site.url}/evil"
            await pilot.press("enter")
            await until(pilot, lambda: "This page offers feeds" in text_of(app))
            await pilot.press("enter")
            await until(pilot, lambda: "consented" in text_of(app))
            assert library.sources() == []
            assert "/feed" not in site.asked
            await pilot.press("escape")


async def test_s_keeps_what_was_only_opened(tmp_path: Path) -> None:
    """`secnews PATH` stores nothing until `s`, which adds where it came from and saves it; `u` takes both back."""
    from reader.service.stateless import open_direct

    file = tmp_path / "story.txt"
    file.write_text(f"Fraud\n\nThe story of Lumen Pay\n\n{TEXT}\n", encoding="utf-8")
    with Library.open(home(tmp_path), Config()) as library:
        opened = open_direct(str(file), library_config=Config(), offline=True)
        app = RoomApp(library, Config(), opened=opened, offline=True, zone=UTC)
        async with running(app) as pilot:
            await until(pilot, lambda: app.room.article.article)
            assert library.counts().total == 0
            await pilot.press("s")
            await until(pilot, lambda: library.counts().saved == 1)
            await until(pilot, lambda: any("Saved for offline" in told.sentence for told in app.told))
            assert [source.url for source in library.sources()] == [str(file)]
            await pilot.press("s")
            await until(pilot, lambda: any("already" in told.sentence for told in app.told))
            await pilot.press("u")
            await until(pilot, lambda: library.counts().saved == 0)
            await pilot.press("u")
            await until(pilot, lambda: library.sources() == [])


async def test_failures_are_told_by_source(site: Site, tmp_path: Path) -> None:
    """A source that answers 500 is one line among the results; the other source is there all the same."""
    from reader.service.adding import add

    with Library.open(home(tmp_path), Config()) as library:
        await asyncio.to_thread(add, library, f"{site.url}/feed")
        await asyncio.to_thread(add, library, f"{site.url}/broken", fetch=False)
        app = room_app(library)
        async with running(app) as pilot:
            await until(pilot, lambda: any("failed" in told.sentence for told in app.told))
            await pilot.press("g", "r")
            await until(pilot, lambda: len(app.screen_stack) == 2)
            await pilot.pause()
            text = text_of(app)
            assert "1 failed" in text
            assert "500" in text
            await pilot.press("escape")


async def test_a_refresh_can_be_cancelled(site: Site, tmp_path: Path) -> None:
    """While a server does not answer, keys do; esc cancels the refresh, and q leaves at once."""
    from reader.service.adding import add

    with Library.open(home(tmp_path), Config()) as library:
        library.set_setting("tui", {"toured": True})
        await asyncio.to_thread(add, library, f"{site.url}/feed")
        await asyncio.to_thread(add, library, f"{site.url}/slow", fetch=False)
        app = room_app(library)
        async with running(app) as pilot:
            await until(pilot, lambda: "/slow" in site.asked)
            assert app.room.refreshing()
            await pilot.press("j", "enter")
            await until(pilot, lambda: app.room.article.article)
            await pilot.press("escape")
            assert not app.room.refreshing()
            await until(pilot, lambda: any("cancelled" in told.sentence for told in app.told))


async def test_an_address_that_cannot_be_added(tmp_path: Path) -> None:
    """What is wrong is said in the dialog, nothing is added, and the words stay to be mended."""
    with Library.open(home(tmp_path), Config()) as library:
        app = room_app(library)
        async with running(app) as pilot:
            await pilot.press("a")
            await until(pilot, lambda: isinstance(app.screen, AddScreen))
            await pilot.press(*"/no/such/[b]path", "enter")
            await until(pilot, lambda: "Looking at" not in text_of(app) and "no/such" in text_of(app))
            await settle(pilot)
            assert "[b]path" in text_of(app)
            assert library.sources() == []
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.room)
