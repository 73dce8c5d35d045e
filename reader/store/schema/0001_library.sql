-- The library, first edition. Rules that hold for every table:
--   * times are seconds since 1970 in UTC (REAL only where the source stated fractions of a second);
--   * ids are AUTOINCREMENT: never used twice; samples have negative ids and belong to source -1;
--   * `live` says who may see an article: 1 everybody, 2 the Samples view only, 0 nobody (removed), -1 nobody (its
--     source was removed: undo turns exactly these back). Every query names `live`, so that partial indexes apply.

CREATE TABLE section (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    total INTEGER NOT NULL DEFAULT 0,   -- live articles; kept by the triggers below, never by scanning
    unread INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    identity TEXT NOT NULL,             -- the normalised address: the same source is never there twice
    title TEXT NOT NULL DEFAULT '',     -- as shown: the reader's own title, else the feed's, else the masked address
    own_title TEXT NOT NULL DEFAULT '',
    feed_title TEXT NOT NULL DEFAULT '',
    section TEXT NOT NULL DEFAULT '',
    site_url TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT 'new',
    reason TEXT NOT NULL DEFAULT '',
    errors INTEGER NOT NULL DEFAULT 0,
    last_success REAL,
    next_fetch REAL,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    body_hash TEXT NOT NULL DEFAULT '',
    consent TEXT NOT NULL DEFAULT '',
    paused INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX source_identity ON source (identity) WHERE removed = 0;
CREATE INDEX source_removed ON source (identity) WHERE removed = 1;

-- What lists show, and nothing else: raw content and text stand apart, so that a list never reads past them.
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL REFERENCES source (id),
    section_id INTEGER NOT NULL REFERENCES section (id),
    own_section INTEGER NOT NULL DEFAULT 0,  -- 1: stated by the article itself, does not follow its source
    live INTEGER NOT NULL DEFAULT 1 CHECK (live BETWEEN -1 AND 2),
    read INTEGER NOT NULL DEFAULT 0 CHECK (read IN (0, 1)),
    saved_at INTEGER,                        -- NULL: not saved
    sort_date INTEGER NOT NULL,
    added INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,     -- counts changes of content: what was derived from an older one is late
    engine INTEGER NOT NULL DEFAULT 0,       -- version of the quote engine that read it; 0: still to be derived
    indexed INTEGER NOT NULL DEFAULT 0,      -- 1: `search` holds exactly its title, author and text
    quote_count INTEGER NOT NULL DEFAULT 0,
    voice TEXT,
    origin TEXT NOT NULL,
    published REAL,
    updated REAL,
    title TEXT NOT NULL,
    author TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    tags TEXT,                               -- JSON list; NULL: none
    summary TEXT NOT NULL DEFAULT '',
    enclosures TEXT                          -- JSON list; NULL: none
);
-- Each list has its index, in its order. The columns that its condition names are part of it although the condition
-- fixes them: only then does SQLite answer from the index alone.
CREATE INDEX article_all ON article (live, sort_date DESC, id DESC) WHERE live = 1;
CREATE INDEX article_unread ON article (live, read, sort_date DESC, id DESC) WHERE live = 1 AND read = 0;
CREATE INDEX article_saved ON article (live, sort_date DESC, id DESC, saved_at)
WHERE live = 1 AND saved_at IS NOT NULL;
CREATE INDEX article_section ON article (section_id, live, sort_date DESC, id DESC) WHERE live = 1;
CREATE INDEX article_section_unread ON article (section_id, live, read, sort_date DESC, id DESC)
WHERE live = 1 AND read = 0;
CREATE INDEX article_source ON article (source_id, live, sort_date DESC, id DESC) WHERE live = 1;
CREATE INDEX article_samples ON article (live, sort_date DESC, id DESC) WHERE live = 2;
CREATE INDEX article_orphan ON article (source_id) WHERE live = -1;
CREATE INDEX article_engine ON article (engine, sort_date DESC, id DESC, live) WHERE live > 0;

-- Every entry a source ever gave, under a hash of its key; it outlives its article, so that nothing returns.
CREATE TABLE entry (
    source_id INTEGER NOT NULL REFERENCES source (id),
    key BLOB NOT NULL,
    article_id INTEGER NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (source_id, key)
) WITHOUT ROWID;

