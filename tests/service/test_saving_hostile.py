"""Saving what hostile servers send: whole, or as it was before, with one sentence that says why."""

from __future__ import annotations

import gzip
import importlib.util
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from feed_server import Clock, FeedServer, Page, rss
from saved_pages import PARAGRAPHS, page, png, serve

from reader.config import Network
from reader.model import View
from reader.service import actions, saving
from reader.service.adding import add
from reader.service.library import Library
from reader.service.refresh import refresh
from reader.service.whole_pages import fetch_wanted

ARTICLE = page().encode()
HTML = "text/html"
GZIP = {"Content-Encoding": "gzip"}
CASES: dict[str, tuple[Page, str]] = {
    "ten megabytes": (Page(ARTICLE + b"<p>lorem ipsum</p>" * 600_000, HTML), "larger than the limit"),
    "a bomb in gzip": (Page(gzip.compress(ARTICLE + bytes(64 << 20)), HTML, headers=GZIP), "larger than the limit"),
    "nothing": (Page(b"", HTML), "empty"),
    "only markup": (Page(b"<html><body><div></div></body></html>", HTML), "no readable text"),
    "a picture": (Page(png(), "image/png"), "PNG image"),
    "a program called a page": (Page(b"\x7fELF" + bytes(4_000), HTML), "program"),
    "an archive called a page": (Page(b"PK\x03\x04" + bytes(4_000), HTML), "archive"),
    "a feed": (Page(rss().encode(), "application/rss+xml"), "feed"),
    "a PDF that is none": (Page(b"%PDF-1.7\n" + b"9" * 100_000, "application/pdf"), "PDF"),
    "gone to a private host": (Page(b"", HTML, 302, {"Location": "http://127.0.0.2:9/"}), "private"),
    "gone to the metadata of a cloud": (Page(b"", HTML, 302, {"Location": "http://169.254.169.254/"}), "private"),
    "gone to a file": (Page(b"", HTML, 302, {"Location": "file:///etc/passwd"}), "http"),
    "gone round in circles": (Page(b"", HTML, 302, {"Location": "/case0"}), "redirect"),
}  # fmt: skip


def saved(library: Library, server: FeedServer) -> int:
    """One article of a feed, saved and not yet fetched."""
    source = add(library, serve(server))
    (article,) = library.ids(View(source_id=source.id))
    actions.save(library, [article])
    return article


@pytest.mark.parametrize("name", CASES)
def test_a_page_that_is_no_article_takes_nothing_away(library: Library, server: FeedServer, name: str) -> None:
    """The feed's text stays saved and verifies, and one sentence says what the page was instead."""
    answer, said = CASES[name]
    article = saved(library, server)
    server.pages["/case0"] = answer
    (result,) = fetch_wanted(library)
    assert said in result.error
    assert result.error.isprintable()
    assert "\n" not in result.error
    assert library.article(article).document.text == PARAGRAPHS[0]
    assert [found.faults for found in saving.verify(library)] == [()]


@pytest.mark.parametrize(
    "inside",
    [
        "<div>" * 50_000 + "deep",
        "<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">x</p>",
        "<table><tr><td>" * 3_000 + "x",
        "“" * 100_000,
        "".join(f"<img src=/i{number}.png>" for number in range(3_000)),
        "<a href='" + "x" * 100_000 + "'>y</a>",
        "\x1b]52;c;Zm9v\x07\u202e\0",
    ],
    ids=["nested", "attributes", "tables", "quotes", "images", "address", "escapes"],
)
def test_an_article_among_hostile_markup_is_saved(library: Library, server: FeedServer, inside: str) -> None:
    """What surrounds an article makes it neither unreadable nor unsaved, and no control character comes through."""
    article = saved(library, server)
    server.put("/case0", page().replace("<figure>", inside + "<figure>", 1), content_type=HTML)
    assert [result.error for result in fetch_wanted(library)] == [""]
    text = library.article(article).document.text
    assert PARAGRAPHS[1] in text
    assert not {"\x1b", "\x07", "\0", "\u202e"} & set(text)
    newest = saving.evidence(library, article).newest
    assert newest is not None
    assert len(newest.images) <= 48
    assert [found.faults for found in saving.verify(library)] == [()]


@pytest.fixture(scope="module")
def hostile(shared: Path) -> Iterator[Any]:
    spec = importlib.util.spec_from_file_location("hostile_server", shared / "hostile" / "hostile_server.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["hostile_server"] = module
    spec.loader.exec_module(module)
    with module.HostileServer() as server:
        server.cases = module.listing()
        yield server


@pytest.mark.slow
def test_every_hostile_path_as_a_page_and_as_an_image(library: Library, server: FeedServer, hostile: Any) -> None:
    """122 hostile answers for the page of a saved article, and for its images: no hang, no canary, nothing lost."""
    host = hostile.url("").removeprefix("http://").partition("/")[0]
    library.config = replace(library.config, network=Network(timeout=3.0, allow_private=frozenset({host})))
    links = [hostile.url(case["path"]) for case in hostile.cases]
    items = [
        f"<item><guid>{n}</guid><title>Case {n}</title><link>{link}</link><description>{PARAGRAPHS[0]}</description>"
        "</item>"
        for n, link in enumerate(link.replace("&", "&amp;") for link in links)
    ]
    batches = [links[start : start + 20] for start in range(0, len(links), 20)]
    for number, batch in enumerate(batches):
        server.put(f"/case{number}", page(images=tuple(batch)), content_type=HTML)
        items.append(f"<item><guid>i{number}</guid><link>{server.url(f'/case{number}')}</link></item>")
    add(library, server.put("/feed", rss(*items)))
    ids = list(library.ids(View()))
    assert len(ids) == len(links) + len(batches)
    actions.save(library, ids)
    began = time.monotonic()
    results = {result.article_id: result for result in fetch_wanted(library)}
    assert time.monotonic() - began < 600  # measured: 70 s; a ceiling that catches a hang
    assert set(results) == set(ids)
    assert hostile.canary_hits == []
    assert all(result.error.isprintable() and len(result.error) < 1_500 for result in results.values())
    for article in ids:
        shown = library.article(article)
        assert shown.row.saved
        assert shown.document.text
        assert all(image.sha256 or image.problem for one in saving.evidence(library, article).captures
                   for image in one.images)  # fmt: skip
    assert [found.article_id for found in saving.verify(library) if found.faults] == []


def test_what_a_flapping_feed_drops_is_still_read(library: Library, hostile: Any, clock: Clock) -> None:
    """Saved, then emptied, edited and garbled by its feed, and the network gone: text and state stay (SAFETY 87)."""
    add(library, hostile.url("/flapping.xml"))
    ids = list(library.ids(View()))
    assert len(ids) == 5
    actions.save(library, ids)
    kept = {article: [one.text_sha256 for one in saving.evidence(library, article).captures] for article in ids}
    assert all(kept.values())
    for _ in range(4):
        clock.advance(hours=3)
        refresh(library, force=True)
    refresh(library, offline=True)
    assert set(library.ids(View(saved=True))) == set(ids)
    for article in ids:
        assert library.article(article).document.text
        assert [one.text_sha256 for one in saving.evidence(library, article).captures][: len(kept[article])] == kept[
            article
        ]
    assert [found.article_id for found in saving.verify(library) if found.faults] == []
