"""The short way through `clean_text` for ordinary text must give what the long way gives."""

from __future__ import annotations

import sys

from reader.text import clean


def test_ordinary_characters_stay_as_they_are() -> None:
    """No character that takes the short way is one that the long way would change, alone or in a row."""
    ordinary = [char for char in map(chr, range(sys.maxunicode + 1)) if not clean._UNUSUAL.search(char)]
    text = "".join(char * 8 for char in ordinary)
    assert text.translate(clean._table()) == text
    assert clean._joiners().sub(clean._joiner, text) == text
    assert clean._mark_run().sub(clean._trim_marks, text) == text
    assert not set(map(chr, (*range(10), *range(11, 32), *range(127, 160), 0x2028, 0x202E))) & set(ordinary)
