-- What is done by itself to articles that a query finds. A rule whose action, query or source changes gets another
-- `version`: what it did before is then no longer its doing.
CREATE TABLE rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    place INTEGER NOT NULL,
    action TEXT NOT NULL,                    -- hide, read, tag, save, section, notify
    value TEXT NOT NULL,                     -- the tag or the section
    query TEXT NOT NULL,
    source_id INTEGER,                       -- NULL: in every source
    enabled INTEGER NOT NULL,
    version INTEGER NOT NULL
);

-- What each rule has acted on, so that nothing is done twice. An article is hidden (`live` 0) while a rule that hides
-- and is enabled stands here with its present version, unless it is saved.
CREATE TABLE ruled (
    rule_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    PRIMARY KEY (rule_id, version, article_id)
) WITHOUT ROWID;
CREATE INDEX ruled_article ON ruled (article_id);

-- Articles whose text and quotes are known since, and which no rule has looked at yet.
CREATE TABLE unruled (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE
);
CREATE TRIGGER article_to_rule AFTER UPDATE OF engine ON article
WHEN old.engine = 0 AND new.engine > 0 AND new.live = 1 AND EXISTS (SELECT 1 FROM rule WHERE enabled = 1) BEGIN
    INSERT OR IGNORE INTO unruled (article_id) VALUES (new.id);
END;

-- What is saved is never hidden, also where undo saves it again.
CREATE TRIGGER article_saved_shown AFTER UPDATE OF saved_at ON article
WHEN new.saved_at IS NOT NULL AND new.live = 0 AND EXISTS (SELECT 1 FROM ruled WHERE article_id = new.id) BEGIN
    UPDATE article SET live = 1 WHERE id = new.id;
END;

PRAGMA user_version = 10;
