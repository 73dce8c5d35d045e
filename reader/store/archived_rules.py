"""Rules as records for an archive, and back, with what each has acted on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from sqlite3 import Connection
from typing import Any

from reader.store import rules
from reader.store.archive import SEEN
from reader.store.rules import Action, Rule
from reader.text.clean import clean_line

Record = dict[str, Any]
MAX_QUERY = 10_000

_ACTED_ON = "".join(
    (
        "SELECT a.id FROM ruled CROSS JOIN article AS a ON a.id = ruled.article_id WHERE ruled.rule_id = ?"
        " AND ruled.version = ? AND ", SEEN, " ORDER BY a.id",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Put:
    """What became of an archive's rules: those that were here before, and how many are new."""

    before: list[Rule]
    new: int


def records(c: Connection) -> Iterator[Record]:
    """The rules in the reader's order, each with the articles that its present version has acted on."""
    for rule in rules.all(c):
        yield {
            "id": rule.id,
            "action": rule.action.value,
            "value": rule.value,
            "query": rule.query,
            "source": rule.source_id,
            "enabled": int(rule.enabled),
            "version": rule.version,
            "acted_on": [row[0] for row in c.execute(_ACTED_ON, (rule.id, rule.version))],
        }


def put(c: Connection, given: Sequence[Record], sources: Mapping[int, int], *, used: int) -> Put:
    """Put an archive's rules behind those that are here; one that is here already is not there twice.

    `sources` gives the ids that those of the archive have here; those of `acted_on` are of articles here. Ids of rules
    up to `used` were given here before, and what rules did that are gone is still known under them. Nothing is applied:
    what a rule had acted on is known, and so what it hid is hidden.
    """
    before = rules.all(c)
    spare = max([used, *(rule.id for rule in before), *(record["id"] for record in given)], default=0)
    taken = {rule.id for rule in before}
    known = {_sense(rule): rule for rule in before}
    new: list[Rule] = []
    acted: list[list[int]] = []
    for record in given:
        source_id = None if record["source"] is None else sources[record["source"]]
        own_id = record["id"] > used and record["id"] not in taken
        rule = Rule(
            record["id"] if own_id else spare + 1,
            Action(record["action"]),
            clean_line(record["value"], 200),
            clean_line(record["query"], MAX_QUERY),
            source_id,
            bool(record["enabled"]),
            record["version"],
        )
        ids = record["acted_on"]
        if (same := known.get(_sense(rule))) is not None:
            rules.note(c, same, ids)
        elif len(before) + len(new) < rules.MOST:
            taken.add(rule.id)
            spare += not own_id
            new.append(rule)
            acted.append(ids)
    if new:
        kept = rules.put(c, [*before, *new])
        for rule, ids in zip(kept[len(before) :], acted, strict=True):
            rules.note(c, rule, ids)
    rules.settle(c)
    return Put(before, len(new))


def _sense(rule: Rule) -> str:
    """What makes a rule another one than the rest."""
    return repr(replace(rule, id=0, version=0, enabled=True))
