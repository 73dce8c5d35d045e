"""The library on disk (floor 3): the only room that speaks SQL.

`Database` gives connections; the functions in the modules below take one first and are grouped by what they are about.
Errors of SQLite never leave the room: `StorageError`.
"""

from reader.store import actions, articles, bodies, counts, marks, quotes, settings, sources, views
from reader.store.database import Database

__all__ = ["Database", "actions", "articles", "bodies", "counts", "marks", "quotes", "settings", "sources", "views"]
