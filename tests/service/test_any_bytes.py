"""Any bytes a server may send, through the whole way: fetched, parsed, stored, derived, drawn and written out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from random import Random

import pytest
from blank_library import put_blank_library
from feed_server import FeedServer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reader import paths
from reader.config import Config, Network
from reader.model import Outcome, SourceKind, View
from reader.service import serial
from reader.service.library import Library
from reader.service.refresh import refresh
from reader.store import sources
from reader.text.clean import clean_text

BODIES = 40  # sources of one refresh: each is one example
SEEDS = [
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>Port</title><link>https://port.example/</link><item><guid>1</guid><title>Cranes stand “still”"
    "</title><link>/1</link><pubDate>Mon, 02 Nov 2026 10:00:00 CET</pubDate><content:encoded><![CDATA[<p>“We saw it,”"
    " said Ada Merrin, a pilot.</p>]]></content:encoded><enclosure url='/a.mp3' length='7'/></item></channel></rss>",
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>urn:1</id><link href="/x"/><updated>'
    '2026-11-02T10:00:00Z</updated><author><name>Jo</name></author><content type="xhtml"><div xmlns='
    '"http://www.w3.org/1999/xhtml"><ul><li>one<ol><li>two</li></ol></li></ul></div></content></entry></feed>',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc='
    '"http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>R</title></channel><item rdf:about="y"><title>'
    "One</title><dc:date>2026-11-02</dc:date><description>&lt;b&gt;x&lt;/b&gt;</description></item></rdf:RDF>",
    '{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","url":"https://j.example/1",'
    '"content_html":"<p>x</p>","date_published":"2026-11-02T10:00:00+01:00","tags":["a"],"authors":[{"name":"A"}]}]}',
    "<!doctype html><html><head><title>T</title><link rel=alternate type=application/rss+xml href=/f></head><body>"
    "<article><p>Some words that make a paragraph of an article.</p></article></body></html>",
]
ODD = [
    b"&#x110000;",
    b"\x00",
    b"]]>",
    b"<![CDATA[",
    b"\x1b[2J",
    "\u202e\u200b".encode(),
    b"&nbsp;",
    b"<!DOCTYPE a [",
    b"\xff\xfe",
    b"99999-99-99",
    b'"',
    b"<div>" * 50,
    b"[/b]",
    b"\xed\xa0\x80",
    b"{",
    b"<item>",
    b"</channel>",
]


@pytest.fixture
def running() -> Iterator[FeedServer]:
    with FeedServer().running() as server:
        yield server


def body_of(chance: Random) -> bytes:
    """A feed or a page that was cut, overwritten and stuffed, or noise."""
    if chance.random() < 0.05:
        return chance.randbytes(chance.randrange(200))
    body = chance.choice(SEEDS).encode()
    for _ in range(chance.randrange(7)):
        at, cut = chance.randrange(len(body) + 1), chance.choice((0, 0, 1, 3, 40))
        piece = chance.choice(ODD) if chance.random() < 0.7 else chance.randbytes(chance.randrange(8))
        body = body[:at] + piece * chance.randrange(4) + body[at + cut :]
    return body


def taken_through(server: FeedServer, bodies: list[bytes], kind: str) -> None:
    from reader.tui.marks import UNICODE
    from reader.tui.sheet import sheet_of

    with tempfile.TemporaryDirectory() as folder:
        place = paths.locate(Path(folder))
        put_blank_library(place.library)
        with Library.open(place, Config(network=Network(timeout=20.0))) as library:
            with library.database.write() as c:
                for number, body in enumerate(bodies):
                    url = server.put(f"/{number}", body, content_type=kind)
                    consent = f"127.0.0.1:{server.port}"
                    kinds = SourceKind.PAGE if number % 5 == 4 else SourceKind.FEED
                    sources.insert(c, kind=kinds, url=url, title="", section="", consent=consent, now=library.now())
            summary = refresh(library)
            assert len(summary.results) == len(bodies)
            for result in summary.results:
                assert result.outcome in (Outcome.OK, Outcome.PARTIAL, Outcome.ERROR, Outcome.UNCHANGED)
                assert result.message.isprintable()
                assert "fault of this program" not in result.message
            assert library.pending() == 0
            for row in library.window(View(), limit=10_000):
                assert row.title.isprintable()
                article = library.article(row.id)
                assert json.loads(json.dumps(serial.article_object(article)))["id"] == row.id
                sheet = sheet_of(article, UNICODE, UTC)
                assert clean_text(sheet.text) == sheet.text


def any_bytes(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # what fails says which body it was
        suppress_health_check=list(HealthCheck),
    )


KINDS = st.sampled_from(["application/rss+xml", "text/html; charset=latin-1", "application/json", "", "text/\x9b"])


@any_bytes(3)
@given(st.integers(0, 2**32), KINDS)
def test_any_bytes_end_as_articles_or_one_sentence(running: FeedServer, seed: int, kind: str) -> None:
    """Feeds and pages cut, overwritten and stuffed: nothing but our own errors, nothing unprintable (SAFETY 57)."""
    chance = Random(seed)
    taken_through(running, [body_of(chance) for _ in range(BODIES)], kind)


@pytest.mark.slow
@any_bytes(50)
@given(st.integers(0, 2**32), KINDS)
def test_two_thousand_of_any_bytes(running: FeedServer, seed: int, kind: str) -> None:
    """The same 2,000 times."""
    chance = Random(seed)
    taken_through(running, [body_of(chance) for _ in range(BODIES)], kind)
