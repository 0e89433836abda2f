-- Contacts that may be the same person.

-- Short numbers of a contact's keys, those of a department in a row; zero: it is like nobody. Null in rows that an earlier
-- release wrote, which are filled in the background.
ALTER TABLE contacts ADD COLUMN email_key {{int}};
ALTER TABLE contacts ADD COLUMN name_key {{int}};
CREATE INDEX contacts_by_email_key ON contacts (email_key) WHERE email_key > 0;
CREATE INDEX contacts_by_name_key ON contacts (name_key) WHERE name_key > 0;
CREATE INDEX contacts_without_keys ON contacts (id) WHERE name_key IS NULL;

-- Groups of contacts that are alike and, as a person said, different people all the same.
CREATE TABLE different_people (
    organization_id {{uuid}} NOT NULL REFERENCES organizations (id),
    likeness TEXT NOT NULL CHECK (likeness IN ('email', 'name', 'phone')),
    -- The department's id; empty when they are alike across departments.
    department TEXT NOT NULL,
    key TEXT NOT NULL,
    -- The newest of them, and how many they were: one more, and they are shown again.
    up_to {{uuid}} NOT NULL,
    contacts {{int}} NOT NULL,
    said_by TEXT NOT NULL,
    said_at {{int}} NOT NULL,
    PRIMARY KEY (organization_id, likeness, department, key)
) {{strict}};
