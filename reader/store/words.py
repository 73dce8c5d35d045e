"""Plain words of a reader, for the full-text index and for articles that are not in it yet.

A word matches whole words, in any case and with or without accents. What a reader types as one word may be several to
the index ("CVE-2026-1234"): these must then stand side by side.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence

MAX_WORDS = 32
MAX_LENGTH = 200  # characters of one word


def match(words: Sequence[str]) -> str:
    """An FTS5 expression that all words must meet; never a syntax error, whatever the words are.

    Words without a letter or digit are passed over; nothing meets an expression of such words only.
    """
    kept = [word[:MAX_LENGTH].replace("\0", " ").replace('"', " ") for word in words[:MAX_WORDS]]
    return " AND ".join(f'"{word}"' for word in kept if _TOKEN.search(word)) or '""'


def stand_in(text: str, words_json: str) -> bool:
    """Whether all words (a JSON list) stand in `text`, as the index would find them.

    Nearly so: the tables of the index are those of Unicode 6.1. SQL knows this function as `words_stand_in`.
    """
    words: list[str] = json.loads(words_json)
    tokens = [f" {' '.join(_tokens(word[:MAX_LENGTH]))} " for word in words[:MAX_WORDS]]
    wanted = [token for token in tokens if token.strip()]
    line = f" {' '.join(_tokens(text))} "
    return bool(wanted) and all(token in line for token in wanted)


_TOKEN = re.compile(r"[^\W_]+")


def _tokens(text: str) -> list[str]:
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return _TOKEN.findall(text.lower())
