CREATE TABLE thoughts (
    -- AUTOINCREMENT: an id is never used again, also after the newest thought is deleted
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    username TEXT NOT NULL,
    text TEXT NOT NULL,
    -- the text, case-folded by the service: SQLite folds ASCII alone
    search_text TEXT NOT NULL,
    timestamp TIMESTAMP NOT NULL
);

-- a person's own thoughts, a page at a time
CREATE INDEX thoughts_username ON thoughts (username, id);

-- a search for three characters or more
CREATE VIRTUAL TABLE thoughts_search USING fts5 (
    search_text, content = 'thoughts', content_rowid = 'id', tokenize = 'trigram case_sensitive 1'
);
CREATE TRIGGER thoughts_inserted AFTER INSERT ON thoughts BEGIN
    INSERT INTO thoughts_search (rowid, search_text) VALUES (new.id, new.search_text);
END;
CREATE TRIGGER thoughts_deleted AFTER DELETE ON thoughts BEGIN
    INSERT INTO thoughts_search (thoughts_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
END;
