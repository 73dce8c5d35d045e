"""All real feeds, added one by one over HTTP, end up in the library, once."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from feed_server import FeedServer

from reader.model import ArticleRow, Outcome, View
from reader.service.adding import add
from reader.service.library import Library
from reader.service.refresh import refresh
from reader.text.addresses import is_web

# "2020/1/10" is read there as the first of November and here as the tenth of January, which its neighbours bear out.
MISREAD_DATES = {"031_kc0011.xml"}
ANY = "*"
TYPES = {".json": "application/feed+json", ".xml": "application/xml"}


@pytest.mark.slow
def test_every_real_feed_is_in_the_library(library: Library, server: FeedServer, shared: Path) -> None:
    """178 feeds as published: every entry of the reference is there, a second refresh stores nothing new, a third
    one downloads nothing."""
    expected = {line["file"]: line for line in map(json.loads, (shared / "feeds/expected.jsonl").open())}
    sources = {}
    for name in expected:
        path = shared / "feeds" / name
        url = server.put(f"/{name}", path.read_bytes(), content_type=TYPES[path.suffix], validate=False)
        sources[name] = add(library, url, derive=False).id
    refresh(library, derive=False)
    missing = []
    for name, feed in expected.items():
        rows = library.window(View(source_id=sources[name]), limit=10_000)
        missing += compare(feed, rows, server.url(f"/{name}"))
    assert not missing, "\n".join(missing)
    for page in server.pages.values():
        page.validate = True
    second = refresh(library, force=True, full=True, derive=False)
    assert (second.new, second.updated, second.failed) == (0, 0, 0)
    server.bodies()
    third = refresh(library, force=True, derive=False)
    assert server.bodies() == 0
    assert {result.outcome for result in third.results} == {Outcome.UNCHANGED}


def compare(feed: dict[str, Any], rows: list[ArticleRow], url: str) -> list[str]:
    """What the reference has and the library has not: entries by title, link and date, each as often as it counts."""
    wanted: list[tuple[str, str, str]] = []
    seen: set[str] = set()
    for entry in feed["entries"]:
        if entry.get("id") and entry["id"] in seen:
            continue
        seen.add(entry.get("id") or "")
        if not any(entry.get(key) for key in ("id", "title", "link", "published", "has_content")):
            continue
        wanted.append((norm(entry.get("title") or ""), link(entry, feed, url), published(entry, feed)))
    have = Counter((norm(row.title), row.url, stamp(row)) for row in rows)
    shared = {row.url for row in rows if row.also}  # two feeds of one site: title and date are those of the first
    problems = []
    for title, address, stated in wanted:
        match = next(
            (
                key
                for key in have
                if have[key] and key[0] == title and address in (key[1], ANY) and stated in ("", key[2])
            ),
            None,
        )
        if match is None and address not in shared:
            problems.append(f"{feed['file']}: {title[:60]} {address[:80]} {stated}")
        elif match is not None:
            have[match] -= 1
    return problems


def norm(title: str) -> str:
    text = html.unescape(html.unescape(re.sub(r"<[^>]*>", "", title)))
    text = re.sub(r"<[^>]*>", "", text)
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc", "Mn"))


def link(entry: dict[str, Any], feed: dict[str, Any], url: str) -> str:
    """The address a reader can follow, "" if there is none, ANY if the reference has one of another kind."""
    if not entry.get("link"):
        return ""
    address = urljoin(urljoin(url, feed.get("link") or ""), entry["link"])
    return address if is_web(address) else ANY


def published(entry: dict[str, Any], feed: dict[str, Any]) -> str:
    stated = entry.get("published")
    return "" if not stated or feed["file"] in MISREAD_DATES else datetime.fromisoformat(stated).isoformat()


def stamp(row: ArticleRow) -> str:
    stated = row.published or row.updated
    return "" if stated is None else stated.isoformat()
