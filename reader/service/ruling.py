"""Rules at work: on articles whose text and quotes have just become known."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

from reader.service.events import Notice, RulesRan
from reader.service.library import Library
from reader.store import actions, rules, ruling, views
from reader.store.rules import Action

BATCH = 2_000  # articles a transaction


def rule_pending(
    library: Library,
    *,
    cancel: threading.Event | None = None,
    on_notice: Callable[[Notice | RulesRan], None] | None = None,
) -> int:
    """Apply the rules to all articles that wait for them; returns how many articles changed.

    A rule acts once on an article, and a wrong one on none (`service.rules.list_all` says why). All that is done is one
    action, which undo takes back; `on_notice` hears of it last. Raises StorageError.
    """
    counts: Counter[Action] = Counter()
    changed = action = 0
    while not (cancel is not None and cancel.is_set()):
        with library.database.read() as c:
            if not rules.waiting(c, limit=1):
                break
        with library.database.write() as c:
            ids = rules.waiting(c, limit=BATCH)
            usable = [rule for rule in rules.all(c) if rule.enabled and not ruling.fault(c, rule, now=library.now())]
            done = ruling.run(c, usable, among=ids, now=library.now())
            rules.looked_at(c, ids)
            rows = {row.id: row for row in views.rows(c, [article_id for _rule, article_id in done.notices])}
            if done.inverse:
                counts += done.counts
                action = actions.prolong(c, action, f"rules: {_said(counts)}", done.inverse, now=library.now())
        changed += len(done.changed)
        if on_notice is not None:
            for rule, article_id in done.notices:
                if article_id in rows:
                    on_notice(Notice(rule, rows[article_id]))
    if changed and on_notice is not None:
        on_notice(RulesRan(_said(counts)))
    return changed


def _said(counts: Counter[Action]) -> str:
    """`3 hidden, 1 tagged`, in the order in which rules act."""
    return ", ".join(f"{counts[action]:,} {done}" for action, done in _DONE.items() if counts[action])


_DONE = {
    Action.SAVE: "saved",
    Action.READ: "marked read",
    Action.TAG: "tagged",
    Action.SECTION: "moved to a section",
    Action.HIDE: "hidden",
}
