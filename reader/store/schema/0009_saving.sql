-- Whole pages, what is kept of saved articles, and notes on them.

-- Bytes as they came, once each and apart from every row: pages compressed, images as they are.
CREATE TABLE blob (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,             -- of the bytes themselves
    size INTEGER NOT NULL,
    packed INTEGER NOT NULL,                 -- 1: zlib
    content BLOB NOT NULL
);

-- The web page of an article, once its whole text was asked for. `body` holds the text that is shown. That is the page's
-- if `shown` is 1, and then `given…` is what the source gave (NULL: to be derived from `raw`).
CREATE TABLE page (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    url TEXT NOT NULL,                       -- where the page was, at the end of all redirects
    fetched INTEGER NOT NULL,
    wall TEXT NOT NULL DEFAULT '',           -- what stood in place of the article: paywall, cookies, script, captcha
    reason TEXT NOT NULL DEFAULT '',         -- a sentence: why this text is shown and not the other
    shown INTEGER NOT NULL DEFAULT 0,
    choice TEXT NOT NULL DEFAULT '',         -- 'page' or 'feed': what the reader has chosen; '': the better one
    stale INTEGER NOT NULL DEFAULT 0,        -- 1: the source has changed the article since
    title TEXT NOT NULL DEFAULT '',
    text BLOB NOT NULL,                      -- zlib; as in `body`
    layout BLOB NOT NULL,
    given_text BLOB,
    given_layout BLOB
);

-- Articles whose page is still to be fetched; what is fetched of it depends on whether the article is saved then.
CREATE TABLE wanted (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    since INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    next_try INTEGER,                        -- NULL: not again by itself
    reason TEXT NOT NULL DEFAULT ''          -- why it is still wanted
);
CREATE INDEX wanted_next ON wanted (next_try) WHERE next_try IS NOT NULL;

-- What a saved article was at one time. `kind`: 'page' fetched from the web, 'feed' as its source had given it.
CREATE TABLE capture (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    fetched INTEGER NOT NULL,                -- when these bytes came
    checked INTEGER NOT NULL,                -- when the same text was last found there
    url TEXT NOT NULL,                       -- asked for
    final_url TEXT NOT NULL,
    content_type TEXT NOT NULL DEFAULT '',
    wall TEXT NOT NULL DEFAULT '',
    blob_id INTEGER REFERENCES blob (id),    -- the bytes, NULL if none could be had
    sha256 TEXT NOT NULL DEFAULT '',
    size INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL DEFAULT '',
    text BLOB NOT NULL,                      -- zlib; as in `body`
    layout BLOB NOT NULL,
    text_sha256 TEXT NOT NULL                -- of the text in UTF-8
);
CREATE INDEX capture_article ON capture (article_id, id);
CREATE INDEX capture_blob ON capture (blob_id) WHERE blob_id IS NOT NULL;

CREATE TABLE image (
    capture_id INTEGER NOT NULL REFERENCES capture (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    url TEXT NOT NULL,
    type TEXT NOT NULL DEFAULT '',           -- as its bytes say, whatever the server said
    blob_id INTEGER REFERENCES blob (id),
    sha256 TEXT NOT NULL DEFAULT '',
    size INTEGER NOT NULL DEFAULT 0,
    problem TEXT NOT NULL DEFAULT '',        -- a sentence: why its bytes are not there
    PRIMARY KEY (capture_id, n)
) WITHOUT ROWID;
CREATE INDEX image_blob ON image (blob_id) WHERE blob_id IS NOT NULL;

-- What the reader has written about an article. A highlight has the words it is about, and where they stood.
CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    start INTEGER NOT NULL DEFAULT 0,
    made INTEGER NOT NULL,
    changed INTEGER NOT NULL
);
CREATE INDEX note_article ON note (article_id, id);

PRAGMA user_version = 9;
