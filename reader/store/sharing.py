"""Articles that several sources give under one address: one row, one read state, counted in each of them.

Which source goes first (its title and section, its words) depends on the sources only, never on the order in which they
came: one that is not removed, a page that was added by itself, one on the article's own site, the one that the reader
has had longest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from urllib.parse import urlsplit

from reader.model import Draft
from reader.store import bodies, settings
from reader.store.columns import key_hash

SETTING = "sharing"  # how far the background has come with articles that were there before: see store/twins.py
MOST = 16  # articles under one address that are looked at
Words = tuple[str, str]  # title and content
_RANK = (
    "SELECT id, kind, url, removed FROM source WHERE id = ? OR id IN (SELECT source_id FROM also WHERE article_id = ?)"
)


@dataclass(frozen=True, slots=True)
class Twin:
    """An article under the address of a draft. `same_id`: a source of it has stated the draft's very id;
    `own_id`: the source has stated some id for it."""

    id: int
    same_id: bool
    own_id: bool


def twins(c: Connection, source_id: int, drafts: Sequence[Draft]) -> dict[str, list[Twin] | None]:
    """By key of each draft whose address is known: the articles of other sources under it, the oldest first, None if
    this source has given it to another article already, so that it says nothing."""
    hashes = {draft.key: draft.address for draft in drafts if draft.address}
    rows: dict[int, list[tuple[int, int]]] = {}
    for hash_, article_id, own in c.execute(
        "SELECT address.hash, article_id, own FROM json_each(?) AS wanted CROSS JOIN address"
        " ON address.hash = wanted.value",
        (json.dumps(list(hashes.values())),),
    ):
        rows.setdefault(hash_, []).append((article_id, own))
    found: dict[str, list[Twin] | None] = {}
    for key, hash_ in hashes.items() if rows else ():
        if hash_ in rows:
            found[key] = _twins(c, source_id, key, sorted(rows[hash_])[:MOST])
    return found


def _twins(c: Connection, source_id: int, key: str, rows: Iterable[tuple[int, int]]) -> list[Twin] | None:
    found = []
    for article_id, own in rows:
        given_by = members(c, article_id)
        if source_id in given_by:
            return None
        if given_by and own < 2:
            same = any(
                c.execute(
                    "SELECT 1 FROM entry WHERE source_id = ? AND key = ? AND article_id = ?",
                    (member, key_hash(key), article_id),
                ).fetchone()
                for member in given_by
            )
            found.append(Twin(article_id, same, bool(own)))
    return found


def members(c: Connection, article_id: int) -> list[int]:
    """The sources of an article, the first one first; none if it is gone."""
    rows = c.execute(
        "SELECT source_id FROM article WHERE id = ?1"
        " UNION ALL SELECT * FROM (SELECT source_id FROM also WHERE article_id = ?1 ORDER BY source_id)",
        (article_id,),
    ).fetchall()
    return [row[0] for row in rows]


def in_use(c: Connection, article_id: int) -> int:
    """How many sources that are not removed give an article."""
    rows = c.execute(_RANK, (members(c, article_id)[0], article_id)).fetchall()
    return sum(not row[3] for row in rows)


def given_words(c: Connection, article_id: int) -> Words:
    """Title and content of an article as its source gave them; the content may be HTML."""
    row = c.execute("SELECT title FROM article WHERE id = ?", (article_id,)).fetchone()
    raw = bodies.raw(c, article_id)
    return (row[0] if row else ""), raw.decode("utf-8", "replace") if raw else bodies.text(c, article_id)


def join(c: Connection, article_id: int, source_id: int, section_id: int, *, key: str = "", digest: str = "") -> bool:
    """Let an article be one of this source too, under this key if there is one; returns whether the source goes first
    now, so that what it says should stand. Rules may look at the article again."""
    if key:
        c.execute(
            "INSERT OR REPLACE INTO entry (source_id, key, article_id, digest) VALUES (?, ?, ?, ?)",
            (source_id, key_hash(key), article_id, digest),
        )
    c.execute(
        "INSERT OR IGNORE INTO also (source_id, sort_date, article_id, section_id)"
        " SELECT ?1, sort_date, id, ?3 FROM article WHERE id = ?2 AND source_id <> ?1",
        (source_id, article_id, section_id),
    )
    settle(c, [article_id])
    c.execute(
        "INSERT OR IGNORE INTO unruled (article_id) SELECT id FROM article WHERE id = ? AND live = 1 AND engine > 0"
        " AND EXISTS (SELECT 1 FROM rule WHERE enabled = 1)",
        (article_id,),
    )
    return members(c, article_id)[:1] == [source_id]


def of_source(c: Connection, source_id: int) -> list[int]:
    """Every article that this source shares with another; reads all that are shared."""
    rows = c.execute(
        "SELECT DISTINCT o.article_id FROM also AS o CROSS JOIN article AS a ON a.id = o.article_id"
        " WHERE o.source_id = ?1 OR a.source_id = ?1",
        (source_id,),
    ).fetchall()
    return [row[0] for row in rows]


def settle(c: Connection, ids: Iterable[int]) -> None:
    """Put that source first of each article which should be; what had no source any more and has one now returns.

    Where all sources are removed, the last one stays first: the article went with it.
    """
    for article_id in ids:
        row = c.execute(
            "SELECT source_id, section_id, own_section, url FROM article WHERE id = ?", (article_id,)
        ).fetchone()
        if row is None:
            continue
        source_id, section_id, own_section, url = row
        found = c.execute(_RANK, (source_id, article_id)).fetchall()
        first, removed = min((_rank(member, url), member[0], member[3]) for member in found)[1:]
        if removed:
            continue
        if first != source_id:
            _put_first(c, article_id, source_id, first, section_id=section_id, own_section=bool(own_section))
        c.execute("UPDATE article SET live = 1 WHERE id = ? AND live = -1", (article_id,))


def _put_first(c: Connection, article_id: int, old: int, new: int, *, section_id: int, own_section: bool) -> None:
    sort_date, place = c.execute(
        "SELECT sort_date, section_id FROM also WHERE article_id = ? AND source_id = ?", (article_id, new)
    ).fetchone()
    c.execute("DELETE FROM also WHERE article_id = ? AND source_id = ?", (article_id, new))
    c.execute(
        "UPDATE article SET source_id = ?, section_id = CASE WHEN own_section THEN section_id ELSE ? END WHERE id = ?",
        (new, place, article_id),
    )
    c.execute(
        "INSERT INTO also (source_id, sort_date, article_id, section_id) VALUES (?1, ?2, ?3, CASE WHEN ?4 THEN"
        " coalesce((SELECT section.id FROM source JOIN section ON section.name = source.section WHERE source.id = ?1),"
        " ?5) ELSE ?5 END)",
        (old, sort_date, article_id, own_section, section_id),
    )


def _rank(member: tuple[int, str, str, int], url: str) -> tuple[bool, bool, bool, int]:
    source_id, kind, address, removed = member
    return bool(removed), kind != "page", not _same_site(url, address), source_id


def _same_site(first: str, second: str) -> bool:
    """Whether one of the hosts is the other or below it, but for names that feeds are kept under."""
    one, other = _site(first), _site(second)
    return bool(one and other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def _site(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    label, _dot, rest = host.partition(".")
    return rest if label in ("www", "feeds", "feed", "rss", "amp") and "." in rest else host


def any_alias(c: Connection) -> bool:
    """Whether any article was ever merged into another."""
    return c.execute("SELECT 1 FROM alias LIMIT 1").fetchone() is not None


def today(c: Connection, ids: Iterable[int]) -> list[int]:
    """The ids that these articles have now, each once; those that were never merged stay as they are."""
    listed = list(ids)
    found = dict(
        c.execute(
            "SELECT id, article_id FROM alias WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(listed),)
        ).fetchall()
    )
    return list(dict.fromkeys(found.get(article_id, article_id) for article_id in listed))


# --- putting right ---------------------------------------------------------------------------------------------------


def rebuild(c: Connection) -> None:
    """Make anew what is kept of other sources, from the entries that name articles of another source. Counts of
    sources are to be put right after it, and the background looks through all addresses again."""
    c.execute(
        "DELETE FROM also WHERE NOT EXISTS (SELECT 1 FROM article AS a WHERE a.id = also.article_id"
        " AND a.source_id <> also.source_id)"
    )
    c.execute(
        "INSERT OR IGNORE INTO also (source_id, sort_date, article_id, section_id)"
        " SELECT DISTINCT e.source_id, a.sort_date, a.id, coalesce((SELECT section.id FROM source JOIN section"
        " ON section.name = source.section WHERE source.id = e.source_id), a.section_id) FROM entry AS e"
        " JOIN article AS a ON a.id = e.article_id WHERE e.source_id <> a.source_id AND e.source_id > 0"
        " AND a.source_id > 0 AND NOT EXISTS (SELECT 1 FROM also AS o WHERE o.article_id = a.id"
        " AND o.source_id = e.source_id)"
    )
    c.execute("UPDATE also SET sort_date = (SELECT sort_date FROM article AS a WHERE a.id = also.article_id)")
    c.execute(
        "UPDATE article SET shared = (SELECT count(*) FROM also AS o WHERE o.article_id = article.id)"
        " WHERE shared > 0 OR id IN (SELECT article_id FROM also)"
    )
    look_through(c)


def look_through(c: Connection) -> None:
    """Let the background look through the addresses of all articles (service/sharing.py)."""
    settings.put(c, SETTING, {"entry": [0, ""]})
