-- Search at a million contacts: an index over parts of words, written in the background.

-- A contact whose words are not in the index as they are now. Written with the contact. Reaper: the indexer.
{{sqlite}}
CREATE TABLE search_pending (contact_id BLOB PRIMARY KEY, organization_id BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- A document stands for the contacts from its first id up to the next document's, as a rule one; documents are numbered
-- in the order of the ids.
CREATE TABLE search_docs (doc INTEGER PRIMARY KEY, first_id BLOB NOT NULL UNIQUE) STRICT;
INSERT INTO search_docs (doc, first_id) VALUES (1, zeroblob(16));
-- What is in each document; whatever is found is looked at again in the contact itself.
CREATE VIRTUAL TABLE search_words USING fts5 (
    tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

-- New ones are noted by a statement after the one that writes contacts: with a trigger SQLite would keep what it needs to
-- undo each row by itself, which costs an import more than the row.
CREATE TRIGGER contacts_to_index_changed AFTER UPDATE OF search, tags, department_id ON contacts
    WHEN old.search <> new.search OR old.tags <> new.tags OR old.department_id <> new.department_id
BEGIN
    INSERT INTO search_pending (contact_id, organization_id) VALUES (new.id, new.organization_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER contacts_to_index_gone AFTER DELETE ON contacts BEGIN
    INSERT INTO search_pending (contact_id, organization_id) VALUES (old.id, old.organization_id) ON CONFLICT DO NOTHING;
END;
{{postgres}}
CREATE TABLE search_pending (contact_id UUID PRIMARY KEY, organization_id UUID NOT NULL);

CREATE TABLE search_docs (doc BIGINT PRIMARY KEY, first_id UUID NOT NULL UNIQUE, tokens INT[] NOT NULL DEFAULT '{}');
INSERT INTO search_docs (doc, first_id) VALUES (1, '00000000-0000-0000-0000-000000000000');
CREATE INDEX search_docs_tokens ON search_docs USING gin (tokens) WITH (gin_pending_list_limit = 1024);

-- What is pending already is written again all the same: the indexer may just be taking it away, by what the contact
-- was before.
CREATE FUNCTION contacts_to_index() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO search_pending (contact_id, organization_id) SELECT id, organization_id FROM fresh ORDER BY id
            ON CONFLICT (contact_id) DO UPDATE SET organization_id = excluded.organization_id;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO search_pending (contact_id, organization_id)
            SELECT n.id, n.organization_id FROM fresh n JOIN stale o ON o.id = n.id
             WHERE o.search <> n.search OR o.tags <> n.tags OR o.department_id <> n.department_id ORDER BY n.id
            ON CONFLICT (contact_id) DO UPDATE SET organization_id = excluded.organization_id;
    ELSE
        INSERT INTO search_pending (contact_id, organization_id) SELECT id, organization_id FROM stale ORDER BY id
            ON CONFLICT (contact_id) DO UPDATE SET organization_id = excluded.organization_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER contacts_to_index_new AFTER INSERT ON contacts REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION contacts_to_index();
CREATE TRIGGER contacts_to_index_changed AFTER UPDATE ON contacts REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION contacts_to_index();
CREATE TRIGGER contacts_to_index_gone AFTER DELETE ON contacts REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION contacts_to_index();
{{both}}

-- The contacts that there are.
INSERT INTO search_pending (contact_id, organization_id) SELECT id, organization_id FROM contacts;
