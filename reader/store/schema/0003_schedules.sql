-- What a reader sets for one source, what its feed asks for, and dates that are only those of files.

-- `interval` in seconds (NULL: the usual), `headers` a JSON object that may hold secrets, `polling` a JSON list of
-- seconds, hours and days, `moved_to` the address that the source gave once as its new one for good.
ALTER TABLE source ADD COLUMN interval INTEGER;
ALTER TABLE source ADD COLUMN full_text INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN headers TEXT;
ALTER TABLE source ADD COLUMN polling TEXT;
ALTER TABLE source ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';

-- 'mtime': the file states no date, so `published` is when it was last changed.
ALTER TABLE article ADD COLUMN dated_by TEXT NOT NULL DEFAULT '';

-- New articles come by the thousand and are never saved yet: what is only true of saved ones has its own trigger.
DROP TRIGGER article_added;
CREATE TRIGGER article_added AFTER INSERT ON article WHEN new.live = 1 BEGIN
    UPDATE section SET total = total + 1, unread = unread + (new.read = 0) WHERE id = new.section_id;
    UPDATE source SET total = total + 1, unread = unread + (new.read = 0) WHERE id = new.source_id;
END;
CREATE TRIGGER article_added_saved AFTER INSERT ON article WHEN new.live = 1 AND new.saved_at IS NOT NULL BEGIN
    UPDATE tally SET value = value + 1 WHERE name = 'saved';
END;

PRAGMA user_version = 3;
