"""Exports by attackers: one clear sentence or what can be read, in little time, and never another exception."""

from __future__ import annotations

import contextlib
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import ExtractError
from reader.extract.exports import read_export
from reader.extract.exports.records import MAX_ENTRIES, MAX_TITLE

BOOKMARKS = b"<!DOCTYPE NETSCAPE-Bookmark-file-1>"
CEILING = 20.0  # seconds; measured 0.1 to 1.7


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'[{"url": 1, "is_archived": ' + b"9" * 10_000 + b"}]",
        b'[{"url": NaN, "savedAt": Infinity}]',
        b'[{"url": null, "is_archived": []}, 3, "x", null]',
        b'[{"url": "https://a.example/", "is_archived": 0, "tags": {"a": [1]}, "title": ["x"], "created_at": {}}]',
        b'{"children": 3, "guid": "root________"}',
        b'{"bookmarks": [[[]]]}',
        b"url,time_added,status\n\0\0,\0",
        b'"' * 1_000_000,
        b"url,time_added,status\n" + b"a," * 500_000,
        BOOKMARKS + b'<DL><DT><A HREF="http://a.example/' * 50_000,
        BOOKMARKS + b"<" * 500_000,
        BOOKMARKS + b"<a " * 300_000,
        BOOKMARKS + b"<!--" * 300_000,
        BOOKMARKS + b'<a href="' * 50_000,
        BOOKMARKS + b"<dl><dt><h3>x</h3>" * 50_000,
        b'[{"url": "http://a.example", "is_archived": 0, "title": "' + b"&#x;" * 500_000 + b'"}]',
    ],
    ids=range(18),
)
def test_hostile_exports_end_soon(body: bytes) -> None:
    """Depth, huge numbers, wrong types, NUL, unclosed markup: an error of ours or records, soon."""
    begin = time.perf_counter()
    sentence, export = "", None
    try:
        export = read_export(body, name="evil")
    except ExtractError as error:
        sentence = str(error)
    assert "\n" not in sentence
    assert not sentence or sentence.endswith(".")
    assert export is None or all(len(entry.title) <= MAX_TITLE for entry in export.entries)
    assert time.perf_counter() - begin < CEILING


def test_very_many_entries_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """More entries than anyone has are cut, and the report says so (the bound made small here)."""
    assert MAX_ENTRIES <= 1_000_000
    bound = 1_000
    monkeypatch.setattr("reader.extract.exports.collecting.MAX_ENTRIES", bound)
    monkeypatch.setattr("reader.extract.exports.loading.MAX_ENTRIES", bound)
    row = "t,https://a.example/{},1600000000,,unread\n"
    text = "title,url,time_added,tags,status\n" + "".join(row.format(n) for n in range(bound + 10))
    export = read_export(text.encode())
    assert export is not None
    assert len(export.entries) == bound
    assert export.refused == (("the rest of the file", f"it holds more than {bound:,} entries"),)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = ("url", "title", "is_archived", "is_starred", "savedAt", "tags", "labels", "created_at", "annotations", "uri",
        "children", "guid", "type", "bookmarks", "article__url", "annos", "published_by", "highlights")  # fmt: skip
ENTRY = st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8)


@settings(max_examples=120)
@given(st.lists(ENTRY, max_size=4) | ENTRY | JSON)
def test_any_json_is_read_or_refused(value: object) -> None:
    """Any types anywhere: no exception but ours."""
    with contextlib.suppress(ExtractError):
        read_export(json.dumps(value).encode())


@settings(max_examples=100)
@given(st.binary(max_size=200), st.sampled_from([b"", BOOKMARKS, b"url,time_added,status\n", b"[{", b"<a time_added="]))
def test_any_bytes_are_read_or_refused(body: bytes, before: bytes) -> None:
    """Any bytes behind any beginning: no exception but ours."""
    with contextlib.suppress(ExtractError):
        read_export(before + body)
