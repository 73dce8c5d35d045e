"""What rules do to articles, and why a rule cannot be used.

All rules are matched before any acts, so that none sees what another did. Then they act in this order: saving, read,
tags and sections in the reader's order (the first section wins), hiding (never what is saved), notices of what is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from sqlite3 import Connection

from reader.errors import QueryError
from reader.store import actions, idsets, marks, placed, rules, sources, tags, views
from reader.store.rules import Action, Rule
from reader.text.clean import clean_line

_FIRST, _LATE, _LAST = 0, 2, 3
_TURN = {Action.SAVE: _FIRST, Action.HIDE: _LATE, Action.NOTIFY: _LAST}


@dataclass(slots=True)
class Done:
    """What rules did: the articles that changed (by action, too), how to take it back, and of what somebody is to be
    told."""

    changed: set[int] = field(default_factory=set)
    counts: Counter[Action] = field(default_factory=Counter)
    inverse: list[actions.Operation] = field(default_factory=list)
    notices: list[tuple[Rule, int]] = field(default_factory=list)


def fault(c: Connection, rule: Rule, *, now: datetime) -> str:
    """Why a rule cannot be used, in a sentence; "" if it can."""
    if rule.action not in list(Action):
        return f"This secnews knows no action {clean_line(rule.action.value, 40)!r}; a newer one may."
    if rule.source_id is not None and sources.get(c, rule.source_id) is None:
        return f"Its source {rule.source_id} is not there any more."
    if rule.action in (Action.TAG, Action.SECTION) and not rule.value:
        return f"It has no name of a {rule.action.value}."
    try:
        rules.matches(c, rule, among=[], now=now)
    except QueryError as error:
        return error.sentence
    return ""


def run(c: Connection, wanted: Sequence[Rule], *, among: Iterable[int] | None, now: datetime) -> Done:
    """Apply rules to these articles, each rule once; with None to all, however often that was done.

    Raises QueryError for a rule that is wrong.
    """
    ids = None if among is None else list(among)
    found = [(rule, rules.matches(c, rule, among=ids, now=now)) for rule in wanted]
    done, placed_already = Done(), set[int]()
    for rule, hits in sorted(found, key=lambda pair: _TURN.get(pair[0].action, 1)):
        fresh = rules.note(c, rule, hits)
        acting = hits if among is None else fresh
        if rule.action is Action.SECTION:
            acting = [article_id for article_id in acting if article_id not in placed_already]
            placed_already.update(hits)
        if rule.action is Action.NOTIFY:
            done.notices.extend((rule, article_id) for article_id in acting)
            continue
        changed, inverse = _act(c, rule, acting, now)
        changed = list(changed)
        done.counts[rule.action] += len(changed)
        done.changed.update(changed)
        if fresh:
            done.inverse.insert(0, actions.unrule(rule, sorted(fresh)))
        if inverse is not None:
            done.inverse.insert(0, inverse)
    if not done.changed:
        done.inverse.clear()
    return done


def _act(
    c: Connection, rule: Rule, ids: Sequence[int], now: datetime
) -> tuple[Iterable[int], actions.Operation | None]:
    """Do what a rule does; returns the articles that changed, and how to take it back beside forgetting it."""
    if rule.action is Action.SAVE:
        saved = marks.save(c, ids, now=now)
        if saved:
            from reader.store import keeping  # 5 ms that a start need not wait for

            keeping.keep_given(c, saved, now=now)
        return saved, actions.set_saved([(article_id, None) for article_id in saved]) if saved else None
    if rule.action is Action.READ:
        read = marks.unlike_read(c, ids, True)
        marks.put_read(c, idsets.ranges(read), True)
        return read, actions.set_read(read, False) if read else None
    if rule.action is Action.TAG:
        tagged = tags.give(c, ids, rule.value)
        return tagged, actions.set_tag(tagged, rule.value, there=False) if tagged else None
    if rule.action is Action.SECTION:
        before = placed.move(c, ids, rule.value)
        return [place[0] for place in before], actions.set_sections(before) if before else None
    shown = {row.id for row in views.rows(c, ids) if not row.saved}
    rules.settle(c)
    return shown - {row.id for row in views.rows(c, list(shown))}, None
