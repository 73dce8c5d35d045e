"""`save`, `saved`, `show --full` and `show --diff`: what they print, their JSON and their exit codes."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cli_runner import Run

Secnews = Callable[..., Run]
TEASER = "Thieves emptied the accounts of forty shops in the harbour district overnight, using a copied key."
REST = "The processor has replaced every key and asks its customers to look through their statements closely."
IMAGE = b"\x89PNG\r\n\x1a\n" + bytes(40)


class Site:
    """A feed with one article whose page has `words`."""

    def __init__(self) -> None:
        self.words = "At least 40 shops were hit."
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = site.answer(self.path)
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_address[1]}"
        Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def answer(self, path: str) -> tuple[str, bytes]:
        if path == "/dot.png":
            return "image/png", IMAGE
        if path == "/case":
            text = f"<p>{TEASER}</p><p>{self.words}</p><img src=/dot.png><p>{REST}</p><p>{REST[:80]}.</p>"
            return "text/html", f"<html><body><article><h1>Case</h1>{text}</article></body></html>".encode()
        link = f"<link>{self.address}/case</link><description>{TEASER}</description>"
        item = f"<item><guid>1</guid><title>Case</title>{link}</item>"
        return "application/rss+xml", f"<rss version='2.0'><channel><title>F</title>{item}</channel></rss>".encode()


@pytest.fixture
def site(secnews: Secnews) -> Iterator[Site]:
    """The site, its feed added to an empty library."""
    made = Site()
    assert secnews("add", f"{made.address}/feed").code == 0
    yield made
    made.http.shutdown()
    made.http.server_close()


def test_saved_is_complete_and_verified(secnews: Secnews, site: Site, home: Path) -> None:
    """After `save` everything is there without network, cache and source; a changed byte is told with exit code 1."""
    assert secnews("save", "1").err.startswith("1 article saved for offline.")
    site.http.shutdown()
    secnews("remove", "1")
    shutil.rmtree(home / "cache", ignore_errors=True)
    (row,) = secnews("--offline", "saved", "--json").json["articles"]
    assert (row["evidence"]["state"], [image["bytes"] for image in row["evidence"]["images"]]) == ("complete", [48])
    assert REST in secnews("--offline", "show", "1").out
    run = secnews("saved", "--verify", "--json")
    assert (run.code, [one["ok"] for one in run.json["verified"]]) == (0, [True])
    library = sqlite3.connect(home / "data" / "library.db")
    with library:
        library.execute("UPDATE blob SET content = x'00', packed = 0")
    library.close()
    run = secnews("saved", "--verify", "--json")
    assert (run.code, [one["ok"] for one in run.json["verified"]]) == (1, [False])
    assert "is not what was kept" in run.err


def test_saving_offline_is_queued_and_said(secnews: Secnews, site: Site) -> None:
    """Offline the bookmark is there at once, the page is said to come later, and does with the next refresh."""
    run = secnews("--offline", "save", "1")
    assert run.code == 0
    assert "will be fetched by the next refresh" in run.err
    assert secnews("saved", "--json").json["articles"][0]["evidence"]["state"] == "queued"
    secnews("refresh")
    assert secnews("saved", "--json").json["articles"][0]["evidence"]["state"] == "complete"


def test_full_text_and_what_changed(secnews: Secnews, site: Site) -> None:
    """`--full` shows the page's text and says why; `--diff` names numbers that changed, and has nothing before that."""
    assert REST not in secnews("show", "1").out
    run = secnews("show", "1", "--full")
    assert REST in run.out
    assert "The page has the whole text" in run.err
    secnews("save", "1")
    assert secnews("show", "1", "--diff").code == 3
    site.words = "At least 52 shops were hit."
    secnews("save", "1", "--again")
    assert "number: " in secnews("show", "1", "--diff").out
    (change,) = secnews("show", "1", "--diff", "--json").json["changes"]
    assert (change["old"], change["new"], change["number"], change["quote"]) == ("40", "52", True, False)


def test_notes_and_highlights(secnews: Secnews, site: Site) -> None:
    """Notes are put on, listed, removed and undone; a highlight needs words that stand in the text; nothing empty."""
    assert secnews("note").code == 3
    assert secnews("note", "1", "Ask", "the", "processor").code == 0
    (made,) = secnews("note", "1", "-q", "forty shops", "Which?", "--json").json["notes"]
    assert (made["article_id"], made["text"], made["words"]) == (1, "Which?", "forty shops")
    assert [one["text"] for one in secnews("note", "1", "--json").json["notes"]] == ["Ask the processor", "Which?"]
    assert secnews("note", "1", "-q", "no such words").code == 2
    assert secnews("note", "--change", str(made["id"]), "Whose", "key?").code == 0
    assert "Whose key?" in secnews("show", "1").out
    assert secnews("show", "1", "--json").json["notes"][1]["text"] == "Whose key?"
    secnews("undo")
    assert secnews("note", "99", "x").code == 3
    assert secnews("note", "--remove", str(made["id"])).code == 0
    assert len(secnews("note", "--json").json["notes"]) == 1
    secnews("undo")
    assert secnews("note", "1", "--json").json["notes"][1] == made
    secnews("undo")
    secnews("undo")
    assert secnews("note", "--json").json == {"schema": 1, "notes": [], "next": None}
