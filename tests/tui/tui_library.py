"""A real library with invented articles for the tests of the room, and a way to wait for what it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from blank_library import put_blank_library, put_library

from reader.config import Config
from reader.model import Block, BlockType, Document, Draft, Link, Origin, Quote, SourceKind
from reader.paths import Paths, locate
from reader.quotes import ENGINE, extract_quotes
from reader.service.library import Library
from reader.store import articles, sources
from reader.tui.memory import KEY

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

PARAGRAPHS = (
    "The payments company Lumen Pay confirmed on Monday that attackers had read the records of 40,000 customers.",
    "“The attackers used a stolen session token, nothing more,” said Ada Merrin, head of threat research "
    "at Copper Fox Labs. “Rotating every secret should be the first thing anybody does.”",
    "“We take the security of our customers very seriously,” a spokesperson for Lumen Pay said.",
    "The group, which calls itself Grey Heron, wrote in a post that it would “publish everything on Friday”.",
    "Officials were more careful. “It is too early to say who did this,” said Tomas Brandt, deputy "
    "director of the National Cyber Agency. The advisory lists the affected versions.",
    "According to Ines Okoro, a professor at Northgate University, the same method was used twice last year.",
    "Customers should read the advisory and change their passwords.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def document(text: str = TEXT, *, link: str = "https://advisory.example.com/2026/1", **changes: Any) -> Document:
    """A document of paragraphs; the words "the advisory" (if there) carry a link."""
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        if paragraph:
            blocks.append(Block(start, start + len(paragraph), BlockType.PARAGRAPH))
        start += len(paragraph) + 2
    at = text.find("the advisory")
    links = (Link(at, at + len("the advisory"), link),) if at >= 0 and link else ()
    return replace(Document(text, tuple(blocks), links), **changes)


def draft(number: int, *, title: str = "", text: str = TEXT, url: str | None = None, **changes: Any) -> Draft:
    """Article `number`, that many hours old."""
    moment = NOW - timedelta(hours=number)
    base = Draft(
        key=f"key-{number}",
        digest=f"digest-{number}",
        title=title or f"Story {number:02}: Lumen Pay confirms that attackers read the records of its customers",
        url=f"https://news.example.com/{number}" if url is None else url,
        origin=Origin.FEED,
        sort_date=moment,
        published=moment,
        author="Jo Writer",
        document=document(text),
    )
    return replace(base, **changes)


def put(
    library: Library, drafts: Sequence[Draft], *, source: str = "Daily Example", section: str = "News", url: str = ""
) -> list[int]:
    """Store articles with their quotes as a refresh does; returns their ids."""
    address = url or f"https://{source.casefold().replace(' ', '-')}.example.com/feed"
    with library.database.write() as c:
        found = sources.by_url(c, address)
        source_id = (
            found.id
            if found
            else sources.insert(c, kind=SourceKind.FEED, url=address, title=source, section=section, now=NOW)
        )
        sources.record(
            c, source_id, status="ok", reason="", errors=0, next_fetch=NOW + timedelta(days=1), last_success=NOW
        )
        ids = articles.insert(c, source_id, drafts, section=section, now=NOW)
        for article_id, one in zip(ids, drafts, strict=True):
            text = one.document.text if one.document else ""
            articles.set_derived(c, article_id, None, _quotes(text), engine=ENGINE)
    return ids


@cache
def _quotes(text: str) -> list[Quote]:
    return extract_quotes(text)  # 10 ms, and most articles of these tests say the same


def home(tmp_path: Path) -> Paths:
    paths = locate(tmp_path / "room")
    paths.ensure()
    return paths


_MADE: dict[str, bytes] = {}


def library_of(name: str, tmp_path: Path, fill: Callable[[Library], object]) -> Library:
    """A library with what `fill` puts into it: filled once under this name, then copied."""
    if name not in _MADE:
        with open_library(tmp_path) as library:
            fill(library)
        _MADE[name] = home(tmp_path).library.read_bytes()
    put_library(home(tmp_path).library, _MADE[name])
    return open_library(tmp_path)


def open_library(tmp_path: Path, config: Config | None = None) -> Library:
    place = home(tmp_path)
    put_blank_library(place.library)
    library = Library.open(place, config or Config(), clock=lambda: NOW)
    if library.setting(KEY) is None:
        library.set_setting(KEY, {"toured": True})  # the tour has its own tests
    return library


@asynccontextmanager
async def running(app: Any, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Any]:
    """The app on a screen of `size`, once its first rows are seen."""
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: app.room.started)
        yield pilot


async def until(pilot: Any, holds: Callable[[], object]) -> None:
    """Wait until `holds()` is true; the ceiling only catches a hang."""
    async with asyncio.timeout(20):
        while not holds():
            await pilot.pause(0.01)


async def opened(pilot: Any) -> None:
    """Wait until the article under the cursor is the one that is shown, laid out, and has the focus."""
    room = pilot.app.room
    await until(
        pilot,
        lambda: (
            room.focus_name == "article"
            and room.article.article is not None
            and room.article.article.row.id == room.articles.article_id
        ),
    )
    await settle(pilot)


async def settle(pilot: Any) -> None:
    """Wait until every job and every change is done and shown."""
    room = pilot.app.room
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await room.changes_made()
        await pilot.pause()


def text_of(app: Any) -> str:
    """Everything on the screen, line by line."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())
