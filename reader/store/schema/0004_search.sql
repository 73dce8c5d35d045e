-- What the query language asks for besides title, author and text: who says it, the words of quotes, tags.

-- The full-text tables are filled by the program and not by triggers, in which SQLite takes them for unsafe.

-- Names of speakers and organisations by their words; names are never changed nor taken out.
CREATE VIRTUAL TABLE named USING fts5 (name, content = '', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO named (rowid, name) SELECT id, name FROM name;

-- One row a quote, under article_id * 65536 + n. It keeps its words, so that a quote can go without anybody knowing what
-- they were. Older articles come into it with the other indexes of quotes (article.cited).
CREATE VIRTUAL TABLE quoted USING fts5 (words, role, tokenize = 'unicode61 remove_diacritics 2');

-- Tags by article; `article.tags` is what lists show. `own`: 1 given by the reader or a rule, 0 stated by the source.
CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE tagged (
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    own INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tag_id, article_id)
) WITHOUT ROWID;
CREATE INDEX tagged_article ON tagged (article_id, own);

CREATE TRIGGER article_tagged AFTER INSERT ON article WHEN new.tags IS NOT NULL BEGIN
    INSERT OR IGNORE INTO tag (name) SELECT value FROM json_each(new.tags);
    INSERT OR IGNORE INTO tagged (tag_id, article_id)
    SELECT tag.id, new.id FROM json_each(new.tags) AS one JOIN tag ON tag.name = one.value;
END;
CREATE TRIGGER article_retagged AFTER UPDATE OF tags ON article WHEN new.tags IS NOT old.tags BEGIN
    INSERT OR IGNORE INTO tag (name) SELECT value FROM json_each(coalesce(new.tags, '[]'));
    DELETE FROM tagged WHERE article_id = new.id AND tag_id NOT IN
        (SELECT tag.id FROM json_each(coalesce(new.tags, '[]')) AS one JOIN tag ON tag.name = one.value);
    INSERT OR IGNORE INTO tagged (tag_id, article_id)
    SELECT tag.id, new.id FROM json_each(coalesce(new.tags, '[]')) AS one JOIN tag ON tag.name = one.value;
END;
INSERT OR IGNORE INTO tag (name) SELECT one.value FROM article AS a, json_each(a.tags) AS one WHERE a.tags IS NOT NULL;
INSERT OR IGNORE INTO tagged (tag_id, article_id)
SELECT tag.id, a.id FROM article AS a, json_each(a.tags) AS one JOIN tag ON tag.name = one.value
WHERE a.tags IS NOT NULL;

PRAGMA user_version = 4;
