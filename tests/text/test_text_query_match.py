"""What is highlighted is what was asked for, at the right offsets of the text as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.query import Field, Term, parse
from reader.text.query_match import IN_TITLE, highlights, snippet


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("bank", "A Bank, banks and BANK.", ["Bank", "BANK"]),
        ("bank*", "A bank and banks.", ["bank", "bank"]),
        ('"zero day"', "zero-day, zero\nday, zero days", ["zero-day", "zero\nday"]),
        ("cve:2026-1234", "CVE-2026-1234 and CVE‑2026‑12345", ["CVE-2026-1234"]),
        ("zurich", "Zürich", ["Zürich"]),
        ("zürich", "ZURICH", ["ZURICH"]),
        ("a -b", "a b", ["a"]),
        ("a OR (b -c)", "a b c", ["a", "b"]),
        ("title:bank", "bank", []),
        ("said-by:Ng", "Ada Ng said", ["Ng"]),
        ("is:read since:7d", "is read", []),
        ('bank OR "bank robber"', "the bank robber", ["bank robber"]),
        ("o'neil", "O’Neil", ["O’Neil"]),
        ("snake", "snake_case", ["snake"]),
        ("a.b(c", "a b c", ["a b c"]),
    ],
)
def test_highlights(query: str, text: str, found: list[str]) -> None:
    """Each condition that asks for words is found where the index finds it."""
    assert [text[start:end] for start, end in highlights(text, parse(query))] == found


def test_titles_have_their_own_fields() -> None:
    """In a title only that is highlighted which was asked of it."""
    assert highlights("bank bank", parse("text:bank"), IN_TITLE) == []
    assert highlights("bank", parse("title:bank"), IN_TITLE) == [(0, 4)]


def test_a_snippet_shows_the_place() -> None:
    """The piece is one line around the place, cut at words, and its spans point into it."""
    text = "Nothing here. " * 50 + "\n\nThen a  bank\nwas robbed by the bank clerk. " + "More of it. " * 50
    found = snippet(text, parse("bank"))
    assert found is not None
    assert "a bank was robbed by the bank clerk" in found.text
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert [found.text[start:end] for start, end in found.spans] == ["bank", "bank"]
    assert snippet(text, parse("gone")) is None


@given(st.text(max_size=300), st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=3), st.booleans())
def test_any_text(text: str, word: str, prefix: bool) -> None:
    """Whatever the text: spans are in order inside it, and those of a snippet are the same words."""
    query = Term(Field.ANY, word, prefix)
    for given_text in (text, f"{text} {word} {text}"):
        spans = highlights(given_text, query)
        assert all(0 <= start < end <= len(given_text) for start, end in spans)
        assert spans == sorted(spans)
        found = snippet(given_text, query, limit=40)
        assert (found is None) == (not spans)
        if found is not None:
            assert "\n" not in found.text
            assert all(0 <= start < end <= len(found.text) for start, end in found.spans)
