"""JSON as the contract words it: every field, in order, with its type; clean and masked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from reader.model import (
    Article,
    ArticleRow,
    Block,
    BlockType,
    Document,
    Feed,
    FeedEntry,
    Link,
    Media,
    Origin,
    Outcome,
    Quote,
    QuoteKind,
    RefreshSummary,
    Source,
    SourceKind,
    SourceResult,
    Speaker,
    SpeakerType,
    Voice,
)
from reader.service import serial

NOW = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
TEXT = 'Ada said "one" here.'
QUOTE = Quote(
    9, 14, '"one"', QuoteKind.DIRECT, "said",
    Speaker("Ada Sample", "Ada", "analyst", None, SpeakerType.PERSON, Voice.EXPERT), 2, 0.912345, "direct-verb",
)  # fmt: skip
ROW = ArticleRow(
    7, 3, "One", "Fraud", "Title", "Ada", "https://one.example/a", NOW, NOW, True, False, 1, Voice.EXPERT, Origin.FEED,
    summary="Short.", updated=None, language="en", tags=("x",), source_url="https://u:hunter2@one.example/f?token=hunter2",
)  # fmt: skip
DOCUMENT = Document(
    TEXT, (Block(0, 20, BlockType.PARAGRAPH),), (Link(0, 3, "https://a.example/?key=1"),),
    (Media("https://a.example/i.png", "image/png", 9),), title="Title", section="Fraud", url="/a", published=NOW,
)  # fmt: skip
ARTICLE = Article(ROW, DOCUMENT, (QUOTE,), (Media("https://a.example/a.mp3", "audio/mpeg"),), ROW.source_url)
ARTICLE_FIELDS = [
    "schema", "id", "source", "section", "title", "author", "published", "updated", "url", "language", "read", "saved",
    "tags", "origin", "summary", "text", "blocks", "links", "quotes", "entities", "enclosures", "images",
]  # fmt: skip
LONG = ("text", "blocks", "links", "quotes", "entities", "enclosures", "images")


def test_article() -> None:
    """A whole article, field by field."""
    found = serial.article_object(ARTICLE)
    assert list(found) == ARTICLE_FIELDS
    assert json.loads(json.dumps(found)) == {
        "schema": 1,
        "id": 7,
        "source": {"id": 3, "title": "One", "url": "https://***@one.example/f?token=***"},
        "section": "Fraud",
        "title": "Title",
        "author": "Ada",
        "published": "2026-03-01T12:00:05Z",
        "updated": None,
        "url": "https://one.example/a",
        "language": "en",
        "read": True,
        "saved": False,
        "tags": ["x"],
        "origin": "feed",
        "summary": "Short.",
        "text": TEXT,
        "blocks": [{"start": 0, "end": 20, "type": "paragraph"}],
        "links": [{"start": 0, "end": 3, "url": "https://a.example/?key=1"}],
        "quotes": [serial.quote_object(QUOTE, 7)],
        "entities": [],
        "enclosures": [{"url": "https://a.example/a.mp3", "type": "audio/mpeg", "length": None}],
        "images": [{"url": "https://a.example/i.png", "type": "image/png", "length": 9}],
    }


def test_row_is_an_article_without_its_text() -> None:
    """Rows have the article's fields, same order, same values, less text, blocks, links, quotes and entities."""
    whole = serial.article_object(ARTICLE)
    assert serial.row_object(ROW) == {key: value for key, value in whole.items() if key not in ("schema", *LONG)}
    assert list(serial.row_object(ROW)) == [key for key in ARTICLE_FIELDS if key not in ("schema", *LONG)]


def test_document_has_no_ids() -> None:
    """What is in no library has null ids and otherwise the same shape."""
    found = serial.document_object(
        DOCUMENT, [QUOTE], origin=Origin.FILE, source_url="/tmp/a b.txt", source_title="a b.txt"
    )
    assert list(found) == ARTICLE_FIELDS
    assert found["id"] is None
    assert found["source"] == {"id": None, "title": "a b.txt", "url": "/tmp/a b.txt"}
    assert (found["read"], found["saved"], found["origin"]) == (False, False, "file")
    assert found["quotes"][0]["article_id"] is None


