-- One article for one address, however many sources give it.

-- Articles by what their addresses have in common (text/canonical.py), as a fingerprint. `own`: 0 the source states
-- no id for it but its address; 1 it does; 2 the source gave several articles under this address, which says nothing then.
CREATE TABLE address (
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    own INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;

-- The other sources of an article: `article.source_id` is the one whose words and whose section it has, and
-- `article.shared` counts these. `section_id` is the section it would have if this source were the first; `sort_date` is
-- the article's, so that the list of a source is read in its order.
CREATE TABLE also (
    source_id INTEGER NOT NULL REFERENCES source (id),
    sort_date INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id),
    section_id INTEGER NOT NULL REFERENCES section (id),
    PRIMARY KEY (source_id, sort_date DESC, article_id DESC)
) WITHOUT ROWID;
CREATE UNIQUE INDEX also_article ON also (article_id, source_id);
ALTER TABLE article ADD COLUMN shared INTEGER NOT NULL DEFAULT 0;

-- Ids of articles that turned out to be another one.
CREATE TABLE alias (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL
);

-- A source counts what it gives first and what it also gives.
CREATE TRIGGER also_added AFTER INSERT ON also BEGIN
    UPDATE article SET shared = shared + 1 WHERE id = new.article_id;
    UPDATE source SET total = total + 1, unread = unread + (SELECT read = 0 FROM article WHERE id = new.article_id)
    WHERE id = new.source_id AND (SELECT live FROM article WHERE id = new.article_id) = 1;
END;
CREATE TRIGGER also_gone AFTER DELETE ON also BEGIN
    UPDATE article SET shared = shared - 1 WHERE id = old.article_id;
    UPDATE source SET total = total - 1, unread = unread - (SELECT read = 0 FROM article WHERE id = old.article_id)
    WHERE id = old.source_id AND (SELECT live FROM article WHERE id = old.article_id) = 1;
END;
CREATE TRIGGER also_marked AFTER UPDATE OF read ON article
WHEN new.shared > 0 AND old.live = 1 AND new.live = 1 AND old.read <> new.read BEGIN
    UPDATE source SET unread = unread + old.read - new.read
    WHERE id IN (SELECT source_id FROM also WHERE article_id = new.id);
END;
CREATE TRIGGER also_moved AFTER UPDATE OF live ON article
WHEN new.shared > 0 AND (old.live = 1) <> (new.live = 1) BEGIN
    UPDATE source SET total = total + (new.live = 1) - (old.live = 1),
        unread = unread + (new.live = 1 AND new.read = 0) - (old.live = 1 AND old.read = 0)
    WHERE id IN (SELECT source_id FROM also WHERE article_id = new.id);
END;
CREATE TRIGGER also_dated AFTER UPDATE OF sort_date ON article
WHEN new.shared > 0 AND old.sort_date <> new.sort_date BEGIN
    UPDATE also SET sort_date = new.sort_date WHERE article_id = new.id;
END;
CREATE TRIGGER also_deleted AFTER DELETE ON article WHEN old.shared > 0 BEGIN
    UPDATE source SET total = total - (old.live = 1), unread = unread - (old.live = 1 AND old.read = 0)
    WHERE id IN (SELECT source_id FROM also WHERE article_id = old.id);
    DELETE FROM also WHERE article_id = old.id;
END;

-- What is there already is looked through in the background, in the order of `entry` (service/sharing.py).
INSERT INTO setting (key, value) SELECT 'sharing', '{"entry":[0,""]}' WHERE EXISTS (SELECT 1 FROM article WHERE id > 0);

PRAGMA user_version = 12;
