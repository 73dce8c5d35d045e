"""Articles that were there before addresses were compared, and turn out to be one: found and made one, bit by bit.

First every entry's article gets its address (in the order of `entry`), then addresses that several articles have are
looked at (in the order of their hashes). How far this has come is kept in a setting.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from reader.store import addresses, quotes, rules, searching, settings, sharing, tags
from reader.store.sharing import SETTING, Twin, Words

ENTRIES = 500  # a transaction
GROUPS = 50


@dataclass(frozen=True, slots=True)
class OldEntry:
    """An entry that was stored before, and its article."""

    source_id: int
    key: bytes
    article_id: int
    url: str
    title: str
    published: float | None
    updated: float | None


Chooser = Callable[[Sequence[Twin], Words, bool, Callable[[int], Words]], int | None]


def waiting(c: Connection) -> bool:
    """Whether there is anything left to look through."""
    return settings.get(c, SETTING) is not None


def step(c: Connection, *, address_of: Callable[[OldEntry], tuple[int, bool]], choose: Chooser) -> int:
    """Go on by one transaction's worth; returns how many articles went into another.

    `address_of` says what the address of an entry has in common with others (0: nothing) and whether it states an id
    of its own; `choose` which of some articles another one is.
    """
    place = settings.get(c, SETTING)
    if place is None:
        return 0
    if "entry" in place:
        settings.put(c, SETTING, _addresses(c, place["entry"], address_of))
        return 0
    after, merged = _merges(c, int(place["hash"]), choose)
    settings.put(c, SETTING, after)
    return merged


def _addresses(
    c: Connection, place: Sequence[object], address_of: Callable[[OldEntry], tuple[int, bool]]
) -> dict[str, object]:
    """The next entries get their addresses; returns where to go on."""
    source_id, key = int(str(place[0])), bytes.fromhex(str(place[1]))
    rows = c.execute(
        "SELECT source_id, key, article_id FROM entry WHERE (source_id, key) > (?, ?) ORDER BY source_id, key LIMIT ?",
        (source_id, key, ENTRIES),
    ).fetchall()
    for entry_source, entry_key, article_id in rows:
        found = c.execute(
            "SELECT a.url, a.title, a.published, a.updated FROM article AS a JOIN source AS s ON s.id = a.source_id"
            " WHERE a.id = ? AND s.id = ? AND s.id > 0 AND s.kind IN ('feed', 'page')"
            " AND s.identity NOT LIKE 'import:%'",
            (article_id, entry_source),
        ).fetchone()
        if found is not None:
            address, own = address_of(OldEntry(entry_source, entry_key, article_id, *found))
            if address:
                addresses.put_old(c, entry_source, article_id, address, own=own)
    if len(rows) < ENTRIES:
        return {"hash": -1}
    return {"entry": [rows[-1][0], rows[-1][1].hex()]}


def _merges(c: Connection, after: int, choose: Chooser) -> tuple[dict[str, object] | None, int]:
    """Look at the next addresses that several articles have; returns where to go on, and how many were merged."""
    rows = c.execute(
        "SELECT hash FROM address WHERE hash > ? GROUP BY hash HAVING count(*) > 1 ORDER BY hash LIMIT ?",
        (after, GROUPS),
    ).fetchall()
    merged: dict[int, int] = {}
    members: list[list[tuple[int, bool]]] = []
    for (hash_,) in rows:
        found = c.execute(
            "SELECT article_id, own FROM address JOIN article ON article.id = article_id WHERE hash = ? AND own < ?"
            " ORDER BY saved_at IS NULL, source_id, article_id LIMIT ?",
            (hash_, addresses.SEVERAL, sharing.MOST),
        ).fetchall()
        members.append([(article_id, bool(own)) for article_id, own in found])
    keys = _keys(c, [article_id for group in members for article_id, _own in group])
    for group in members:
        kept: list[tuple[int, bool]] = []
        for article_id, own in group:
            given_by = set(sharing.members(c, article_id))
            twins = [
                Twin(other, bool(keys.get(other, set()) & keys.get(article_id, set())), other_own)
                for other, other_own in kept
                if not given_by & set(sharing.members(c, other))
            ]
            words = sharing.given_words(c, article_id)
            chosen = choose(twins, words, own, lambda number: sharing.given_words(c, number)) if twins else None
            if chosen is None:
                kept.append((article_id, own))
            else:
                _into(c, article_id, chosen)
                merged[article_id] = chosen
                keys.setdefault(chosen, set()).update(keys.get(article_id, ()))
    _repoint(c, merged)
    if merged:
        rules.settle(c, freed=merged.values())
    return ({"hash": rows[-1][0]} if len(rows) == GROUPS else None), len(merged)


def _sources(c: Connection, ids: Iterable[int]) -> set[int]:
    return {member for article_id in ids for member in sharing.members(c, article_id)}


def _keys(c: Connection, ids: Sequence[int]) -> dict[int, set[bytes]]:
    """The keys of articles: by source, as `entry` has no index by article."""
    found: dict[int, set[bytes]] = {}
    for source_id in _sources(c, ids):
        for article_id, key in c.execute(
            "SELECT article_id, key FROM entry WHERE source_id = ? AND article_id IN (SELECT value FROM json_each(?))",
            (source_id, json.dumps(ids)),
        ):
            found.setdefault(article_id, set()).add(key)
    return found


def _repoint(c: Connection, merged: dict[int, int]) -> None:
    """Let the entries of articles that are gone name those that they are now."""
    listed = json.dumps(list(merged))
    for source_id in _sources(c, set(merged.values())):
        rows = c.execute(
            "SELECT key, article_id FROM entry WHERE source_id = ? AND article_id IN (SELECT value FROM json_each(?))",
            (source_id, listed),
        ).fetchall()
        c.executemany(
            "UPDATE entry SET article_id = ? WHERE source_id = ? AND key = ?",
            ((merged[article_id], source_id, key) for key, article_id in rows),
        )


def _into(c: Connection, gone: int, kept: int) -> None:
    """Make one article of two: read if one of them is, saved if one of them is, with the tags, notes, corrections and
    evidence of both. Its id stands for both from now on."""
    row = c.execute("SELECT read, saved_at, section_id FROM article WHERE id = ?", (gone,)).fetchone()
    for source_id in sharing.members(c, gone):
        place = c.execute(
            "SELECT coalesce((SELECT section_id FROM also WHERE article_id = ?1 AND source_id = ?2), ?3)",
            (gone, source_id, row[2]),
        ).fetchone()
        sharing.join(c, kept, source_id, place[0])
    own = c.execute(
        "SELECT tag.name FROM tagged JOIN tag ON tag.id = tagged.tag_id WHERE article_id = ? AND own > 0", (gone,)
    ).fetchall()
    for (name,) in own:
        tags.give(c, [kept], name)
    for sql in _MOVES:
        c.execute(sql, (kept, gone))
    searching.forget(c, gone)
    quotes.forget(c, gone)
    addresses.forget(c, gone)
    c.execute("DELETE FROM article WHERE id = ?", (gone,))
    c.execute("UPDATE alias SET article_id = ? WHERE article_id = ?", (kept, gone))
    c.execute("INSERT INTO alias (id, article_id) VALUES (?, ?)", (gone, kept))
    if row[0]:
        c.execute("UPDATE article SET read = 1 WHERE id = ?", (kept,))
    if row[1] is not None:
        c.execute("UPDATE article SET saved_at = ? WHERE id = ? AND saved_at IS NULL", (row[1], kept))
    if c.execute("SELECT 1 FROM correction WHERE article_id = ?", (kept,)).fetchone():
        quotes.reput(c, kept)


_MOVES = (
    "UPDATE note SET article_id = ? WHERE article_id = ?",
    "UPDATE correction SET article_id = ? WHERE article_id = ?",
    "UPDATE capture SET article_id = ? WHERE article_id = ?",
    "UPDATE OR IGNORE ruled SET article_id = ? WHERE article_id = ?",
    "UPDATE OR IGNORE wanted SET article_id = ? WHERE article_id = ?",
)
