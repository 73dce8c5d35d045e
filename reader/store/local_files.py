"""The files of folder sources as they were last read, and which articles came from which file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from reader.store import sources
from reader.store.columns import json_list
from reader.store.faults import decoding
from reader.text.clean import clean_line

_ORPHANS = (
    "SELECT f.article_id FROM from_file AS f JOIN article AS a ON a.id = f.article_id WHERE f.source_id = ?"
    " AND a.live = 1 AND a.saved_at IS NULL AND NOT EXISTS (SELECT 1 FROM local_file AS l"
    " WHERE l.source_id = f.source_id AND l.key = f.key AND l.gone = 0)"
)
_RETURNED = (
    "SELECT f.article_id FROM from_file AS f JOIN article AS a ON a.id = f.article_id WHERE f.source_id = ?"
    " AND f.hidden = 1 AND a.live = 0 AND (a.saved_at IS NOT NULL OR EXISTS (SELECT 1 FROM local_file AS l"
    " WHERE l.source_id = f.source_id AND l.key = f.key AND l.gone = 0))"
)


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file of a folder. `name` is its path within it (undecodable bytes as surrogates), `key` its identity.

    `stamp` tells that it was not touched, `hash` is that of its bytes ("" if it was never read), `problem` why it gave
    nothing. `gone`: it was there once.
    """

    key: str
    name: str
    stamp: str
    hash: str = ""
    problem: str = ""
    gone: bool = False


def of_source(c: Connection, source_id: int) -> list[LocalFile]:
    """Every file that the folder ever gave, those that are there first."""
    rows = c.execute(
        "SELECT key, name, stamp, hash, problem, gone FROM local_file WHERE source_id = ? ORDER BY gone, name",
        (source_id,),
    ).fetchall()
    return [
        LocalFile(key, os.fsdecode(name), stamp, digest, problem, bool(gone))
        for key, name, stamp, digest, problem, gone in rows
    ]


def put(c: Connection, source_id: int, file: LocalFile) -> None:
    """Keep what a file is now. Another one of that name is taken for gone."""
    name = os.fsencode(file.name)
    c.execute(
        "UPDATE local_file SET gone = 1 WHERE source_id = ? AND name = ? AND gone = 0 AND key <> ?",
        (source_id, name, file.key),
    )
    c.execute(
        "INSERT INTO local_file (source_id, key, name, stamp, hash, problem, gone) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (source_id, key) DO UPDATE SET name = excluded.name, stamp = excluded.stamp,"
        " hash = excluded.hash, problem = excluded.problem, gone = excluded.gone",
        (source_id, file.key, name, file.stamp, file.hash, file.problem, int(file.gone)),
    )


def records(c: Connection) -> Iterator[dict[str, Any]]:
    """For an archive: files that are there or have articles, with these (`hidden`: those that went with their file)
    and names in hex."""
    rows = c.execute(
        "SELECT l.source_id, l.key, hex(l.name), l.stamp, l.hash, l.problem, l.gone, (SELECT json_group_array("
        "json_array(a.id, a.hidden)) FROM (SELECT a.id, f.hidden AND a.live = 0 AS hidden FROM from_file AS f"
        " JOIN article AS a ON a.id = f.article_id WHERE f.source_id = l.source_id AND f.key = l.key"
        " AND a.live IN (0, 1) ORDER BY a.id) AS a) FROM local_file AS l JOIN source AS s ON s.id = l.source_id"
        " WHERE s.removed = 0 ORDER BY l.source_id, l.key"
    )
    names = ("source", "key", "name", "stamp", "hash", "problem", "gone")
    for *values, listed in rows:
        with decoding():
            pairs = json.loads(listed)
        record = dict(zip(names, values, strict=True))
        if pairs or not record["gone"]:
            ids, hidden = [pair[0] for pair in pairs], [number for number, hidden in pairs if hidden]
            yield record | {"articles": ids, "hidden": hidden}


def restore(
    c: Connection, source_id: int, record: dict[str, Any], ids: Sequence[int], hidden: Sequence[int] = ()
) -> None:
    """Keep a file of an archive unless the source knows one of that name or key.

    `ids` are its articles here, `hidden` those of them that went with it.
    """
    added = c.execute(
        "INSERT OR IGNORE INTO local_file (source_id, key, name, stamp, hash, problem, gone)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (source_id, record["key"], bytes.fromhex(record["name"]), *(record[name] for name in _RESTORED)),
    )
    if added.rowcount:
        belong(c, source_id, record["key"], ids)
        went = [(number,) for number in hidden]
        c.executemany("UPDATE article SET live = 0 WHERE id = ? AND live = 1 AND saved_at IS NULL", went)
        c.executemany("UPDATE from_file SET hidden = 1 WHERE article_id = ?", went)


_RESTORED = ("stamp", "hash", "problem", "gone")


def put_gone(c: Connection, source_id: int, keys: Iterable[str]) -> None:
    """These files are no longer there."""
    c.executemany("UPDATE local_file SET gone = 1 WHERE source_id = ? AND key = ?", ((source_id, key) for key in keys))


def belong(c: Connection, source_id: int, key: str, ids: Iterable[int]) -> None:
    """These articles came from this file."""
    c.executemany(
        "INSERT INTO from_file (article_id, source_id, key) SELECT id, source_id, ?3 FROM article"
        " WHERE id = ?1 AND source_id = ?2 ON CONFLICT (article_id) DO UPDATE SET key = excluded.key",
        ((number, source_id, key) for number in ids),
    )


def settle(c: Connection, source_id: int) -> tuple[int, int]:
    """Hide the articles of files that are gone, unless they are saved, and show those of files that are there again.

    Returns how many were hidden and how many came back. They keep their read state, tags and ids.
    """
    came = [row[0] for row in c.execute(_RETURNED, (source_id,)).fetchall()]
    went = [row[0] for row in c.execute(_ORPHANS, (source_id,)).fetchall()]
    for ids, live in ((came, 1), (went, 0)):
        listed = json.dumps(ids)
        c.execute("UPDATE article SET live = ? WHERE id IN (SELECT value FROM json_each(?))", (live, listed))
        c.execute(
            "UPDATE from_file SET hidden = ? WHERE article_id IN (SELECT value FROM json_each(?))", (1 - live, listed)
        )
    return len(went), len(came)


def place(c: Connection, ids: Sequence[int], section: str, default: str) -> None:
    """Move articles to the section that their file states or stands in, "" for that of the source (`default`)."""
    own = clean_line(section, 200)
    wanted = own or clean_line(default, 200)
    c.execute(
        "UPDATE article SET section_id = ?1, own_section = ?2 WHERE id IN (SELECT value FROM json_each(?3))"
        " AND (section_id <> ?1 OR own_section <> ?2)",
        (sources.section_id(c, wanted), int(bool(own)), json.dumps(list(ids))),
    )


def retag(c: Connection, article_id: int, stated: Sequence[str]) -> None:
    """Give an article the tags that its file states now; those of the reader's own stay."""
    own = c.execute(
        "SELECT tag.name FROM tagged JOIN tag ON tag.id = tagged.tag_id WHERE article_id = ? AND own > 0 ORDER BY name",
        (article_id,),
    ).fetchall()
    tags = json_list(dict.fromkeys([*stated, *(name for (name,) in own)]))
    c.execute("UPDATE article SET tags = ?1 WHERE id = ?2 AND tags IS NOT ?1", (tags, article_id))
