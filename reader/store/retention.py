"""Which articles are old enough to go, and taking them out for good.

Never: saved ones, ones with a tag of the reader's or a rule's, ones whose quotes the reader has corrected, ones with a
note. What goes leaves the hash of its entry behind (table `entry`), so that no source brings it back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from sqlite3 import Connection

from reader.store import addresses, quotes, searching, sharing
from reader.store.times import moment, seconds

_EXEMPT = (
    "a.saved_at IS NOT NULL OR EXISTS (SELECT 1 FROM tagged WHERE tagged.article_id = a.id AND tagged.own > 0)"
    " OR EXISTS (SELECT 1 FROM correction WHERE correction.article_id = a.id)"
    " OR EXISTS (SELECT 1 FROM note WHERE note.article_id = a.id)"
)
_OLD = "".join(
    (
        "SELECT a.id, a.source_id FROM article AS a INDEXED BY article_all WHERE a.live = 1 AND a.sort_date < ?"
        " AND NOT (", _EXEMPT, ") ORDER BY a.sort_date, a.id",
    )
)  # fmt: skip
_BEYOND = "".join(
    (
        "SELECT a.id, a.source_id, a.shared FROM (SELECT id, sort_date FROM article INDEXED BY article_source"
        " WHERE source_id = ?1 AND live = 1 UNION ALL SELECT o.article_id, o.sort_date FROM also AS o CROSS JOIN"
        " article AS other ON other.id = o.article_id WHERE o.source_id = ?1 AND other.live = 1"
        " ORDER BY 2 DESC, 1 DESC LIMIT -1 OFFSET ?2) AS beyond"
        " CROSS JOIN article AS a ON a.id = beyond.id WHERE NOT (", _EXEMPT, ")",
    )
)  # fmt: skip
_BY_RULE = "EXISTS (SELECT 1 FROM ruled WHERE ruled.article_id = a.id)"
_STILL = "".join(
    (
        "SELECT 1 FROM article AS a WHERE a.id = ? AND (a.live = 1 OR a.live = 0 AND ", _BY_RULE, ") AND NOT (",
        _EXEMPT, ")",
    )
)  # fmt: skip
# What rules hide is in no list: it goes by age, and beyond the newest so many hidden ones of its source.
_HIDDEN_OLD = "".join(
    (
        "SELECT a.id, a.source_id FROM (SELECT DISTINCT article_id FROM ruled) AS r CROSS JOIN article AS a"
        " ON a.id = r.article_id WHERE a.live = 0 AND a.sort_date < ? AND NOT (", _EXEMPT, ")",
    )
)  # fmt: skip
_HIDDEN_BEYOND = "".join(
    (
        "SELECT a.id, a.source_id FROM (SELECT h.id, row_number() OVER (PARTITION BY h.source_id ORDER BY h.sort_date"
        " DESC, h.id DESC) AS rank FROM (SELECT DISTINCT article_id FROM ruled) AS r CROSS JOIN article AS h"
        " ON h.id = r.article_id WHERE h.live = 0) AS ranked CROSS JOIN article AS a ON a.id = ranked.id"
        " WHERE ranked.rank > ? AND NOT (", _EXEMPT, ")",
    )
)  # fmt: skip


def old(c: Connection, *, days: int, per_source: int, now: datetime) -> dict[int, int]:
    """Articles that may go, each with its source: older than so many days, or beyond the newest so many of its source.

    0 is no limit. Ages count from the date in lists to `now`, but to no later than a day after the newest article came:
    a clock that jumps ahead, or a year without a refresh, takes nothing away.
    """
    found: dict[int, int] = {}
    if days:
        newest = c.execute("SELECT added FROM article ORDER BY id DESC LIMIT 1").fetchone()
        if newest is not None:
            now = min(now, moment(newest[0]) + timedelta(days=1))
            for sql in (_OLD, _HIDDEN_OLD):
                found.update(c.execute(sql, (seconds(now) - days * 86_400,)).fetchall())
    if per_source:
        rows = c.execute("SELECT id, removed FROM source WHERE id > 0 AND total > ?", (per_source,)).fetchall()
        beyond: Counter[int] = Counter()
        for source_id, removed in rows:
            for article_id, first, shared in c.execute(_BEYOND, (source_id, per_source)).fetchall():
                beyond[article_id] += not removed
                # What several sources give goes when it is beyond the limit of each.
                if not shared or beyond[article_id] == sharing.in_use(c, article_id):
                    found[article_id] = first
        found.update(c.execute(_HIDDEN_BEYOND, (per_source,)).fetchall())
    return found


def titles(c: Connection, sources: Iterable[int]) -> list[tuple[int, str, int]]:
    """Id and title of each source with how often it comes, the most frequent first."""
    counts = Counter(sources)
    found = []
    for source_id, count in counts.most_common():
        row = c.execute("SELECT title FROM source WHERE id = ?", (source_id,)).fetchone()
        found.append((source_id, row[0] if row else "", count))
    return found


def remove(c: Connection, ids: Iterable[int]) -> int:
    """Take articles out with all they have; returns how many there were.

    One that has meanwhile been saved, tagged or corrected stays.
    """
    gone = 0
    for article_id in ids:
        if c.execute(_STILL, (article_id,)).fetchone() is None:
            continue
        searching.forget(c, article_id)
        quotes.forget(c, article_id)
        addresses.forget(c, article_id)
        gone += c.execute("DELETE FROM article WHERE id = ?", (article_id,)).rowcount
    return gone