def test_ids_outside_the_library_are_null() -> None:
    """Samples and articles opened directly have no id that anyone could use."""
    row = replace(ROW, id=-1, source_id=0)
    found = serial.article_object(replace(ARTICLE, row=row))
    assert (found["id"], found["source"]["id"], found["quotes"][0]["article_id"]) == (None, None, None)


def test_quote() -> None:
    """A quote, field by field; without speaker it is null."""
    assert serial.quote_object(QUOTE, 7) == {
        "article_id": 7,
        "start": 9,
        "end": 14,
        "text": '"one"',
        "kind": "direct",
        "cue": "said",
        "speaker": {
            "name": "Ada Sample", "mention": "Ada", "role": "analyst", "organization": None, "type": "person",
            "voice": "expert",
        },
        "group": 2,
        "confidence": 0.9123,
        "reason": "direct-verb",
        "corrected": False,
    }  # fmt: skip
    bare = serial.quote_object(replace(QUOTE, speaker=None, cue=None, group=None))
    assert (bare["article_id"], bare["speaker"], bare["cue"], bare["group"]) == (None, None, None, None)
    assert list(bare) == [
        "article_id", "start", "end", "text", "kind", "cue", "speaker", "group", "confidence", "reason", "corrected",
    ]  # fmt: skip


def test_source() -> None:
    """A source row: masked, times or null."""
    source = Source(3, SourceKind.FOLDER, "/home/ada/news", "News", "Fraud", "ok", "every hour", 0, NOW, None)
    assert serial.source_object(source) == {
        "id": 3,
        "kind": "folder",
        "url": "/home/ada/news",
        "title": "News",
        "section": "Fraud",
        "status": "ok",
        "last_success": "2026-03-01T12:00:05Z",
        "next_fetch": None,
        "reason": "every hour",
        "errors": 0,
    }
    assert "hunter2" not in json.dumps(serial.source_object(replace(source, url=ROW.source_url)))


def test_refresh() -> None:
    """A refresh with its results."""
    result = SourceResult(3, ROW.source_url, Outcome.UNCHANGED, 304, 0, 0, 1.23456, "nothing new")
    assert serial.refresh_object(RefreshSummary((result,), 1, 2, 3)) == {
        "schema": 1,
        "results": [
            {
                "source_id": 3, "url": "https://***@one.example/f?token=***", "outcome": "unchanged", "status": 304,
                "new": 0, "updated": 0, "seconds": 1.235, "message": "nothing new",
            }
        ],
        "new": 1,
        "updated": 2,
        "failed": 3,
    }  # fmt: skip


def test_feed() -> None:
    """A feed document, field by field."""
    entry = FeedEntry("id", "T", "https://a.example/", "Ada", NOW, None, "S", "<p>x</p>", ("x",), (Media("u", "t", 1),))
    assert serial.feed_object(Feed("rss20", "F", "https://a.example/", (entry,), ("repaired",))) == {
        "schema": 1,
        "format": "rss20",
        "title": "F",
        "link": "https://a.example/",
        "entries": [
            {
                "id": "id", "title": "T", "link": "https://a.example/", "author": "Ada",
                "published": "2026-03-01T12:00:05Z", "updated": None, "summary": "S", "content_html": "<p>x</p>",
                "tags": ["x"], "enclosures": [{"url": "u", "type": "t", "length": 1}],
            }
        ],
        "warnings": ["repaired"],
    }  # fmt: skip


