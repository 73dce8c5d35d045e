"""New articles, all of a document at once: a few statements for any number of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from reader.model import Draft
from reader.store import addresses, bodies, sources
from reader.store.columns import dated_by, json_list, key_hash, lines, tag_names
from reader.store.times import seconds, stamp
from reader.text.clean import clean_line

_ARTICLES = (
    "INSERT INTO article (id, source_id, section_id, own_section, live, sort_date, added, origin, published, updated,"
    " title, author, url, language, summary, tags, enclosures, dated_by)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ENTRIES = "INSERT INTO entry (source_id, key, article_id, digest) VALUES (?, ?, ?, ?)"
_CONTENTS = "INSERT INTO raw (id, content) VALUES (?, ?)"


def insert(c: Connection, source_id: int, drafts: Sequence[Draft], *, section: str, now: datetime) -> list[int]:
    """Store new articles and return their ids in the order of `drafts`.

    A draft's own section goes before `section`, the one of the source. A draft whose key is known already changes
    nothing and gets the id that is there; of drafts with one date the later one gets the higher id. Drafts for
    `sources.SAMPLES` become sample articles with negative ids; those for a source that was removed while it was being
    fetched are hidden with it, and come back with it.
    """
    hashes = [key_hash(draft.key) for draft in drafts]
    ids = present(c, source_id, hashes)
    live, added, default = _live(c, source_id), seconds(now), clean_line(section, 200)
    following, step = _next_ids(c, source_id)
    sections: dict[str, int] = {}
    rows: list[tuple[Any, ...]] = []
    entries: list[tuple[int, bytes, int, str]] = []
    fresh: list[tuple[int, Draft]] = []
    for index in sorted(range(len(drafts)), key=lambda index: drafts[index].sort_date):  # ids follow dates: lists
        draft, key = drafts[index], hashes[index]  # then read neighbours
        if key in ids:
            continue
        own = clean_line(draft.section, 200) if draft.section else ""
        name = own or default
        if name not in sections:
            sections[name] = sources.section_id(c, name)
        ids[key] = article_id = following
        following += step
        rows.append(
            (
                article_id,
                source_id,
                sections[name],
                bool(own),
                live,
                seconds(draft.sort_date),
                added,
                draft.origin.value,
                stamp(draft.published),
                stamp(draft.updated),
                *lines(draft),
                json_list(tag_names(draft)) if draft.tags else None,
                json_list(bodies.pack_media(draft.enclosures)) if draft.enclosures else None,
                dated_by(draft),
            )
        )
        entries.append((source_id, key, article_id, draft.digest))
        fresh.append((article_id, draft))
    with _counting_by_hand(c):
        c.executemany(_ARTICLES, rows)
        if live == 1:
            _count(c, source_id, Counter(row[2] for row in rows))
        _tag(c, [(article_id, tag_names(draft)) for article_id, draft in fresh if draft.tags])
    c.executemany(_ENTRIES, entries)
    c.executemany(_CONTENTS, ((number, bodies.as_given(draft.raw)) for number, draft in fresh if draft.raw))
    addresses.put(c, ((draft.address, number, draft.own_id) for number, draft in fresh if draft.address))
    for article_id, draft in fresh:
        if draft.document is not None:
            bodies.put(c, article_id, draft.document)
    return [ids[key] for key in hashes]


@contextmanager
def _counting_by_hand(c: Connection) -> Iterator[None]:
    """Let the triggers of single articles rest; an error ends the transaction, and with it this."""
    c.execute("UPDATE tally SET value = 1 WHERE name = 'by hand'")
    yield
    c.execute("UPDATE tally SET value = 0 WHERE name = 'by hand'")


def _count(c: Connection, source_id: int, by_section: Counter[int]) -> None:
    """Count new articles, which nobody has read yet."""
    for section_id, count in by_section.items():
        c.execute("UPDATE section SET total = total + ?1, unread = unread + ?1 WHERE id = ?2", (count, section_id))
    total = by_section.total()
    c.execute("UPDATE source SET total = total + ?1, unread = unread + ?1 WHERE id = ?2", (total, source_id))


def _tag(c: Connection, tagged: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Give new articles the tags that their source states."""
    names = {name for _, own in tagged for name in own}
    c.executemany("INSERT OR IGNORE INTO tag (name) VALUES (?)", ((name,) for name in names))
    ids = {name: c.execute("SELECT id FROM tag WHERE name = ?", (name,)).fetchone()[0] for name in names}
    c.executemany(
        "INSERT OR IGNORE INTO tagged (tag_id, article_id) VALUES (?, ?)",
        sorted((ids[name], article_id) for article_id, own in tagged for name in own),
    )


def present(c: Connection, source_id: int, hashes: Iterable[bytes]) -> dict[bytes, int]:
    """The article ids of those hashed keys that the source has given before."""
    if c.execute("SELECT 1 FROM entry WHERE source_id = ? LIMIT 1", (source_id,)).fetchone() is None:
        return {}
    found = {}
    for key in hashes:
        row = c.execute("SELECT article_id FROM entry WHERE source_id = ? AND key = ?", (source_id, key)).fetchone()
        if row is not None:
            found[key] = int(row[0])
    return found


def _live(c: Connection, source_id: int) -> int:
    """Who may see new articles of this source, as `article.live` says it."""
    if source_id == sources.SAMPLES:
        return 2
    row = c.execute("SELECT removed FROM source WHERE id = ?", (source_id,)).fetchone()
    return -1 if row and row[0] else 1


def _next_ids(c: Connection, source_id: int) -> tuple[int, int]:
    """The next id and the step to the one after it. SQLite keeps the highest it ever gave, so none is used twice."""
    if source_id == sources.SAMPLES:
        return int(c.execute("SELECT min(coalesce(min(id), 0), 0) - 1 FROM article WHERE id < 0").fetchone()[0]), -1
    row = c.execute("SELECT seq FROM sqlite_sequence WHERE name = 'article'").fetchone()
    return (int(row[0]) if row else 0) + 1, 1