-- The content as the source gave it (zlib). `stale` in body: raw changed and the text is to be derived anew.
-- Texts are derived newest first; under the article's id they would come in descending order and leave every page half
-- empty, so bodies have ids of their own.
CREATE TABLE raw (
    id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    content BLOB NOT NULL
);
CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL UNIQUE REFERENCES article (id) ON DELETE CASCADE,
    stale INTEGER NOT NULL DEFAULT 0,
    text BLOB NOT NULL,                      -- zlib, UTF-8
    layout BLOB NOT NULL                     -- zlib, JSON: blocks, links, images
);

-- Full text of title, author and text; contentless: deleting needs the very words that were put in.
CREATE VIRTUAL TABLE search USING fts5 (title, author, text, content = '', tokenize = 'unicode61 remove_diacritics 2');

-- Names of speakers and organisations, once each; `fold` is the name case-folded for matching.
CREATE TABLE name (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    fold TEXT NOT NULL
);

-- The words of a quote are not here: they are text[start:end] of its article.
CREATE TABLE quote (
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    kind TEXT NOT NULL,
    cue TEXT,
    speaker_id INTEGER REFERENCES name (id),
    mention TEXT,
    role TEXT,
    organization_id INTEGER REFERENCES name (id),
    type TEXT,
    voice TEXT,
    utterance INTEGER,                       -- ties the pieces of one utterance
    confidence REAL NOT NULL,
    reason TEXT NOT NULL,
    engine INTEGER NOT NULL,
    PRIMARY KEY (article_id, n)
) WITHOUT ROWID;
CREATE INDEX quote_speaker ON quote (speaker_id) WHERE speaker_id IS NOT NULL;
CREATE INDEX quote_organization ON quote (organization_id) WHERE organization_id IS NOT NULL;

-- What was done, newest last, with the operations that take it back (JSON).
CREATE TABLE action (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL,
    at INTEGER NOT NULL,
    inverse TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE tally (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO tally (name, value) VALUES ('saved', 0);

-- Counts -----------------------------------------------------------------------------------------------------------

CREATE TRIGGER article_added AFTER INSERT ON article WHEN new.live = 1 BEGIN
    UPDATE section SET total = total + 1, unread = unread + (new.read = 0) WHERE id = new.section_id;
    UPDATE source SET total = total + 1, unread = unread + (new.read = 0) WHERE id = new.source_id;
    UPDATE tally SET value = value + 1 WHERE name = 'saved' AND new.saved_at IS NOT NULL;
END;

CREATE TRIGGER article_deleted AFTER DELETE ON article WHEN old.live = 1 BEGIN
    UPDATE section SET total = total - 1, unread = unread - (old.read = 0) WHERE id = old.section_id;
    UPDATE source SET total = total - 1, unread = unread - (old.read = 0) WHERE id = old.source_id;
    UPDATE tally SET value = value - 1 WHERE name = 'saved' AND old.saved_at IS NOT NULL;
END;

-- The two update triggers of `read` exclude each other and together cover every change of a live article.
CREATE TRIGGER article_marked AFTER UPDATE OF read ON article
WHEN old.live = 1 AND new.live = 1 AND old.section_id = new.section_id AND old.source_id = new.source_id
    AND old.read <> new.read BEGIN
    UPDATE section SET unread = unread + old.read - new.read WHERE id = new.section_id;
    UPDATE source SET unread = unread + old.read - new.read WHERE id = new.source_id;
END;

CREATE TRIGGER article_moved AFTER UPDATE OF live, section_id, source_id ON article
WHEN (old.live = 1 OR new.live = 1)
    AND (old.live <> new.live OR old.section_id <> new.section_id OR old.source_id <> new.source_id) BEGIN
    UPDATE section SET total = total - 1, unread = unread - (old.read = 0) WHERE old.live = 1 AND id = old.section_id;
    UPDATE source SET total = total - 1, unread = unread - (old.read = 0) WHERE old.live = 1 AND id = old.source_id;
    UPDATE section SET total = total + 1, unread = unread + (new.read = 0) WHERE new.live = 1 AND id = new.section_id;
    UPDATE source SET total = total + 1, unread = unread + (new.read = 0) WHERE new.live = 1 AND id = new.source_id;
END;

CREATE TRIGGER article_saved_changed AFTER UPDATE OF saved_at, live ON article
WHEN (old.live = 1 AND old.saved_at IS NOT NULL) <> (new.live = 1 AND new.saved_at IS NOT NULL) BEGIN
    UPDATE tally SET value = value + (new.live = 1 AND new.saved_at IS NOT NULL)
        - (old.live = 1 AND old.saved_at IS NOT NULL) WHERE name = 'saved';
END;

-- 0x5EC011E5, as in store/placing.py
PRAGMA application_id = 1589645797;
PRAGMA user_version = 1;
