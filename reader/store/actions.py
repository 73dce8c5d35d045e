"""What was done and how it is taken back: operations kept as data, so that undo works after a restart.

An inverse is a list of operations, applied in order: `{"op": name, …}` with the operations below.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from reader.model import Source
from reader.store import (
    corrections,
    gathering,
    idsets,
    marks,
    placed,
    quotes,
    saved_searches,
    sharing,
    sources,
    tags,
)
from reader.store.faults import decoding
from reader.store.times import maybe_moment, seconds, stamp
from reader.text.clean import clean_line

if TYPE_CHECKING:  # notes and rules are seldom changed: every start would pay for them
    from reader.store import notes, rules

KEPT = 500  # actions; older ones can no longer be taken back

Operation = dict[str, Any]


def record(c: Connection, label: str, inverse: Sequence[Operation], *, now: datetime) -> int:
    """Remember that `label` was done (words for a person) and the operations that take it back; returns its number."""
    cursor = c.execute(
        "INSERT INTO action (label, at, inverse) VALUES (?, ?, ?)",
        (clean_line(label, 300), seconds(now), json.dumps(inverse, separators=(",", ":"))),
    )
    number = cursor.lastrowid or 0
    c.execute("DELETE FROM action WHERE id <= ?", (number - KEPT,))
    return number


def prolong(c: Connection, number: int, label: str, inverse: Sequence[Operation], *, now: datetime) -> int:
    """More was done of an action that goes on in several transactions: it is one to undo; returns its number.

    If it was undone meanwhile, what comes now is another one.
    """
    row = c.execute("SELECT inverse FROM action WHERE id = ? AND undone = 0", (number,)).fetchone()
    if row is None:
        return record(c, label, inverse, now=now)
    with decoding():
        packed = json.dumps([*inverse, *json.loads(row[0])], separators=(",", ":"))
    c.execute("UPDATE action SET label = ?, inverse = ? WHERE id = ?", (clean_line(label, 300), packed, number))
    return number


def anything_to_undo(c: Connection) -> bool:
    return c.execute("SELECT 1 FROM action WHERE undone = 0 LIMIT 1").fetchone() is not None


def undo(c: Connection) -> str | None:
    """Take back the last action that still stands; returns its label, None if there is none."""
    row = c.execute("SELECT id, label, inverse FROM action WHERE undone = 0 ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        return None
    with decoding():
        for operation in json.loads(row[2]):
            _OPERATIONS[operation["op"]](c, operation)
    c.execute("UPDATE action SET undone = 1 WHERE id = ?", (row[0],))
    return str(row[1])


def set_read(ids: Sequence[int], read: bool) -> Operation:
    return {"op": "read", "ids": idsets.pack(ids), "read": read}


def set_saved(rows: Sequence[tuple[int, int | None]]) -> Operation:
    """Give each article back the time it was saved at (None: not saved)."""
    return {"op": "saved", "rows": rows}


def withdraw(ids: Sequence[int]) -> Operation:
    """Take articles out of the lists that an import had brought; it can bring them back."""
    return {"op": "withdraw", "ids": idsets.pack(ids)}


def revive_source(source_id: int) -> Operation:
    return {"op": "revive", "source": source_id}


def retire_source(source_id: int) -> Operation:
    return {"op": "retire", "source": source_id}


def set_source(source_id: int, *, title: str, section: str) -> Operation:
    """Give a source back the reader's own title and its section."""
    return {"op": "source", "source": source_id, "title": title, "section": section}


def set_choices(source_id: int, chosen: sources.Choices) -> Operation:
    """Give a source back what the reader had set for it."""
    return {
        "op": "choices",
        "source": source_id,
        "interval": chosen.interval,
        "full_text": chosen.full_text,
        "headers": dict(chosen.headers),
        "paused": chosen.paused,
    }


def set_schedule(source: Source) -> Operation:
    """Give a source back when and why it is asked next, and how it was."""
    due = stamp(source.next_fetch)
    return {"op": "schedule", "source": source.id, "at": due, "reason": source.reason, "status": source.status}


def set_address(source: Source) -> Operation:
    """Give a source back its address and the one that it suggested."""
    return {"op": "address", "source": source.id, "url": source.url, "moved_to": source.moved_to}


def put_samples(ids: Sequence[int]) -> Operation:
    """Put sample articles back."""
    return {"op": "samples", "ids": idsets.pack(ids)}


def set_corrections(article_id: int, before: Sequence[corrections.Correction]) -> Operation:
    """Give the quotes of an article the corrections they had."""
    return {"op": "corrections", "article": article_id, "rows": [corrections.pack(one) for one in before]}


def regather(state: gathering.State) -> Operation:
    """Give experts back the names and articles they had."""
    return {"op": "experts", "state": state}


def set_tag(ids: Sequence[int], tag: str, *, there: bool) -> Operation:
    """Give articles a tag of the reader's back, or take it away again."""
    return {"op": "tag", "ids": idsets.pack(ids), "tag": tag, "there": there}


