-- What readers know better about quotes, who speaks across articles, and which words are printed again and again.

-- A correction belongs to an article and to words in it, not to a row of `quote`: those are written anew whenever the
-- article is read by a newer engine. `quote` is the quote as the engine gave it when the reader spoke (JSON).
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    quote TEXT NOT NULL,
    speaker TEXT,                            -- JSON: who said it; 'null': nobody knows; NULL: the engine is right
    hidden INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX correction_article ON correction (article_id);

-- An expert is somebody who speaks in articles; counts are of articles everybody may see, kept by the triggers below.
CREATE TABLE expert (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    quotes INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    first_seen INTEGER,
    last_seen INTEGER
);
CREATE INDEX expert_rank ON expert (quotes DESC, id DESC) WHERE quotes > 0;

-- What evidence can tell apart: a name together with an organisation, or a speaker of one article only. Those of one
-- `bucket` may be the same expert; `form` is what makes them differ in it ("" for none). store/identities.py says more.
CREATE TABLE identity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    bucket TEXT NOT NULL,
    form TEXT NOT NULL,
    name TEXT NOT NULL,
    fold TEXT NOT NULL,
    expert_id INTEGER NOT NULL REFERENCES expert (id),
    pinned INTEGER NOT NULL DEFAULT 0        -- 1: the reader has said whose it is; evidence no longer moves it
);
CREATE INDEX identity_bucket ON identity (bucket);
CREATE INDEX identity_expert ON identity (expert_id);

-- Articles that the reader has told apart by hand: who is called `stem` there is the identity of this form.
CREATE TABLE apart (
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    stem TEXT NOT NULL,
    form TEXT NOT NULL,
    PRIMARY KEY (article_id, stem)
) WITHOUT ROWID;

CREATE TABLE appearance (
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    identity_id INTEGER NOT NULL REFERENCES identity (id),
    expert_id INTEGER NOT NULL REFERENCES expert (id),
    source_id INTEGER NOT NULL,
    date INTEGER NOT NULL,                   -- article.sort_date
    live INTEGER NOT NULL,                   -- article.live = 1
    quotes INTEGER NOT NULL,
    role TEXT,
    organization TEXT,
    voice TEXT,
    PRIMARY KEY (article_id, identity_id)
) WITHOUT ROWID;
CREATE INDEX appearance_expert ON appearance (expert_id, live, date DESC, article_id DESC, identity_id);
CREATE INDEX appearance_identity ON appearance (identity_id);

-- In how many articles an expert has a role, an organisation, a voice, an outlet (the id of its source).
CREATE TABLE expert_fact (
    expert_id INTEGER NOT NULL REFERENCES expert (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    value NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (expert_id, kind, value)
) WITHOUT ROWID;

-- The words by which experts are found: of names, roles and organisations.
CREATE TABLE expert_word (
    word TEXT NOT NULL,
    expert_id INTEGER NOT NULL REFERENCES expert (id) ON DELETE CASCADE,
    PRIMARY KEY (word, expert_id)
) WITHOUT ROWID;
CREATE INDEX expert_word_expert ON expert_word (expert_id);

-- Hashes of runs of words, by which the same words are found again; store/recycled.py says which.
CREATE TABLE shingle (
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id, n)
) WITHOUT ROWID;
CREATE INDEX shingle_article ON shingle (article_id);

-- `found`: the engine's speaker of a corrected quote (JSON); `kept`: only the reader's word says that it is there.
ALTER TABLE quote ADD COLUMN identity_id INTEGER REFERENCES identity (id);
ALTER TABLE quote ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quote ADD COLUMN found TEXT;
ALTER TABLE quote ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
CREATE INDEX quote_identity ON quote (identity_id) WHERE identity_id IS NOT NULL;
CREATE INDEX quote_hidden ON quote (article_id) WHERE hidden = 1;

-- The edition of the index of experts and of words that holds the article's quotes; 0: none yet.
ALTER TABLE article ADD COLUMN cited INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_cited ON article (cited, sort_date DESC, id DESC) WHERE quote_count > 0;

-- Counts of experts ---------------------------------------------------------------------------------------------------
-- One expert may appear in an article under two names that the reader has brought together; it is one article all the
-- same, which is what EXISTS is for; its plus signs keep SQLite from going through all articles of the expert.

CREATE TRIGGER appearance_added AFTER INSERT ON appearance WHEN new.live = 1 BEGIN
    UPDATE expert SET quotes = quotes + new.quotes,
        articles = articles + NOT EXISTS (SELECT 1 FROM appearance AS other WHERE other.article_id = new.article_id
            AND +other.expert_id = new.expert_id AND +other.live = 1 AND other.identity_id <> new.identity_id),
        first_seen = min(coalesce(first_seen, new.date), new.date),
        last_seen = max(coalesce(last_seen, new.date), new.date)
    WHERE id = new.expert_id;
    INSERT INTO expert_fact (expert_id, kind, value, articles)
    SELECT new.expert_id, fact.kind, fact.value, 1 FROM (
        SELECT 'role' AS kind, new.role AS value UNION ALL SELECT 'organization', new.organization
        UNION ALL SELECT 'voice', new.voice UNION ALL SELECT 'outlet', new.source_id
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
        ('role', old.role), ('organization', old.organization), ('voice', old.voice), ('outlet', old.source_id));
    DELETE FROM expert_fact WHERE expert_id = old.expert_id AND articles = 0 AND (kind, value) IN (VALUES
        ('role', old.role), ('organization', old.organization), ('voice', old.voice), ('outlet', old.source_id));
END;

-- An article leaves or comes back, moves in time: its appearances follow, as a row taken out and one put in.
CREATE TRIGGER article_reappears AFTER UPDATE OF live, sort_date, source_id ON article
WHEN (old.live = 1) <> (new.live = 1) OR old.sort_date <> new.sort_date OR old.source_id <> new.source_id BEGIN
    UPDATE appearance SET live = new.live = 1, date = new.sort_date, source_id = new.source_id
    WHERE article_id = new.id;
END;

CREATE TRIGGER appearance_leaves BEFORE UPDATE ON appearance WHEN old.live = 1 BEGIN
    UPDATE expert SET quotes = quotes - old.quotes,
        articles = articles - NOT EXISTS (SELECT 1 FROM appearance AS other WHERE other.article_id = old.article_id
            AND +other.expert_id = old.expert_id AND +other.live = 1 AND other.identity_id <> old.identity_id)
    WHERE id = old.expert_id;
    UPDATE expert_fact SET articles = articles - 1 WHERE expert_id = old.expert_id AND (kind, value) IN (VALUES
        ('role', old.role), ('organization', old.organization), ('voice', old.voice), ('outlet', old.source_id));
    DELETE FROM expert_fact WHERE expert_id = old.expert_id AND articles = 0 AND (kind, value) IN (VALUES
        ('role', old.role), ('organization', old.organization), ('voice', old.voice), ('outlet', old.source_id));
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
        SELECT 'role' AS kind, new.role AS value UNION ALL SELECT 'organization', new.organization
        UNION ALL SELECT 'voice', new.voice UNION ALL SELECT 'outlet', new.source_id
    ) AS fact WHERE fact.value IS NOT NULL AND new.live = 1
    ON CONFLICT (expert_id, kind, value) DO UPDATE SET articles = articles + 1;
END;

PRAGMA user_version = 2;
