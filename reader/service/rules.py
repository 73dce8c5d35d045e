"""Rules: what is done by itself to articles that a query finds. Every change is one action that undo takes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.errors import NotFoundError, UsageError
from reader.model import ArticleRow
from reader.service.library import Library
from reader.service.tagging import checked
from reader.store import actions, rules, ruling, views
from reader.store.rules import Action, Rule
from reader.text.clean import clean_line
from reader.text.query import parse

__all__ = ["Action", "Checked", "Preview", "Rule", "add", "apply", "change", "hidden", "list_all", "move", "preview",
           "remove", "set_enabled"]  # fmt: skip

MAX_SECTION = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule and why it cannot be used ("" if it can)."""

    rule: Rule
    fault: str


@dataclass(frozen=True, slots=True)
class Preview:
    """How many articles of the library a rule finds, and the newest of them."""

    total: int
    rows: list[ArticleRow]


def list_all(library: Library) -> list[Checked]:
    """Every rule in the reader's order, each with what is wrong with it."""
    with library.database.read() as c:
        return [Checked(rule, ruling.fault(c, rule, now=library.now())) for rule in rules.all(c)]


def hidden(library: Library, *, limit: int | None = None) -> list[ArticleRow]:
    """What rules hide, newest first."""
    with library.database.read() as c:
        return rules.hidden(c, limit=limit)


def preview(library: Library, query: str, source_id: int | None = None, *, limit: int = 10) -> Preview:
    """What a rule of this query would find in the library as it is. Raises QueryError, NotFoundError."""
    rule = Rule(0, Action.READ, "", _query(query), source_id)
    _check_source(library, source_id)
    with library.database.read() as c:
        found = rules.matches(c, rule, among=None, now=library.now())
        return Preview(len(found), views.rows(c, found[:limit]))


def add(library: Library, action: Action, query: str, *, value: str = "", source_id: int | None = None) -> Rule:
    """A new rule, behind the others, for articles that come from now on; `apply` is for those that are there.

    `value` is the tag or the section. Raises UsageError (a wrong query, no value), NotFoundError (no such source).
    """
    query, value = _query(query), _value(action, value)
    _check_source(library, source_id)
    with library.database.write() as c:
        present = rules.all(c)
        if len(present) >= rules.MOST:
            raise UsageError(f"There are {len(present)} rules already; remove one first.")
        kept = rules.put(c, [*present, Rule(0, action, value, query, source_id)])[-1]
        _record(library, present, f"rule {kept.id} added")
        return kept


def change(
    library: Library,
    rule_id: int,
    *,
    action: Action | None = None,
    query: str | None = None,
    value: str | None = None,
    source_id: int | None = None,
    everywhere: bool = False,
) -> Rule:
    """Give a rule another action, query, value or source (`everywhere`: every source); None leaves a thing as it is.

    What it hid and would not hide any more is shown again. Raises as `add`.
    """
    _check_source(library, source_id)
    with library.database.write() as c:
        present = rules.all(c)
        old = _one(present, rule_id)
        acts = action or old.action
        kept_value = old.value if acts == old.action else ""
        new = replace(
            old,
            action=acts,
            value=_value(acts, kept_value if value is None else value),
            query=old.query if query is None else _query(query),
            source_id=None if everywhere else old.source_id if source_id is None else source_id,
        )
        if new == old:
            return old
        new = replace(new, version=old.version + 1)
        rules.forget(c, new.id, new.version)  # of a change that was undone
        hid = rules.acted_on(c, old) if old.action is Action.HIDE and old.enabled else []
        rules.put(c, [new if rule.id == rule_id else rule for rule in present])
        if new.action is Action.HIDE and new.enabled and hid:
            rules.note(c, new, rules.matches(c, new, among=hid, now=library.now()))
            rules.settle(c)
        _record(library, present, f"rule {rule_id} changed")
        return new


def remove(library: Library, rule_id: int) -> Rule:
    """Take a rule away; what it hid is shown again, whatever else it did stays. Raises NotFoundError."""
    with library.database.write() as c:
        present = rules.all(c)
        gone = _one(present, rule_id)
        rules.put(c, [rule for rule in present if rule.id != rule_id])
        _record(library, present, f"rule {rule_id} removed")
        return gone


def set_enabled(library: Library, rule_id: int, enabled: bool) -> bool:
    """Let a rule rest, or work again; what it hid follows. Returns whether that is a change. Raises NotFoundError."""
    with library.database.write() as c:
        present = rules.all(c)
        old = _one(present, rule_id)
        if old.enabled == enabled:
            return False
        rules.put(c, [replace(rule, enabled=enabled) if rule.id == rule_id else rule for rule in present])
        _record(library, present, f"rule {rule_id} {'enabled' if enabled else 'disabled'}")
        return True


def move(library: Library, rule_id: int, steps: int) -> int:
    """Move a rule down by so many places (up if negative), at most to the end; returns how far it went.

    Raises NotFoundError.
    """
    with library.database.write() as c:
        present = rules.all(c)
        moved = _one(present, rule_id)
        at = present.index(moved)
        to = min(max(at + steps, 0), len(present) - 1)
        if to != at:
            order = [rule for rule in present if rule.id != rule_id]
            order.insert(to, moved)
            rules.put(c, order)
            _record(library, present, f"rule {rule_id} moved")
        return to - at


def apply(library: Library, rule_ids: Sequence[int] | None = None) -> int:
    """Do what rules say (those named, or all that are enabled) to all articles of the library, as one action.

    Returns how many articles changed; nobody is notified. Raises NotFoundError, and UsageError for a rule that is
    wrong or disabled; nothing is done then.
    """
    with library.database.write() as c:
        present = rules.all(c)
        chosen = [_one(present, rule_id) for rule_id in rule_ids] if rule_ids is not None else present
        for rule in chosen:
            if rule_ids is not None and not rule.enabled:
                raise UsageError(f"Rule {rule.id} is disabled; `secnews rules enable {rule.id}` first.")
            if rule.enabled and (wrong := ruling.fault(c, rule, now=library.now())):
                raise UsageError(f"Rule {rule.id} is wrong: {wrong}")
        done = ruling.run(
            c, [rule for rule in present if rule.enabled and rule in chosen], among=None, now=library.now()
        )
        if done.inverse:
            changed = "1 article" if len(done.changed) == 1 else f"{len(done.changed):,} articles"
            actions.record(c, f"rules applied to {changed}", done.inverse, now=library.now())
        return len(done.changed)


def _record(library: Library, before: Sequence[Rule], label: str) -> None:
    with library.database.write() as c:  # part of the transaction under way
        actions.record(c, label, [actions.set_rules(before)], now=library.now())


def _one(present: Sequence[Rule], rule_id: int) -> Rule:
    for rule in present:
        if rule.id == rule_id:
            return rule
    raise NotFoundError(f"There is no rule {rule_id}; `secnews rules` lists them.")


def _check_source(library: Library, source_id: int | None) -> None:
    if source_id is not None:
        library.source(source_id)


def _query(query: str) -> str:
    parse(query)
    return query.strip()


def _value(action: Action, value: str) -> str:
    if action is Action.TAG:
        return checked(value)
    if action is not Action.SECTION:
        return ""
    name = clean_line(value, MAX_SECTION)
    if not name:
        raise UsageError("A rule that moves articles needs the name of a section.")
    return name
