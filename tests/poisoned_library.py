"""A library whose every text holds what a terminal would obey, as if nothing had been cleaned before it was stored."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from reader.store import compression

EVIL = "\x1b]0;own\x07\x1b]52;c;eA==\x07\x1b]8;;http://e.example\x1b\\\x1b[2J\x9b31m\x90q\x9c\u202e\u2066\u200bz"
# C0 (but line feed and, for the caller to say, carriage return), DEL, C1, bidirectional controls, tag characters.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
# Columns that hold words of strangers or of the reader.
WORDS = {
    "section": ("name",),
    "source": ("title", "own_title", "feed_title", "reason", "site_url", "section"),
    "article": ("title", "author", "language", "summary"),
    "name": ("name",),
    "action": ("label",),
    "expert": ("name",),
    "identity": ("name",),
    "tag": ("name",),
    "saved_search": ("name",),
    "local_file": ("problem",),
    "note": ("text", "words"),
    "page": ("reason", "title"),
    "wanted": ("reason",),
    "capture": ("title",),
    "image": ("problem",),
    "quote": ("mention",),
    "phrase": ("text",),
}


def poison(path: Path) -> None:
    """Put `EVIL` into every text of the library at `path`, also into the middle of the texts of articles."""
    c = sqlite3.connect(path)
    with c:
        for table, columns in WORDS.items():
            there = {row[1] for row in c.execute(f"PRAGMA table_info({table})")}
            assert set(columns) <= there, (table, set(columns) - there)
            for column in columns:
                c.execute(f"UPDATE {table} SET {column} = {column} || ?", (EVIL,))
        for row_id, packed in c.execute("SELECT id, text FROM body").fetchall():
            text = compression.plain(packed)
            half = len(text) // 2
            changed = text[:half] + EVIL + text[half + len(EVIL) :]
            c.execute("UPDATE body SET text = ? WHERE id = ?", (compression.text(changed), row_id))
    c.close()
