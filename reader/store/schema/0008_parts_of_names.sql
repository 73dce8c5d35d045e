-- Names by any part of them: every three characters in a row of `name.fold`. Without positions, which takes half the room;
-- what it finds is compared with the name itself (store/naming.py). Names are never changed nor taken out.
CREATE VIRTUAL TABLE name_part USING fts5 (fold, content = '', detail = none, tokenize = 'trigram case_sensitive 1');
INSERT INTO name_part (rowid, fold) SELECT id, fold FROM name;

-- Whose names these are.
CREATE INDEX identity_fold ON identity (fold);

PRAGMA user_version = 8;