def test_lists_and_lines() -> None:
    """A list has the schema, its noun and next; a line has the schema in front."""
    assert serial.listing("articles", [{"id": 1}]) == {"schema": 1, "articles": [{"id": 1}], "next": None}
    assert list(serial.line({"id": 1}).items()) == [("schema", 1), ("id", 1)]


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (None, None),
        (NOW, "2026-03-01T12:00:05Z"),
        (NOW.replace(microsecond=120_000), "2026-03-01T12:00:05.120000Z"),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00Z"),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), "9999-12-31T23:59:59Z"),
        (datetime(2026, 3, 1, 13, tzinfo=timezone(timedelta(hours=1))), "2026-03-01T12:00:00Z"),
    ],
)
def test_times(moment: datetime | None, text: str | None) -> None:
    """RFC 3339 in UTC, for every year there is."""
    assert serial.time(moment) == text


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/" + "x" * 1000, "https://a.example/" + "x" * 1000),
        ("https://medium.example/@ada/post?a=b@c", "https://medium.example/@ada/post?a=b@c"),
        ("https://ada:hunter2@a.example/x", "https://***@a.example/x"),
        ("https://www.bank.example@evil.example/", "https://***@evil.example/"),
        ("\\\\ada:hunter2@a.example/x", "***@a.example/x"),
        ("", ""),
    ],
)
def test_addresses_in_content(url: str, shown: str) -> None:
    """Addresses of articles and links stay whole, but nobody's password is shown (SAFETY 81)."""
    assert "hunter2" not in serial.address(url)
    if "\\" not in url:
        assert serial.address(url) == shown


@pytest.mark.parametrize(
    "path", ["/tmp/" + "d/" * 400 + "x.txt", "/tmp/a  b;key=1@c.txt", "relative.txt", "C:\\news\\a.txt", "-"]
)
def test_paths_stay_whole(path: str) -> None:
    """A path is no secret: it comes out as it was given."""
    assert serial.source_address(path) == path


NASTY = "\x1b]0;x\x07\u202e\x00\x9b\ud800a\nb"


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


def test_everything_is_clean() -> None:
    """Whatever records hold, no string that comes out has a control or invisible character, and all can be encoded."""
    row = replace(
        ROW, title=NASTY, author=NASTY, summary=NASTY, section=NASTY, url=NASTY, language=NASTY, source_title=NASTY,
        source_url=NASTY, tags=(NASTY,),
    )  # fmt: skip
    speaker = Speaker(NASTY, NASTY, NASTY, NASTY)
    quote = replace(QUOTE, speaker=speaker, cue=NASTY, reason=NASTY)
    document = replace(DOCUMENT, images=(Media(NASTY, NASTY),), links=(Link(0, 3, NASTY),))
    entry = FeedEntry(NASTY, NASTY, NASTY, NASTY, None, None, NASTY, NASTY, (NASTY,), (Media(NASTY, NASTY),))
    source = Source(1, SourceKind.FEED, NASTY, NASTY, NASTY, reason=NASTY)
    result = SourceResult(1, NASTY, Outcome.ERROR, message=NASTY)
    objects = [
        serial.article_object(Article(row, document, (quote,), (Media(NASTY, NASTY),), NASTY)),
        serial.document_object(
            replace(document, title=NASTY, author=NASTY, url=NASTY), origin=Origin.FILE, source_url=NASTY
        ),
        serial.feed_object(Feed(NASTY, NASTY, NASTY, (entry,), (NASTY,))),
        serial.source_object(source),
        serial.refresh_object(RefreshSummary((result,))),
    ]
    for text in strings(objects):
        assert not set(text) & set("\x00\x07\x1b\x9b\u202e\ud800")
        text.encode()


def test_text_that_is_not_clean_loses_its_offsets() -> None:
    """Offsets into words that could not be shown as they are would lie; none are given."""
    found = serial.document_object(replace(DOCUMENT, text="\x1b" + TEXT), [QUOTE], origin=Origin.FILE, source_url="x")
    assert (found["text"], found["blocks"], found["links"], found["quotes"]) == (TEXT, [], [], [])


def test_the_contract_names_these_fields(shared: Path) -> None:
    """The fields above are those of the contract page."""
    page = (shared / "CONTRACT.md").read_text("utf-8")
    for name in (
        *ARTICLE_FIELDS,
        *serial.quote_object(QUOTE),
        *serial.source_object(Source(1, SourceKind.FEED, "", "", "")),
    ):
        assert f'"{name}"' in page or f"`{name}`" in page, name
