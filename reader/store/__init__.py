"""The library on disk (floor 3): the only room that speaks SQL.

`Database` gives connections; the functions in the modules below take one first and are grouped by what they are about.
Each module is loaded where it is imported: together they cost a command more than what it does.
Errors of SQLite never leave the room: `StorageError`.
"""

from reader.store.database import Database

__all__ = ["Database"]
