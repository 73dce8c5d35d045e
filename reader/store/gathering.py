"""Experts brought together or told apart by the reader's hand, and how that is taken back.

What the reader says is kept with identities (`pinned`) and, where only some articles of an identity are meant, with
these articles (`apart`): both outlive any newer reading of the articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection
from typing import Any

from reader.store import experts

State = dict[str, Any]
_BY_KEY = "SELECT id, expert_id FROM identity WHERE key = ?"


def merge(c: Connection, expert_ids: Sequence[int]) -> State | None:
    """Make one expert, the first of these, of several; returns what `restore` needs, None if nothing changes."""
    first, *others = dict.fromkeys(expert_ids)
    before = _state(c, [first, *others])
    members = [row for row in before["rows"] if row[1] in others]
    if not members or not any(row[1] == first for row in before["rows"]):
        return None
    for identity_id, _expert_id, _pinned in members:
        experts.move(c, identity_id, first)
    _pin(c, first)
    _settle(c, before)
    return before


def split(c: Connection, expert_id: int, article_ids: Sequence[int]) -> tuple[int, State] | None:
    """Make another expert of the one who speaks in these articles; returns its id and what `restore` needs.

    An identity (a name with an organisation) of which all articles are meant goes with its future ones. None if that
    would leave nobody behind or take nobody along.
    """
    wanted = set(article_ids)
    rows = c.execute("SELECT article_id, identity_id FROM appearance WHERE expert_id = ?", (expert_id,)).fetchall()
    going = [row for row in rows if row[0] in wanted]
    if not going or len(going) == len(rows):
        return None
    before = _state(c, [expert_id])
    name, kind = c.execute("SELECT name, type FROM expert WHERE id = ?", (expert_id,)).fetchone()
    other = experts.new(c, name, kind)
    staying = {identity_id for article_id, identity_id in rows if article_id not in wanted}
    for identity_id in dict.fromkeys(identity_id for _, identity_id in going):
        if identity_id in staying:
            moved = [article_id for article_id, member in going if member == identity_id]
            before["apart"].append(_tell_apart(c, identity_id, other, moved))
        else:
            experts.move(c, identity_id, other)
    _pin(c, expert_id)
    _pin(c, other)
    experts.reword(c, expert_id)
    experts.reword(c, other)
    c.execute("UPDATE expert SET name = (SELECT name FROM identity WHERE expert_id = ? ORDER BY id LIMIT 1)"
              " WHERE id = ?", (other, other))  # fmt: skip
    _settle(c, before)
    return other, before


def restore(c: Connection, state: State) -> None:
    """Take back a `merge` or `split`."""
    for identity_id, tag, stem, article_ids in state["apart"]:
        for article_id in article_ids:
            c.execute("DELETE FROM apart WHERE article_id = ? AND stem = ?", (article_id, stem))
            c.execute(
                "UPDATE quote SET identity_id = ? WHERE article_id = ? AND identity_id = ?",
                (identity_id, article_id, tag),
            )
            c.execute(
                "UPDATE appearance SET identity_id = ?, expert_id = (SELECT expert_id FROM identity WHERE id = ?)"
                " WHERE article_id = ? AND identity_id = ?",
                (identity_id, identity_id, article_id, tag),
            )
        owner = c.execute("SELECT expert_id FROM identity WHERE id = ?", (tag,)).fetchone()
        if owner and not c.execute("SELECT 1 FROM appearance WHERE identity_id = ? LIMIT 1", (tag,)).fetchone():
            c.execute("DELETE FROM identity WHERE id = ?", (tag,))
            experts.reword(c, owner[0])
    c.executemany("INSERT OR IGNORE INTO expert (id, name, type) VALUES (?, ?, ?)", state["experts"])
    for identity_id, expert_id, pinned in state["rows"]:
        if c.execute("SELECT 1 FROM identity WHERE id = ?", (identity_id,)).fetchone():
            c.execute("UPDATE identity SET pinned = ? WHERE id = ?", (pinned, identity_id))
            experts.move(c, identity_id, expert_id)
    for expert_id, name, _kind in state["experts"]:
        c.execute("UPDATE expert SET name = ? WHERE id = ?", (name, expert_id))
        experts.reword(c, expert_id)
    _settle(c, state)


def _state(c: Connection, expert_ids: Sequence[int]) -> State:
    """Whose every identity is that these experts or their namesakes have."""
    rows: dict[int, tuple[int, int]] = {}
    buckets: dict[str, None] = {}
    for expert_id in expert_ids:
        for (bucket,) in c.execute("SELECT bucket FROM identity WHERE expert_id = ?", (expert_id,)).fetchall():
            buckets[bucket] = None
    for bucket in buckets:
        found = c.execute(
            "SELECT id, expert_id, pinned FROM identity WHERE bucket = ? AND bucket <> '' ORDER BY id LIMIT ?",
            (bucket, experts.CROWD + 1),
        ).fetchall()
        rows.update({row[0]: row[1:] for row in found})
    for expert_id in expert_ids:
        found = c.execute("SELECT id, expert_id, pinned FROM identity WHERE expert_id = ?", (expert_id,)).fetchall()
        rows.update({row[0]: row[1:] for row in found})
    known = [
        c.execute("SELECT id, name, type FROM expert WHERE id = ?", (expert_id,)).fetchone()
        for expert_id in sorted({expert_id for expert_id, _ in rows.values()})
    ]
    return {
        "rows": [[identity_id, *row] for identity_id, row in rows.items()],
        "experts": [list(row) for row in known],
        "buckets": list(buckets),
        "apart": [],
    }


def _tell_apart(c: Connection, identity_id: int, expert_id: int, article_ids: Sequence[int]) -> list[Any]:
    """Give some articles of an identity to an identity of their own."""
    key, bucket, name, fold = c.execute(
        "SELECT key, bucket, name, fold FROM identity WHERE id = ?", (identity_id,)
    ).fetchone()
    stem = bucket if bucket.startswith("person ") else key
    form = f"#{expert_id}"
    present = c.execute(_BY_KEY, (f"{stem} / {form}",)).fetchone()
    while present and present[1] != expert_id:  # it came with an archive, whose numbers are others
        form += "+"
        present = c.execute(_BY_KEY, (f"{stem} / {form}",)).fetchone()
    if present:
        tag = int(present[0])
    else:
        cursor = c.execute(
            "INSERT INTO identity (key, bucket, form, name, fold, expert_id, pinned) VALUES (?, ?, ?, ?, ?, ?, 1)",
            (f"{stem} / {form}", bucket, form, name, fold, expert_id),
        )
        assert cursor.lastrowid is not None  # noqa: S101 - sqlite3 sets it after every INSERT
        tag = cursor.lastrowid
    for article_id in article_ids:
        c.execute("INSERT OR REPLACE INTO apart (article_id, stem, form) VALUES (?, ?, ?)", (article_id, stem, form))
        c.execute(
            "UPDATE quote SET identity_id = ? WHERE article_id = ? AND identity_id = ?", (tag, article_id, identity_id)
        )
        c.execute(
            "UPDATE appearance SET identity_id = ?, expert_id = ? WHERE article_id = ? AND identity_id = ?",
            (tag, expert_id, article_id, identity_id),
        )
    return [identity_id, tag, stem, list(article_ids)]


def _pin(c: Connection, expert_id: int) -> None:
    c.execute("UPDATE identity SET pinned = 1 WHERE expert_id = ?", (expert_id,))


def _settle(c: Connection, state: State) -> None:
    for bucket in state["buckets"]:
        experts.settle(c, bucket)
