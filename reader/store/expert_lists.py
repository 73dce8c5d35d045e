"""The index of experts as it is read: the most quoted first, found by words of names, roles and organisations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from sqlite3 import Connection
from typing import Any

from reader.model import Expert, SpeakerType, Voice
from reader.store import quote_columns
from reader.store.faults import decoding
from reader.store.identities import tokens
from reader.store.times import moment

BROAD = 2_000  # experts from which a search goes through the list
FACTS = 200  # roles and organisations that are read of one expert
MAX_WORDS = 16
_LAST = "\U0010ffff"

_COLUMNS = "SELECT e.id, e.name, e.type, e.quotes, e.articles, e.first_seen, e.last_seen"
_RANKED = f"{_COLUMNS} FROM expert AS e INDEXED BY expert_rank WHERE e.quotes > 0"
_HIT = "(SELECT DISTINCT expert_id FROM expert_word WHERE word >= :word AND word < :end) AS hit"
_HAVING_WORD = f"{_COLUMNS} FROM {_HIT} CROSS JOIN expert AS e ON e.id = hit.expert_id WHERE e.quotes > 0"
_MEETING = (
    " AND NOT EXISTS (SELECT 1 FROM json_each(:words) AS w WHERE NOT EXISTS (SELECT 1 FROM expert_word AS x"
    " INDEXED BY expert_word_expert WHERE x.expert_id = e.id AND x.word >= w.value AND x.word < w.value || :last))"
)
_AFTER = " AND (e.quotes, e.id) < (:after_quotes, :after_id)"
_ORDER = " ORDER BY e.quotes DESC, e.id DESC LIMIT :limit"
_BY_ID = f"{_COLUMNS} FROM expert AS e WHERE e.id = ?"
_STATEMENTS = {
    (False, False): f"{_RANKED}{_ORDER}",
    (False, True): f"{_RANKED}{_AFTER}{_ORDER}",
    (True, False): f"{_RANKED}{_MEETING}{_ORDER}",
    (True, True): f"{_RANKED}{_MEETING}{_AFTER}{_ORDER}",
}
_RARE = {False: f"{_HAVING_WORD}{_MEETING}{_ORDER}", True: f"{_HAVING_WORD}{_MEETING}{_AFTER}{_ORDER}"}


def find(
    c: Connection, query_words: Sequence[str] = (), *, limit: int, after: tuple[int, int] | None = None
) -> list[Expert]:
    """Experts in whose names, roles and organisations every word stands (or begins a word), the most quoted first.

    `after`: those that follow the one at this (quotes, id). Words without a letter or digit find nothing.
    """
    words = [token for word in query_words for token in tokens(word)][:MAX_WORDS]
    if query_words and not words:
        return []
    parameters: dict[str, Any] = {"words": json.dumps(words), "last": _LAST, "limit": limit}
    if after is not None:
        parameters["after_quotes"], parameters["after_id"] = after
    found, rarest = min(((_matches(c, word), word) for word in words), default=(BROAD, ""))
    if found < BROAD:
        parameters |= {"word": rarest, "end": rarest + _LAST}
        sql = _RARE[after is not None]
    else:
        sql = _STATEMENTS[bool(words), after is not None]
    rows = c.execute(sql, parameters).fetchall()
    return [_expert(c, row) for row in rows]


def get(c: Connection, expert_id: int) -> Expert | None:
    """The expert, None if there is none of this id or nobody may see an article of his."""
    row = c.execute(_BY_ID, (expert_id,)).fetchone()
    return _expert(c, row) if row and row[3] else None


def of_quote(c: Connection, article_id: int, start: int) -> Expert | None:
    """The expert who says the quote that begins there."""
    row = c.execute(
        "SELECT i.expert_id FROM quote AS q JOIN identity AS i ON i.id = q.identity_id"
        " WHERE q.article_id = ? AND q.start = ?",
        (article_id, start),
    ).fetchone()
    return get(c, row[0]) if row else None


def names(c: Connection, expert_id: int) -> list[str]:
    """Under which names an expert appears."""
    rows = c.execute("SELECT DISTINCT name FROM identity WHERE expert_id = ? ORDER BY id", (expert_id,)).fetchall()
    return [row[0] for row in rows]


def months(c: Connection, expert_id: int) -> list[tuple[str, int]]:
    """How much an expert said in each month (`2026-03`, UTC) in which he said anything, in order."""
    rows = c.execute(
        "SELECT strftime('%Y-%m', date, 'unixepoch') AS month, sum(quotes) FROM appearance INDEXED BY appearance_expert"
        " WHERE expert_id = ? AND live = 1 GROUP BY month ORDER BY month",
        (expert_id,),
    ).fetchall()
    with decoding():
        return [(str(month), int(count)) for month, count in rows if month]


def articles(c: Connection, expert_id: int) -> list[int]:
    """The articles in which an expert appears, newest first."""
    rows = c.execute(
        "SELECT DISTINCT article_id, date FROM appearance WHERE expert_id = ? AND live = 1"
        " ORDER BY date DESC, article_id DESC",
        (expert_id,),
    ).fetchall()
    return [row[0] for row in rows]


def _matches(c: Connection, word: str) -> int:
    """How many experts have a word that begins so, counted up to BROAD."""
    (found,) = c.execute(
        "SELECT count(*) FROM (SELECT 1 FROM expert_word WHERE word >= ? AND word < ? LIMIT ?)",
        (word, word + _LAST, BROAD),
    ).fetchone()
    return int(found)


def _expert(c: Connection, row: Sequence[Any]) -> Expert:
    expert_id = row[0]
    facts = c.execute(
        "SELECT f.kind, coalesce(phrase.text, name.name, f.value) AS fact FROM expert_fact AS f"
        " LEFT JOIN phrase ON f.kind = 1 AND phrase.id = f.value LEFT JOIN name ON f.kind = 2 AND name.id = f.value"
        " WHERE f.expert_id = ? AND f.kind < 4 ORDER BY f.articles DESC, fact LIMIT ?",
        (expert_id, FACTS),
    ).fetchall()
    (outlets,) = c.execute("SELECT count(*) FROM expert_fact WHERE expert_id = ? AND kind = 4", (expert_id,)).fetchone()
    with decoding():
        roles, organizations, voices = ([fact for kind, fact in facts if kind == wanted] for wanted in (1, 2, 3))
        return Expert(
            id=expert_id,
            name=row[1],
            type=SpeakerType(row[2]),
            voice=quote_columns.VOICE_OF[voices[0]] if voices else Voice.OTHER,
            roles=tuple(roles),
            organizations=tuple(organizations),
            quotes=row[3],
            articles=row[4],
            outlets=outlets,
            first_seen=moment(row[5]),
            last_seen=moment(row[6]),
        )
