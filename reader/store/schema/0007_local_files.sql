-- What the files of folders were when they were last read, so that one is known again by its content when its name has
-- changed. `key` is what the keys of its articles begin with; it stays when the name (a path within the folder, as the
-- system's bytes) does not. `gone`: no such file is there now; its articles are hidden unless they are saved.
CREATE TABLE local_file (
    source_id INTEGER NOT NULL REFERENCES source (id),
    key TEXT NOT NULL,
    name BLOB NOT NULL,
    stamp TEXT NOT NULL,
    hash TEXT NOT NULL DEFAULT '',
    problem TEXT NOT NULL DEFAULT '',
    gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
    PRIMARY KEY (source_id, key)
) WITHOUT ROWID;
CREATE UNIQUE INDEX local_file_name ON local_file (source_id, name) WHERE gone = 0;

-- Which file an article came from; `hidden`: it went with its file, and comes back with it.
CREATE TABLE from_file (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    source_id INTEGER NOT NULL REFERENCES source (id),
    key TEXT NOT NULL,
    hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1))
);
CREATE INDEX from_file_key ON from_file (source_id, key);

PRAGMA user_version = 7;
