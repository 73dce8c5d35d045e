"""The same words in several articles: press releases, agency copy, quotes passed on.

A quote's words are hashed in runs of five; of every eight neighbouring hashes the smallest is kept (winnowing:
Schleimer, Wilkerson, Aiken, 2003), so that any twelve words in a row that two quotes share are sure to meet in the
index, and a quote costs some two rows for nine words. What meets is then compared run by run. Quotes of fewer than
eight words are the same only if all their words and their speaker are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from reader.model import Quote, Speaker
from reader.store import quoted
from reader.store.identities import tokens

RUN = 5
WINDOW = 8
SHORT = 8  # words
ALIKE = 0.6  # of the runs of the shorter quote must be in the longer one
MOST = 2_000  # places that are looked at for one quote
MAX_WORDS = 400  # of a quote that are hashed


def put(c: Connection, quotes: Iterable[tuple[int, str, str]]) -> None:
    """Put quotes into the index, each by its place (`quoted.place`), its words and the name of who says them."""
    c.executemany("INSERT OR IGNORE INTO shingle (hash, place) VALUES (?, ?)", _rows(quotes))


def forget(c: Connection, quotes: Iterable[tuple[int, str, str]]) -> None:
    """Take out what `put` put in."""
    c.executemany("DELETE FROM shingle WHERE hash = ? AND place = ?", _rows(quotes))


def candidates(c: Connection, quote: Quote) -> list[tuple[int, int]]:
    """(article, number) of quotes that may be the same words, the oldest entries of the library first."""
    found: dict[int, None] = {}
    for mark in fingerprint(quote):
        rows = c.execute("SELECT place FROM shingle WHERE hash = ? ORDER BY place LIMIT ?", (mark, MOST)).fetchall()
        found.update(dict.fromkeys(row[0] for row in rows))
        if len(found) >= MOST:
            break
    return [divmod(place, quoted.MOST) for place in sorted(found)]


def same(one: Quote, other: Quote) -> bool:
    """Whether two quotes are the same words."""
    first, second = tokens(one.text)[:MAX_WORDS], tokens(other.text)[:MAX_WORDS]
    if min(len(first), len(second)) < SHORT:
        return first == second and bool(first) and _who(one.speaker) == _who(other.speaker) != ""
    runs, others = set(_runs(first)), set(_runs(second))
    return len(runs & others) >= ALIKE * min(len(runs), len(others))


def fingerprint(quote: Quote) -> list[int]:
    """Hashes by which a quote is found again (signed 32-bit numbers); some two for nine words."""
    return _marks(quote.text, quote.speaker.name if quote.speaker else "")


def _rows(quotes: Iterable[tuple[int, str, str]]) -> list[tuple[int, int]]:
    return [(mark, place) for place, text, name in quotes for mark in _marks(text, name)]


def _marks(text: str, name: str) -> list[int]:
    words = tokens(text)[:MAX_WORDS]
    if len(words) < SHORT:
        who = " ".join(tokens(name))
        return [_hash(f"{who}\n{' '.join(words)}")] if words and who else []
    hashes = [_hash(run) for run in _runs(words)]
    return sorted({min(hashes[at : at + WINDOW]) for at in range(max(1, len(hashes) - WINDOW + 1))})


def _runs(words: Sequence[str]) -> list[str]:
    return [" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


def _who(speaker: Speaker | None) -> str:
    return " ".join(tokens(speaker.name)) if speaker else ""


def _hash(text: str) -> int:
    from hashlib import blake2b  # 3 ms, which no list needs

    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()[:4], "big", signed=True)
