-- The same in half the room. Texts and full-text indexes are moved article by article afterwards (store/moving.py): until
-- then `search` and `quoted` answer for articles whose `indexed` is 1, `article_words` and `quote_words` for those where it
-- is 2. (No table is renamed: SQLite 3.40 leaves a statement of its own open then.)

-- What the source gave, packed with the text that was made of it. `raw` holds what is not derived yet.
ALTER TABLE body ADD COLUMN raw BLOB;

-- The longest column first: FTS5 says the number of every other one again for each word of each article.
CREATE VIRTUAL TABLE article_words USING fts5 (
    text, title, author, content = '', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE INDEX article_before ON article (indexed) WHERE indexed = 1;

-- One row a quote, under article_id * 4096 + n; its words are text[start:stop] of the article, and not here.
CREATE VIRTUAL TABLE quote_words USING fts5 (
    words, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);

-- Words that many quotes share: roles, cues, reasons; and the roles by their words. Never changed nor taken out.
CREATE TABLE phrase (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);
INSERT OR IGNORE INTO phrase (text) SELECT DISTINCT cue FROM quote WHERE cue IS NOT NULL;
INSERT OR IGNORE INTO phrase (text) SELECT DISTINCT reason FROM quote;
INSERT OR IGNORE INTO phrase (text) SELECT DISTINCT role FROM quote WHERE role IS NOT NULL;
CREATE VIRTUAL TABLE phrased USING fts5 (text, content = '', tokenize = 'unicode61 remove_diacritics 2');

-- Numbers for kinds, types and voices are those of store/quote_columns.py. `mention` '' is the speaker's name itself,
-- NULL none; `confidence` is in ten-thousandths.
CREATE TABLE quote_before AS SELECT * FROM quote ORDER BY article_id, n;
DROP TABLE quote;
CREATE TABLE quote (
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    cue_id INTEGER,
    speaker_id INTEGER,
    mention TEXT,
    role_id INTEGER,
    organization_id INTEGER,
    type INTEGER,
    voice INTEGER,
    confidence INTEGER NOT NULL,
    reason_id INTEGER,
    identity_id INTEGER,
    utterance INTEGER,                       -- ties the pieces of one utterance
    hidden INTEGER NOT NULL DEFAULT 0,
    kept INTEGER NOT NULL DEFAULT 0,         -- 1: only the reader's word says that it is there
    found TEXT,                              -- the engine's speaker of a corrected quote (JSON)
    PRIMARY KEY (article_id, n)
) WITHOUT ROWID;
INSERT INTO quote (article_id, n, start, stop, kind, cue_id, speaker_id, mention, role_id, organization_id, type, voice,
    confidence, reason_id, identity_id, utterance, hidden, kept, found)
SELECT q.article_id, q.n, q.start, q.stop,
    CASE q.kind WHEN 'direct' THEN 1 WHEN 'mixed' THEN 2 WHEN 'indirect' THEN 3 ELSE 0 END,
    cue.id, q.speaker_id, CASE WHEN q.mention = '' THEN NULL WHEN q.mention = s.name THEN '' ELSE q.mention END,
    role.id, q.organization_id,
    CASE q.type WHEN 'person' THEN 1 WHEN 'organization' THEN 2 WHEN 'group' THEN 3 WHEN 'anonymous' THEN 4 END,
    CASE q.voice WHEN 'expert' THEN 1 WHEN 'official' THEN 2 WHEN 'company' THEN 3 WHEN 'adversary' THEN 4
        WHEN 'other' THEN 5 END,
    CAST(round(q.confidence * 10000) AS INTEGER), reason.id, q.identity_id, q.utterance, q.hidden, q.kept, q.found
FROM quote_before AS q LEFT JOIN name AS s ON s.id = q.speaker_id LEFT JOIN phrase AS cue ON cue.text = q.cue
    LEFT JOIN phrase AS role ON role.text = q.role LEFT JOIN phrase AS reason ON reason.text = q.reason
ORDER BY q.rowid;
DROP TABLE quote_before;
CREATE INDEX quote_speaker ON quote (speaker_id) WHERE speaker_id IS NOT NULL;
CREATE INDEX quote_organization ON quote (organization_id) WHERE organization_id IS NOT NULL;
CREATE INDEX quote_role ON quote (role_id) WHERE role_id IS NOT NULL;
CREATE INDEX quote_hidden ON quote (article_id) WHERE hidden = 1;

-- Hashes of 32 bits, and places as in `quote_words`. What an article had is known from its quotes; a row that is left over
-- does no harm, as what meets is compared.
CREATE TABLE shingle_before AS SELECT hash >> 32 AS hash, article_id * 4096 + n AS place FROM shingle WHERE n < 4096;
DROP TABLE shingle;
CREATE TABLE shingle (
    hash INTEGER NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (hash, place)
) WITHOUT ROWID;
INSERT OR IGNORE INTO shingle (hash, place) SELECT hash, place FROM shingle_before ORDER BY hash, place;
DROP TABLE shingle_before;

-- Somebody of one article only is alone in his bucket: '' then, and his key says the same.
DROP INDEX identity_bucket;
UPDATE identity SET bucket = '' WHERE bucket = key AND key GLOB 'article *';
CREATE INDEX identity_bucket ON identity (bucket) WHERE bucket <> '';

-- Roles by `phrase`, organisations by `name`, voices by number. Kinds of facts: 1 role, 2 organisation, 3 voice, 4 outlet
-- (the id of its source).
CREATE TABLE appearance_before AS SELECT * FROM appearance ORDER BY article_id, identity_id;
DROP TABLE appearance;
CREATE TABLE appearance (
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    identity_id INTEGER NOT NULL REFERENCES identity (id),
    expert_id INTEGER NOT NULL REFERENCES expert (id),
    source_id INTEGER NOT NULL,
    date INTEGER NOT NULL,                   -- article.sort_date
    live INTEGER NOT NULL,                   -- article.live = 1
    quotes INTEGER NOT NULL,
    role_id INTEGER,
    organization_id INTEGER,
    voice INTEGER,
    PRIMARY KEY (article_id, identity_id)
) WITHOUT ROWID;
INSERT OR IGNORE INTO phrase (text) SELECT DISTINCT role FROM appearance_before WHERE role IS NOT NULL;
INSERT INTO phrased (rowid, text) SELECT id, text FROM phrase;
INSERT OR IGNORE INTO name (name, fold) SELECT DISTINCT organization, lower(organization) FROM appearance_before
WHERE organization IS NOT NULL;
INSERT INTO named (rowid, name) SELECT id, name FROM name WHERE id NOT IN (SELECT id FROM named_docsize);
INSERT INTO name_part (rowid, fold) SELECT id, fold FROM name WHERE id NOT IN (SELECT id FROM name_part_docsize);
INSERT INTO appearance (article_id, identity_id, expert_id, source_id, date, live, quotes, role_id, organization_id,
    voice)
SELECT a.article_id, a.identity_id, a.expert_id, a.source_id, a.date, a.live, a.quotes, role.id, o.id,
    CASE a.voice WHEN 'expert' THEN 1 WHEN 'official' THEN 2 WHEN 'company' THEN 3 WHEN 'adversary' THEN 4
        WHEN 'other' THEN 5 END
FROM appearance_before AS a LEFT JOIN phrase AS role ON role.text = a.role LEFT JOIN name AS o ON o.name = a.organization
ORDER BY a.rowid;
DROP TABLE appearance_before;
CREATE INDEX appearance_expert ON appearance (expert_id, live, date DESC, article_id DESC, identity_id);
CREATE INDEX appearance_identity ON appearance (identity_id);

DROP TABLE expert_fact;
CREATE TABLE expert_fact (
    expert_id INTEGER NOT NULL REFERENCES expert (id) ON DELETE CASCADE,
    kind INTEGER NOT NULL,
    value INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (expert_id, kind, value)
) WITHOUT ROWID;
INSERT INTO expert_fact (expert_id, kind, value, articles)
SELECT expert_id, kind, value, count(*) FROM (
    SELECT expert_id, 1 AS kind, role_id AS value FROM appearance WHERE live = 1 AND role_id IS NOT NULL
    UNION ALL SELECT expert_id, 2, organization_id FROM appearance WHERE live = 1 AND organization_id IS NOT NULL
    UNION ALL SELECT expert_id, 3, voice FROM appearance WHERE live = 1 AND voice IS NOT NULL
    UNION ALL SELECT expert_id, 4, source_id FROM appearance WHERE live = 1
) GROUP BY expert_id, kind, value;

CREATE TRIGGER appearance_added AFTER INSERT ON appearance WHEN new.live = 1 BEGIN
    UPDATE expert SET quotes = quotes + new.quotes,
        articles = articles + NOT EXISTS (SELECT 1 FROM appearance AS other WHERE other.article_id = new.article_id
            AND +other.expert_id = new.expert_id AND +other.live = 1 AND other.identity_id <> new.identity_id),
        first_seen = min(coalesce(first_seen, new.date), new.date),
        last_seen = max(coalesce(last_seen, new.date), new.date)
    WHERE id = new.expert_id;
    INSERT INTO expert_fact (expert_id, kind, value, articles)
    SELECT new.expert_id, fact.kind, fact.value, 1 FROM (
        SELECT 1 AS kind, new.role_id AS value UNION ALL SELECT 2, new.organization_id
        UNION ALL SELECT 3, new.voice UNION ALL SELECT 4, new.source_id
    ) AS fact WHERE fact.value IS NOT NULL
    ON CONFLICT (expert_id, kind, value) DO UPDATE SET articles = articles + 1;
END;

CREATE TRIGGER appearance_gone AFTER DELETE ON appearance WHEN old.live = 1 BEGIN
    UPDATE expert SET quotes = quotes - old.quotes,
        articles = articles - NOT EXISTS (SELECT 1 FROM appearance AS other WHERE other.article_id = old.article_id
            AND +other.expert_id = old.expert_id AND +other.live = 1 AND other.identity_id <> old.identity_id),
        first_seen = CASE WHEN first_seen < old.date THEN first_seen ELSE
            (SELECT min(date) FROM appearance WHERE expert_id = old.expert_id AND live = 1) END,
        last_seen = CASE WHEN last_seen > old.date THEN last_seen ELSE
            (SELECT max(date) FROM appearance WHERE expert_id = old.expert_id AND live = 1) END
    WHERE id = old.expert_id;
    UPDATE expert_fact SET articles = articles - 1 WHERE expert_id = old.expert_id AND (kind, value) IN (VALUES
        (1, old.role_id), (2, old.organization_id), (3, old.voice), (4, old.source_id));
    DELETE FROM expert_fact WHERE expert_id = old.expert_id AND articles = 0 AND (kind, value) IN (VALUES
        (1, old.role_id), (2, old.organization_id), (3, old.voice), (4, old.source_id));
END;

CREATE TRIGGER appearance_leaves BEFORE UPDATE ON appearance WHEN old.live = 1 BEGIN
    UPDATE expert SET quotes = quotes - old.quotes,
        articles = articles - NOT EXISTS (SELECT 1 FROM appearance AS other WHERE other.article_id = old.article_id
            AND +other.expert_id = old.expert_id AND +other.live = 1 AND other.identity_id <> old.identity_id)
    WHERE id = old.expert_id;
    UPDATE expert_fact SET articles = articles - 1 WHERE expert_id = old.expert_id AND (kind, value) IN (VALUES
        (1, old.role_id), (2, old.organization_id), (3, old.voice), (4, old.source_id));
    DELETE FROM expert_fact WHERE expert_id = old.expert_id AND articles = 0 AND (kind, value) IN (VALUES
        (1, old.role_id), (2, old.organization_id), (3, old.voice), (4, old.source_id));
END;

CREATE TRIGGER appearance_arrives AFTER UPDATE ON appearance BEGIN
    UPDATE expert SET first_seen = (SELECT min(date) FROM appearance WHERE expert_id = old.expert_id AND live = 1),
        last_seen = (SELECT max(date) FROM appearance WHERE expert_id = old.expert_id AND live = 1)
    WHERE id = old.expert_id AND old.live = 1;
    UPDATE expert SET quotes = quotes + new.quotes,
        articles = articles + NOT EXISTS (SELECT 1 FROM appearance AS other WHERE other.article_id = new.article_id
            AND +other.expert_id = new.expert_id AND +other.live = 1 AND other.identity_id <> new.identity_id),
        first_seen = min(coalesce(first_seen, new.date), new.date),
        last_seen = max(coalesce(last_seen, new.date), new.date)
    WHERE id = new.expert_id AND new.live = 1;
    INSERT INTO expert_fact (expert_id, kind, value, articles)
    SELECT new.expert_id, fact.kind, fact.value, 1 FROM (
        SELECT 1 AS kind, new.role_id AS value UNION ALL SELECT 2, new.organization_id
        UNION ALL SELECT 3, new.voice UNION ALL SELECT 4, new.source_id
    ) AS fact WHERE fact.value IS NOT NULL AND new.live = 1
    ON CONFLICT (expert_id, kind, value) DO UPDATE SET articles = articles + 1;
END;

PRAGMA user_version = 11;
