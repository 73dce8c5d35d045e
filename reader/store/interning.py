"""Texts that many rows share, once each, by number: names of speakers and organisations; roles, cues, reasons.

Neither is ever changed nor taken out.
"""

from __future__ import annotations

from sqlite3 import Connection

from reader.store import naming, quoted
from reader.text.clean import clean_line

MAX_LINE = 300


def name_id(c: Connection, name: str) -> int:
    """The number of a name, which is made one that can be found if it is new."""
    name = clean_line(name, MAX_LINE)
    row = c.execute("SELECT id FROM name WHERE name = ?", (name,)).fetchone()
    if row is None:
        c.execute("INSERT INTO name (name, fold) VALUES (?, ?)", (name, name.casefold()))
        row = c.execute("SELECT id FROM name WHERE name = ?", (name,)).fetchone()
        quoted.name(c, row[0], name)
        naming.add(c, row[0], name.casefold())
    return int(row[0])


def phrase_id(c: Connection, text: str | None) -> int | None:
    """The number of a role, a cue or a reason; None for none."""
    if text is None:
        return None
    text = clean_line(text, MAX_LINE)
    row = c.execute("SELECT id FROM phrase WHERE text = ?", (text,)).fetchone()
    if row is None:
        c.execute("INSERT INTO phrase (text) VALUES (?)", (text,))
        row = c.execute("SELECT id FROM phrase WHERE text = ?", (text,)).fetchone()
        quoted.phrase(c, row[0], text)
    return int(row[0])
