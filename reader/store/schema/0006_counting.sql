-- Articles that come by the document are counted and tagged by the document (store/inserting.py): the triggers of single
-- articles cost as much as everything else about storing them. They rest while `by hand` is 1, which is only ever so
-- within one transaction.
INSERT INTO tally (name, value) VALUES ('by hand', 0);

DROP TRIGGER article_added;
CREATE TRIGGER article_added AFTER INSERT ON article
WHEN new.live = 1 AND (SELECT value FROM tally WHERE name = 'by hand') = 0 BEGIN
    UPDATE section SET total = total + 1, unread = unread + (new.read = 0) WHERE id = new.section_id;
    UPDATE source SET total = total + 1, unread = unread + (new.read = 0) WHERE id = new.source_id;
END;

DROP TRIGGER article_tagged;
CREATE TRIGGER article_tagged AFTER INSERT ON article
WHEN new.tags IS NOT NULL AND (SELECT value FROM tally WHERE name = 'by hand') = 0 BEGIN
    INSERT OR IGNORE INTO tag (name) SELECT value FROM json_each(new.tags);
    INSERT OR IGNORE INTO tagged (tag_id, article_id)
    SELECT tag.id, new.id FROM json_each(new.tags) AS one JOIN tag ON tag.name = one.value;
END;

PRAGMA user_version = 6;
