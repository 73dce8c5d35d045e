"""What the reader has said about experts (who is the same, who is not), as records for an archive, and back.

A record is one expert: name, type, the identities that the reader has given to it (key, bucket, form, name), and the
articles that were told apart for one of them (article, stem, form). Quotes that come later find their expert by these.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from reader.model import SpeakerType
from reader.store import experts, gathering, quotes
from reader.store.archive import SEEN
from reader.store.identities import MAX_LINE
from reader.text.clean import clean_line

Record = dict[str, Any]
MAX_KEY = 1_000


_APART = "".join(
    (
        "SELECT apart.article_id, apart.stem, apart.form FROM apart CROSS JOIN article AS a ON a.id = apart.article_id"
        " WHERE ", SEEN, " ORDER BY apart.article_id, apart.stem",
    )
)  # fmt: skip
_THERE = "".join(("SELECT 1 FROM article AS a WHERE a.id = ? AND ", SEEN))


def records(c: Connection) -> Iterator[Record]:
    """Every expert of whom the reader has said anything, by id, as far as it is about articles that archives hold."""
    apart = c.execute(_APART).fetchall()
    told = {f"{stem} / {form}" for _article, stem, form in apart}
    pinned = [
        row
        for row in c.execute(
            "SELECT expert_id, key, CASE bucket WHEN '' THEN key ELSE bucket END, form, name FROM identity"
            " WHERE pinned = 1 ORDER BY expert_id, id"
        ).fetchall()
        if _goes_along(c, row[1], row[3], told)
    ]
    wanted = json.dumps([row[0] for row in pinned])
    known = c.execute("SELECT id, name, type FROM expert WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    yield from grouped(known.fetchall(), pinned, apart)


def _goes_along(c: Connection, key: str, form: str, told: Container[str]) -> bool:
    """Whether an identity is of articles that archives hold, or of no article in particular."""
    if key.startswith("article "):
        return c.execute(_THERE, (key.split(" ")[1],)).fetchone() is not None
    return not form.startswith("#") or key in told


def grouped(
    known: Iterable[Sequence[Any]], pinned: Iterable[Sequence[Any]], apart: Iterable[Sequence[Any]]
) -> Iterator[Record]:
    """Records of (id, name, type), (expert, key, bucket, form, name) and (article, stem, form)."""
    members: dict[Any, list[list[Any]]] = {}
    for expert_id, *identity in pinned:
        members.setdefault(expert_id, []).append(identity)
    places: dict[str, list[list[Any]]] = {}
    for article_id, stem, form in apart:
        places.setdefault(f"{stem} / {form}", []).append([article_id, stem, form])
    for expert_id, name, kind in known:
        names = members.get(expert_id, [])
        told = [place for key, *_ in names for place in places.get(key, ())]
        yield {"name": name, "type": kind, "names": names, "apart": told}


def put(c: Connection, record: Record, articles: Mapping[int, int] | None, *, over: bool) -> gathering.State | None:
    """Say it of this library too; returns what `gathering.restore` needs to give identities back that were here.

    `articles` gives the ids that the record's articles have here; None: the same. What the reader has said here stays
    unless `over`. Raises ValueError for a record that makes no sense.
    """
    expert_id = experts.new(c, clean_line(record["name"], MAX_LINE), SpeakerType(record["type"]).value)
    before: gathering.State = {"rows": [], "experts": [], "buckets": [], "apart": []}
    for number, (key, bucket, form, name) in enumerate(record["names"]):
        key, bucket = _of_here(key, articles), _of_here(bucket, articles)
        if not key or not bucket:
            continue
        stem = key.removesuffix(f" / {form}")
        told: list[int] = []
        if form.startswith("#"):  # told apart by hand, in some articles only
            told = _told(c, record, stem, form, articles, over=over)
            if not told:
                continue
            if not over and c.execute("SELECT 1 FROM identity WHERE key = ?", (key,)).fetchone():
                form = f"#{expert_id}.{number}"  # the other library's number means somebody else here
                key = f"{stem} / {form}"
        row = c.execute("SELECT id, expert_id, pinned FROM identity WHERE key = ?", (key,)).fetchone()
        if row is None:
            name = clean_line(name, MAX_LINE)
            alone = bucket == key and key.startswith("article ")
            c.execute(
                "INSERT INTO identity (key, bucket, form, name, fold, expert_id, pinned) VALUES (?, ?, ?, ?, ?, ?, 1)",
                (key, "" if alone else bucket, form, name, name.casefold(), expert_id),
            )
        elif over or not row[2]:
            before["rows"].append(list(row))
            before["experts"] += [
                list(one) for one in c.execute("SELECT id, name, type FROM expert WHERE id = ?", (row[1],)).fetchall()
            ]
            experts.move(c, row[0], expert_id)
            c.execute("UPDATE identity SET pinned = 1 WHERE id = ?", (row[0],))
        for article_id in told:
            _tell_apart(c, article_id, stem, form)
    experts.reword(c, expert_id)
    return before if before["rows"] else None


def _told(
    c: Connection, record: Record, stem: str, form: str, articles: Mapping[int, int] | None, *, over: bool
) -> list[int]:
    """The articles here that the record tells apart so, but for those of which the reader has spoken here."""
    found = []
    for article_id, _stem, its_form in record["apart"]:
        here = article_id if articles is None else articles.get(article_id)
        if its_form != form or here is None:
            continue
        spoken = c.execute("SELECT 1 FROM apart WHERE article_id = ? AND stem = ?", (here, stem)).fetchone()
        if over or not spoken:
            found.append(here)
    return found


def _tell_apart(c: Connection, article_id: int, stem: str, form: str) -> None:
    row = c.execute("SELECT quote_count FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        return
    c.execute("INSERT OR REPLACE INTO apart (article_id, stem, form) VALUES (?, ?, ?)", (article_id, stem, form))
    if row[0]:
        quotes.reput(c, article_id)


def _of_here(key: str, articles: Mapping[int, int] | None) -> str:
    """A key of this library; "" if it names an article that is not here."""
    key = key[:MAX_KEY]
    if articles is None or not key.startswith("article "):
        return key
    number, _space, rest = key.removeprefix("article ").partition(" ")
    here = articles.get(int(number))
    return f"article {here} {rest}" if here is not None else ""
