"""Twenty files of each format, invented: each comes in with all it holds, from one folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.model import View
from reader.service.adding import add
from reader.service.library import Library

MAKER = Callable[[int], str]
COUNT = 20


def title(n: int) -> str:
    return f"Harbour report {n:02} on forged tide tables"


def url(n: int) -> str:
    return f"https://harbour.example/reports/{n}"


def words(n: int) -> str:
    return f"The keeper of lock {n} said on Monday that the tables had been forged by hand, and twice."


def day(n: int) -> str:
    return f"2026-10-{n + 1:02}"


def text(n: int) -> str:
    return (
        f"Ports\n\n{title(n)}\n\nBy Ines Vidal | {day(n)}\n\nSource: {url(n)}\n\n{words(n)}\n\nA second paragraph of it"
        " says what the port will do about them.\n\nLatest Insights:\n\nSubscribe to our weekly letter\n\nTo Top\n"
    )


def markdown(n: int) -> str:
    return f'---\ntitle: "{title(n)}"\nsource: {url(n)}\npublished: {day(n)}\ntags: [ports, lock{n}]\n---\n{words(n)}\n'


def page(n: int) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title(n)}</title><link rel=canonical href='{url(n)}'>"
        f"<meta property='article:published_time' content='{day(n)}T00:00:00Z'>"
        f"<meta property='article:tag' content='ports'><meta property='article:tag' content='lock{n}'></head>"
        f"<body><article><h1>{title(n)}</h1><p>{words(n)}</p><p>{words(n)} It went on.</p></article></body></html>"
    )


def single_file(n: int) -> str:
    saved = f"<!--\n Page saved with SingleFile \n url: {url(n)} \n saved date: Mon Nov 02 2026 10:00:00 GMT+0000\n-->"
    return page(n).replace("<html>", f"<html>{saved}")


def archive(n: int) -> str:
    return (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {url(n)}\nSubject: {title(n)}\nDate: Mon, 2 Nov 2026"
        ' 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\n'
        f"Content-Type: text/html; charset=utf-8\nContent-Location: {url(n)}\n\n{page(n)}\n--b--\n"
    )


def mail(n: int) -> str:
    return (
        f"From: Harbour Letters <letters@harbour.example>\nSubject: {title(n)}\nMIME-Version: 1.0\n"
        f"Date: {datetime(2026, 10, n + 1, tzinfo=UTC):%a, %d %b %Y} 00:00:00 +0000\nContent-Type: text/html\n\n"
        f"<p><a href='{url(n)}'>View in browser</a></p><p>{words(n)}</p><p>A second paragraph of the letter.</p>"
        "<p>You are receiving this because you asked for it. <a href='https://harbour.example/u'>Unsubscribe</a></p>\n"
    )


def mailbox(n: int) -> str:
    return f"From letters@harbour.example Mon Nov 02 10:00:00 2026\n{mail(n)}\n"


def feed(n: int) -> str:
    return (
        f"<rss version='2.0'><channel><title>Harbour {n}</title><item><guid>{n}</guid><title>{title(n)}</title>"
        f"<link>{url(n)}</link><category>ports</category><category>lock{n}</category>"
        f"<pubDate>{datetime(2026, 10, n + 1, tzinfo=UTC):%a, %d %b %Y} 00:00:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{words(n)}&lt;/p&gt;</description></item></channel></rss>"
    )


def json_feed(n: int) -> str:
    item = {"id": str(n), "title": title(n), "url": url(n), "content_html": f"<p>{words(n)}</p>"}
    item |= {"date_published": f"{day(n)}T00:00:00Z", "tags": ["ports", f"lock{n}"]}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": [item]})


@pytest.mark.parametrize(
    ("ending", "make", "tagged"),
    [
        (".txt", text, False), (".md", markdown, True), (".html", page, True), (".htm", single_file, True),
        (".mhtml", archive, True), (".eml", mail, False), (".mbox", mailbox, False), (".xml", feed, True),
        (".json", json_feed, True),
    ],
)  # fmt: skip
def test_twenty_files(library: Library, tmp_path: Path, ending: str, make: MAKER, tagged: bool) -> None:
    """Title, address, date, tags and text of each; the furniture of dumps and letters is cut."""
    folder = tmp_path / "files"
    folder.mkdir()
    for n in range(COUNT):
        (folder / f"{n}{ending}").write_text(make(n), "utf-8")
    companion = folder / "0_files"
    companion.mkdir()
    (companion / "frame.html").write_text(page(99))
    add(library, str(folder))
    rows = {row.title: row for row in library.window(View(), limit=100)}
    wanted = COUNT if ending in (".html", ".htm") else COUNT + 1
    assert len(rows) == wanted
    for n in range(COUNT):
        row = rows[title(n)]
        assert (row.url, row.published) == (url(n), datetime(2026, 10, n + 1, tzinfo=UTC)), n
        if tagged:
            assert set(row.tags) == {"ports", f"lock{n}"}
        body = library.article(row.id).document.text
        assert words(n) in body
        assert not any(cut in body for cut in ("To Top", "Latest Insights", "Unsubscribe", "View in browser"))
