"""Names of speakers and organisations by any part of them, at a price that does not grow with their number.

`name_part` holds every three characters in a row of each name. Of those that a part has, the one with the fewest names
gives the candidates; they are then compared with the whole part.
"""

from __future__ import annotations

import json
from sqlite3 import Connection

FEW = 300  # names; the first trigram with fewer is rare enough

_COUNT = "SELECT count(*) FROM (SELECT 1 FROM name_part WHERE name_part MATCH ? LIMIT ?)"
_FOUND = (
    "SELECT name.id FROM name_part CROSS JOIN name ON name.id = name_part.rowid"
    " WHERE name_part MATCH ? AND instr(name.fold, ?)"
)


def add(c: Connection, name_id: int, fold: str) -> None:
    """Make a new name, case-folded, one that can be found."""
    c.execute("INSERT INTO name_part (rowid, fold) VALUES (?, ?)", (name_id, fold))


def containing(c: Connection, part: str) -> str:
    """The ids of names with `part` in them, in any case, as a JSON list.

    Parts of fewer than three characters are looked for in every name.
    """
    fold = part.casefold()
    trigrams = list(dict.fromkeys(fold[at : at + 3] for at in range(len(fold) - 2)))
    if not trigrams or "\0" in fold:
        rows = c.execute("SELECT id FROM name WHERE instr(fold, ?)", (fold,)).fetchall()
    else:
        rows = c.execute(_FOUND, (_rarest(c, trigrams), fold)).fetchall()
    return json.dumps([row[0] for row in rows])


def _rarest(c: Connection, trigrams: list[str]) -> str:
    """An FTS5 expression for the first rare one of these, or for all of them if none is."""
    quoted = ['"{}"'.format(trigram.replace('"', '""')) for trigram in trigrams[:64]]
    for expression in quoted:
        (found,) = c.execute(_COUNT, (expression, FEW)).fetchone()
        if found < FEW:
            return expression
    return " AND ".join(quoted)
