-- Contacts are looked up by four digits in a row, too: everybody is indexed anew. A node of the release before looks for
-- document 1, and does not index beside us.

{{sqlite}}
INSERT INTO search_words (search_words) VALUES ('delete-all');
DELETE FROM search_docs;
INSERT INTO search_docs (doc, first_id) VALUES (2, zeroblob(16));
{{postgres}}
TRUNCATE search_docs;
INSERT INTO search_docs (doc, first_id) VALUES (2, '00000000-0000-0000-0000-000000000000');
{{both}}
DELETE FROM search_pending;
INSERT INTO search_pending (contact_id, organization_id) SELECT id, organization_id FROM contacts;
