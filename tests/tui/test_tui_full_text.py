"""`x`: the whole text of the page and the feed's, fetched once over a real server, with esc to cancel."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tui_library import home, opened, running, until

from reader.config import Config
from reader.service.adding import add
from reader.service.library import Library
from reader.tui.app import RoomApp

TEASER = "Thieves emptied the accounts of forty shops in the harbour district overnight, using a copied key."
REST = "The processor has replaced every key and asks its customers to look through their statements closely."


async def test_x_goes_from_one_text_to_the_other(tmp_path: Path) -> None:
    """The page is fetched once; esc cancels a fetch that hangs, and the text that was read stays."""
    wait, asked = threading.Event(), []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            if self.path == "/case":
                wait.wait(20)
            address = f"http://127.0.0.1:{self.server.server_port}/case"  # type: ignore[attr-defined]
            link = f"<link>{address}</link><description>{TEASER}</description>"
            item = f"<item><guid>1</guid><title>Case</title>{link}</item>"
            article = f"<article><h1>Case</h1><p>{TEASER}</p><p>{REST}</p><p>Later: {REST}</p></article>"
            body = (
                f"<html><body>{article}</body></html>"
                if self.path == "/case"
                else f"<rss><channel>{item}</channel></rss>"
            )
            self.send_response(200)
            self.send_header("Content-Type", "text/html" if self.path == "/case" else "application/rss+xml")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_arguments: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    with Library.open(home(tmp_path), Config()) as library:
        library.set_setting("tui", {"toured": True})
        await asyncio.to_thread(add, library, f"http://127.0.0.1:{server.server_port}/feed")
        app = RoomApp(library, Config(), zone=UTC)
        async with running(app) as pilot:
            await pilot.press("enter")
            await opened(pilot)
            await pilot.press("x")
            await until(pilot, lambda: "/case" in asked)
            await pilot.press("escape")
            await until(pilot, lambda: any("cancelled" in told.sentence for told in app.told))
            assert REST not in app.room.article.sheet.text
            wait.set()
            await pilot.press("x")
            await until(pilot, lambda: REST in app.room.article.sheet.text)
            count = len(asked)
            await pilot.press("x")
            await until(pilot, lambda: REST not in app.room.article.sheet.text)
            await pilot.press("x")
            await until(pilot, lambda: REST in app.room.article.sheet.text)
            assert len(asked) == count
    server.shutdown()
    server.server_close()
