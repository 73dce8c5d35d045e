"""Rules at work: on articles whose text and quotes have just become known."""

from __future__ import annotations

import threading
from collections.abc import Callable

from reader.service.events import Notice
from reader.service.library import Library
from reader.store import rules, ruling, views

BATCH = 2_000  # articles a transaction


def rule_pending(
    library: Library,
    *,
    cancel: threading.Event | None = None,
    on_notice: Callable[[Notice], None] | None = None,
) -> int:
    """Apply the rules to all articles that wait for them; returns how many articles changed.

    A rule acts once on an article, and a wrong one on none (`service.rules.list_all` says why). Raises StorageError.
    """
    changed = 0
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
        changed += len(done.changed)
        if on_notice is not None:
            for rule, article_id in done.notices:
                if article_id in rows:
                    on_notice(Notice(rule, rows[article_id]))
    return changed
