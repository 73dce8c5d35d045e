-- Queries that the reader keeps as sections.

CREATE TABLE saved_search (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    query TEXT NOT NULL,
    place INTEGER NOT NULL
);

PRAGMA user_version = 5;