def set_searches(before: Sequence[saved_searches.SavedSearch]) -> Operation:
    """Give the list of saved searches back as it was."""
    return {"op": "searches", "rows": saved_searches.packed(before)}


def set_notes(article_id: int, before: Sequence[notes.Row]) -> Operation:
    """Give an article the notes back that it had."""
    return {"op": "notes", "article": article_id, "rows": before}


def set_rules(before: Sequence[rules.Rule]) -> Operation:
    """Give the list of rules back as it was, with what they hide."""
    from reader.store import rules

    return {"op": "rules", "rows": rules.packed(before)}


def unrule(rule: rules.Rule, ids: Sequence[int]) -> Operation:
    """Take back that a rule has acted on articles; what it hid is shown again."""
    return {"op": "unrule", "rule": rule.id, "version": rule.version, "ids": idsets.pack(ids)}


def set_sections(rows: Sequence[placed.Place]) -> Operation:
    """Give each article back the section it was in, and whether that was its own."""
    return {"op": "sections", "rows": rows}


def _unrule(c: Connection, operation: Operation) -> None:
    from reader.store import rules

    ids = _ids(c, operation)
    rules.forget(c, operation["rule"], operation["version"], ids)
    rules.settle(c, freed=ids)


def _notes(c: Connection, operation: Operation) -> None:
    from reader.store import notes

    notes.put(c, operation["article"], operation["rows"])


def _rules(c: Connection, operation: Operation) -> None:
    from reader.store import rules

    rules.put(c, rules.unpacked(operation["rows"]))


def _ids(c: Connection, operation: Operation) -> list[int]:
    """The articles of an operation, those that were merged since under the ids they have now."""
    runs = idsets.unpack(operation["ids"])
    return sharing.today(c, [article_id for first, last in runs for article_id in range(first, last + 1)])


def _read(c: Connection, operation: Operation) -> None:
    runs = idsets.unpack(operation["ids"])
    if sharing.any_alias(c):
        runs = idsets.ranges(_ids(c, operation))
    marks.put_read(c, runs, operation["read"])


def _saved(c: Connection, operation: Operation) -> None:
    marks.put_saved(c, [(sharing.today(c, [article_id])[0], saved_at) for article_id, saved_at in operation["rows"]])


def _tag(c: Connection, operation: Operation) -> None:
    (tags.give if operation["there"] else tags.take)(c, _ids(c, operation), operation["tag"])


def _corrections(c: Connection, operation: Operation) -> None:
    article_id = operation["article"]
    if c.execute("SELECT 1 FROM article WHERE id = ?", (article_id,)).fetchone():
        corrections.put(c, article_id, [corrections.unpack(row) for row in operation["rows"]])
        quotes.reput(c, article_id)


def _withdraw(c: Connection, operation: Operation) -> None:
    """What has taken in an article that was here before stays."""
    runs = idsets.unpack(operation["ids"])
    c.executemany(
        "UPDATE article SET live = -1 WHERE id BETWEEN ? AND ? AND live IN (0, 1)"
        " AND id NOT IN (SELECT article_id FROM alias)",
        runs,
    )


def _source(c: Connection, operation: Operation) -> None:
    sources.put_title(c, operation["source"], operation["title"])
    sources.put_section(c, operation["source"], operation["section"])


def _choices(c: Connection, operation: Operation) -> None:
    chosen = sources.Choices(operation["interval"], operation["full_text"], operation["headers"], operation["paused"])
    sources.put_choices(c, operation["source"], chosen)


def _schedule(c: Connection, operation: Operation) -> None:
    sources.reschedule(
        c,
        operation["source"],
        next_fetch=maybe_moment(operation["at"]),
        reason=operation["reason"],
        status=operation["status"],
    )


def _address(c: Connection, operation: Operation) -> None:
    sources.put_address(c, operation["source"], operation["url"])
    sources.suggest(c, operation["source"], operation["moved_to"])


_OPERATIONS: dict[str, Callable[[Connection, Operation], object]] = {
    "read": _read,
    "saved": _saved,
    "revive": lambda c, operation: sources.revive(c, operation["source"]),
    "withdraw": _withdraw,
    "retire": lambda c, operation: sources.retire(c, operation["source"]),
    "source": _source,
    "corrections": _corrections,
    "tag": _tag,
    "notes": _notes,
    "searches": lambda c, operation: saved_searches.put(c, saved_searches.unpacked(operation["rows"])),
    "rules": _rules,
    "unrule": _unrule,
    "sections": lambda c, operation: placed.restore(c, operation["rows"]),
    "experts": lambda c, operation: gathering.restore(c, operation["state"]),
    "choices": _choices,
    "address": _address,
    "schedule": _schedule,
    "samples": lambda c, operation: marks.put_samples(c, idsets.unpack(operation["ids"]), there=True),
}
