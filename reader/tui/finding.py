"""Finding words in the article that is open."""

from __future__ import annotations

import re

MOST = 10_000  # marked places; more help nobody


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Where `words` stand in `text`, ignoring case; a blank matches any white space, as lines may break anywhere."""
    parts = words.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
    spans = []
    for match in pattern.finditer(text):
        spans.append(match.span())
        if len(spans) >= MOST:
            break
    return spans
