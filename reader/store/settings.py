"""What the program remembers by itself: window state, choices made in the interface. Values are JSON."""

from __future__ import annotations

import json
from sqlite3 import Connection
from typing import Any

from reader.store.faults import decoding


def get(c: Connection, key: str, default: Any = None) -> Any:
    row = c.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    with decoding():
        return default if row is None else json.loads(row[0])


def put(c: Connection, key: str, value: Any) -> None:
    """Remember `value`; None forgets the key."""
    if value is None:
        c.execute("DELETE FROM setting WHERE key = ?", (key,))
    else:
        c.execute(
            "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, json.dumps(value, separators=(",", ":"))),
        )
