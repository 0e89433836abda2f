-- Taking back a long import of whom many were called: each contact is looked at once.

-- The contacts of the import up to here were looked at.
ALTER TABLE imports ADD COLUMN contacts_undone_to {{uuid}};
DROP INDEX contacts_of_import;
CREATE INDEX contacts_of_import ON contacts (import_id, id) WHERE import_id IS NOT NULL;
