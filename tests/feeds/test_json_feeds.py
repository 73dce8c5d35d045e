"""JSON Feed 1.0 and 1.1: strict about types, unharmed by hostile JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import FeedError
from reader.feeds import parse_feed
from reader.model import Feed, FeedEntry, Media

VERSION = "https://jsonfeed.org/version/1.1"


def feed_of(*items: Any, **head: Any) -> Feed:
    return parse_feed(json.dumps({"version": VERSION, "title": "T", **head, "items": list(items)}).encode())


def test_a_whole_json_feed() -> None:
    """Everything an item states is there, under the names of the record."""
    feed = feed_of(
        {
            "id": 12,
            "url": "/1",
            "title": "Bank & <b>Trust",
            "content_html": "<p>Long\x00</p>",
            "summary": "Short",
            "date_published": "2026-11-03T10:00:00.5+01:00",
            "date_modified": "2026-11-04T10:00:00Z",
            "authors": [{"name": "Vera Holm"}, {"name": "Ugo Lind"}],
            "tags": ["Fraud", "Fraud", "Mules"],
            "attachments": [{"url": "https://e.example/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12}],
        },
        home_page_url="https://news.example/",
        language="en",
    )
    assert (feed.format, feed.title, feed.link, feed.language, feed.warnings) == (
        *("json11", "T", "https://news.example/", "en"),
        (),
    )
    assert feed.entries == (
        FeedEntry(
            id="12",
            title="Bank & <b>Trust",
            link="https://news.example/1",
            author="Vera Holm, Ugo Lind",
            published=datetime(2026, 11, 3, 9, tzinfo=UTC),
            updated=datetime(2026, 11, 4, 10, tzinfo=UTC),
            summary="Short",
            content_html="<p>Long</p>",
            tags=("Fraud", "Mules"),
            enclosures=(Media("https://e.example/a.mp3", "audio/mpeg", 12),),
        ),
    )


def test_version_one_has_one_author_and_external_addresses() -> None:
    """JSON Feed 1.0 is told apart, its author and an external address are read, text content becomes HTML."""
    item = {"id": "a", "external_url": "https://o.example/", "author": {"name": "Vera"}, "content_text": "a < b\n\nc"}
    feed = feed_of(item, version="https://jsonfeed.org/version/1")
    assert feed.format == "json10"
    entry = feed.entries[0]
    assert (entry.link, entry.author, entry.content_html) == ("https://o.example/", "Vera", "<p>a &lt; b</p><p>c</p>")


def test_values_of_wrong_types_count_as_absent_and_are_told() -> None:
    """Nothing is coerced; the entries that can be read are."""
    wrong = {"id": {"a": 1}, "url": ["x"], "title": None, "content_html": 7, "tags": "no", "authors": {"name": "x"}}
    feed = feed_of(wrong, None, 3, {"id": True, "title": "ok", "tags": [1, "two"], "attachments": [5]}, title=["x"])
    assert [(entry.id, entry.title, entry.tags) for entry in feed.entries] == [("", "", ()), ("", "ok", ("two",))]
    assert feed.title == ""
    (warning,) = feed.warnings
    assert "wrong type" in warning


def test_numbers_that_are_no_numbers_and_numbers_without_end() -> None:
    """NaN is absent, and a number of 10,000 digits stays the text it is."""
    item = f'{{"id": {"9" * 10_000}, "date_published": NaN, "title": "a", "title": "b"}}'
    body = f'{{"version": "{VERSION}", "items": [{item}]}}'
    (entry,) = parse_feed(body.encode()).entries
    assert entry.id.startswith("999")
    assert len(entry.id) <= 2_000
    assert (entry.title, entry.published) == ("b", None)


REFUSED = [
    (b"[" * 200_000 + b"]" * 200_000, "application/feed+json"),
    (b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 200_000, ""),
    (b'{"version":"https://jsonfeed.org/version/1","items":{}}', ""),
    (b'{"version":"https://jsonfeed.org/version/1"}', ""),
    (b'{"version":"https://jsonfeed.org/version/1","items":[{]}', ""),
    (b'"https://jsonfeed.org/version/1"', "application/feed+json"),
    (b'{"error": "not found"}', "application/json"),
]


@pytest.mark.parametrize(("body", "content_type"), REFUSED, ids=[str(body[:40]) for body, _ in REFUSED])
def test_what_is_no_json_feed_is_refused(body: bytes, content_type: str) -> None:
    """Depth, damage and other JSON are one sentence, never a RecursionError."""
    with pytest.raises(FeedError, match=r"\.$"):
        parse_feed(body, content_type=content_type)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_any_unicode_encoding_is_read(encoding: str) -> None:
    """A byte order mark, or UTF-16 without one, does not hide a JSON feed."""
    body = json.dumps({"version": VERSION, "items": [{"id": "1", "title": "Zwölf"}]}, ensure_ascii=False).encode(
        encoding
    )
    assert parse_feed(body).entries[0].title == "Zwölf"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "url", "title", "authors", "name", "tags", "attachments"]), inner)
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=4), JSON)
def test_no_json_makes_it_raise(items: list[Any], title: Any) -> None:
    """Whatever the values are, there is an entry for every object."""
    assert len(feed_of(*items, title=title).entries) == sum(isinstance(item, dict) for item in items)
