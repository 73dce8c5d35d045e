"""What the tables of invented sentences share: how an expectation is written and compared."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.model import Quote
from reader.quotes import extract_quotes

Check = Callable[[str, list[str]], None]


def _fields(quote: Quote) -> list[str]:
    s = quote.speaker
    return [
        quote.text,
        *(["-"] * 3 if s is None else [s.name, s.role or "-", s.organization or "-"]),
    ]


@pytest.fixture
def check() -> Check:
    """Compare the quotes of a text with lines "words | speaker | role | organisation".

    Only as many fields as a line has are compared, "*" matches anything, "-" means none. Words are compared without
    the punctuation at their edges and ignoring the case of the first letter.
    """

    def compare(text: str, expected: list[str]) -> None:
        quotes = extract_quotes(text)
        assert all(q.text == text[q.start : q.end] for q in quotes)
        got = [_fields(q) for q in quotes]
        assert len(got) == len(expected), f"{len(expected)} expected, got {got}"
        for line, fields in zip(expected, got, strict=True):
            wanted = [part.strip() for part in line.split(" | ")]
            fields[0] = fields[0].strip(" ,.;:?!…”'’")
            wanted[0] = wanted[0].strip(" ,.;:?!…”'’")
            shown = [w if w == "*" else f for w, f in zip(wanted, fields, strict=False)]
            assert wanted == shown, f"wanted {wanted}, got {fields}"

    return compare
