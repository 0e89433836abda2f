-- Lists: how contacts are searched and tagged, imports of files, and the library of recordings.

-- A zone that the person stated replaces what the number lets one guess; one from a list only adds to it.
ALTER TABLE contacts ADD COLUMN timezone_is TEXT CHECK (timezone_is IN ('stated', 'imported'));

-- A search reads this index alone, newest first. It begins like the one it replaces.
CREATE INDEX contacts_search ON contacts (organization_id, id, department_id, search);
DROP INDEX contacts_of_organization;

CREATE TABLE contact_tags (
    organization_id {{uuid}} NOT NULL,
    -- In lower case.
    tag TEXT NOT NULL,
    contact_id {{uuid}} NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    PRIMARY KEY (organization_id, tag, contact_id)
) {{strict}};
CREATE INDEX contact_tags_of_contact ON contact_tags (contact_id);

-- Who was enrolled by an import may leave with it.
ALTER TABLE recipients ADD COLUMN import_id {{uuid}};
CREATE INDEX recipients_of_import ON recipients (import_id, id) WHERE import_id IS NOT NULL;

-- A list that somebody brought. The file lies in the data folder under the row's id.
CREATE TABLE imports (
    id {{uuid}} PRIMARY KEY,
    organization_id {{uuid}} NOT NULL REFERENCES organizations (id),
    department_id {{uuid}} NOT NULL REFERENCES departments (id),
    state TEXT NOT NULL CHECK (state IN ('uploaded', 'validated', 'running', 'done', 'failed')),
    source TEXT NOT NULL,
    file_name TEXT NOT NULL,
    bytes {{int}} NOT NULL,
    -- How it is read: encoding, delimiter, header, first rows.
    shape TEXT NOT NULL,
    rows {{int}} NOT NULL,
    -- What was asked for: mapping, country, duplicates, campaign, tags, mode; null before the commit.
    wish TEXT,
    campaign_id {{uuid}},
    -- In a strict import: every row was looked at and none is bad.
    checked {{int}} NOT NULL DEFAULT 0 CHECK (checked IN (0, 1)),
    done {{int}} NOT NULL DEFAULT 0,
    imported {{int}} NOT NULL DEFAULT 0,
    updated {{int}} NOT NULL DEFAULT 0,
    skipped {{int}} NOT NULL DEFAULT 0,
    rejected {{int}} NOT NULL DEFAULT 0,
    -- Why it failed, or what a person should know.
    note TEXT,
    -- Who works on it, and until when nobody else may.
    owner TEXT,
    lease_until {{int}} NOT NULL DEFAULT 0,
    undo TEXT CHECK (undo IN ('running', 'done')),
    recipients_removed {{int}} NOT NULL DEFAULT 0,
    contacts_removed {{int}} NOT NULL DEFAULT 0,
    -- Recipients up to this one have been looked at by the undo.
    undone_to {{uuid}},
    created_by TEXT NOT NULL,
    created_at {{int}} NOT NULL,
    started_at {{int}},
    finished_at {{int}},
    CHECK (done = imported + updated + skipped + rejected),
    CHECK (state NOT IN ('done', 'failed') OR done = rows),
    CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL))
) {{hot}};
CREATE INDEX imports_of_organization ON imports (organization_id, id);
CREATE INDEX imports_with_list ON imports (created_at) WHERE bytes > 0;
CREATE INDEX imports_running ON imports (id) WHERE state = 'running';
CREATE INDEX imports_undoing ON imports (id) WHERE undo = 'running';
CREATE INDEX imports_into_campaign ON imports (campaign_id) WHERE state = 'running';

-- Recordings that messages play. A row without its last piece is not shown and is swept.
CREATE TABLE audio (
    id {{uuid}} PRIMARY KEY,
    organization_id {{uuid}} NOT NULL REFERENCES organizations (id),
    department_id {{uuid}} NOT NULL REFERENCES departments (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL CHECK (media_type IN ('audio/mpeg', 'audio/wav')),
    bytes {{int}} NOT NULL,
    -- SHA-256 of the file, in hexadecimal digits.
    hash TEXT NOT NULL,
    duration_ms {{int}} NOT NULL,
    sample_rate {{int}} NOT NULL,
    channels {{int}} NOT NULL,
    loudness_dbfs {{real}} NOT NULL,
    is_stored {{int}} NOT NULL DEFAULT 0 CHECK (is_stored IN (0, 1)),
    created_by TEXT NOT NULL,
    created_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX audio_of_organization ON audio (organization_id, id);

-- The file in pieces, so that no write of it lasts long and any node can serve it.
CREATE TABLE audio_pieces (
    audio_id {{uuid}} NOT NULL REFERENCES audio (id) ON DELETE CASCADE,
    number {{int}} NOT NULL,
    bytes {{bytes}} NOT NULL,
    PRIMARY KEY (audio_id, number)
) {{strict}};
