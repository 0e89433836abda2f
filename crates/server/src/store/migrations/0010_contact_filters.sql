-- Custom fields with definitions, filters over the contact book, and changes of many contacts at once.

CREATE TABLE custom_fields (
    id {{uuid}} PRIMARY KEY,
    organization_id {{uuid}} NOT NULL REFERENCES organizations (id),
    version {{int}} NOT NULL DEFAULT 1,
    -- What merge fields call it; it never changes.
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL
        CHECK (kind IN ('short_text', 'long_text', 'integer', 'decimal', 'date', 'choice', 'checkbox')),
    -- A JSON list; empty but for a choice.
    choices TEXT NOT NULL,
    is_required {{int}} NOT NULL CHECK (is_required IN (0, 1)),
    is_visible {{int}} NOT NULL CHECK (is_visible IN (0, 1)),
    position {{int}} NOT NULL,
    archived {{int}} NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    created_at {{int}} NOT NULL,
    UNIQUE (organization_id, key)
) {{strict}};
CREATE INDEX custom_fields_in_order ON custom_fields (organization_id, position, id);

-- The values of contacts' custom fields, the beginning of each, to find contacts by them.
CREATE TABLE contact_values (
    department_id {{uuid}} NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    contact_id {{uuid}} NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    PRIMARY KEY (department_id, key, value, contact_id)
) {{strict}};
CREATE INDEX contact_values_of_contact ON contact_values (contact_id);
INSERT INTO contact_values (department_id, key, value, contact_id)
    SELECT department_id, key, substr(value, 1, 201), contact_id FROM {{custom_values}} AS filled;

-- Filters walk each department by itself, so that nobody's walk leads over contacts out of their scope.
CREATE INDEX contacts_of_department ON contacts (department_id, id);
CREATE INDEX contacts_of_language ON contacts (department_id, lower(language), id) WHERE language IS NOT NULL;

-- The last call of each contact that was ever called: changed by the ledger when an attempt ends.
CREATE TABLE last_calls (
    contact_id {{uuid}} PRIMARY KEY,
    department_id {{uuid}} NOT NULL,
    attempt_id {{uuid}} NOT NULL,
    -- When its sending was due.
    called_at {{int}} NOT NULL,
    outcome TEXT NOT NULL
) {{hot}};
CREATE INDEX last_calls_by_time ON last_calls (department_id, called_at, contact_id);
CREATE INDEX last_calls_by_outcome ON last_calls (department_id, outcome, called_at, contact_id);
INSERT INTO last_calls (contact_id, department_id, attempt_id, called_at, outcome)
    SELECT c.id, c.department_id, ended.id, ended.send_at, ended.outcome
      FROM (SELECT r.contact_id, a.id, a.send_at, a.outcome,
                row_number() OVER (PARTITION BY r.contact_id ORDER BY a.send_at DESC, a.id DESC) AS place
              FROM attempts a JOIN recipients r ON r.id = a.recipient_id
             WHERE a.state = 'ended' AND r.contact_id IS NOT NULL) AS ended
      JOIN contacts c ON c.id = ended.contact_id
     WHERE ended.place = 1;

-- Filters that people keep.
CREATE TABLE contact_filters (
    id {{uuid}} PRIMARY KEY,
    organization_id {{uuid}} NOT NULL REFERENCES organizations (id),
    user_id {{uuid}} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    version {{int}} NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    -- As the API takes it.
    filter TEXT NOT NULL,
    is_shared {{int}} NOT NULL CHECK (is_shared IN (0, 1)),
    created_at {{int}} NOT NULL,
    UNIQUE (user_id, name)
) {{strict}};
CREATE INDEX contact_filters_shared ON contact_filters (organization_id, name, id) WHERE is_shared = 1;

-- A change of many contacts: what is asked for, how far it is, what was refused.
CREATE TABLE contact_actions (
    id {{uuid}} PRIMARY KEY,
    organization_id {{uuid}} NOT NULL REFERENCES organizations (id),
    -- Whose departments bound it; null: the whole organization.
    member_id {{uuid}},
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    -- What is done, and to whom, as JSON.
    wish TEXT NOT NULL,
    -- Where the next unit begins, as JSON; null at the start.
    place TEXT,
    matched {{int}} NOT NULL DEFAULT 0,
    done {{int}} NOT NULL DEFAULT 0,
    changed {{int}} NOT NULL DEFAULT 0,
    -- The first ones, as JSON.
    refused TEXT NOT NULL DEFAULT '[]',
    refused_count {{int}} NOT NULL DEFAULT 0,
    note TEXT,
    -- Who works on it, and until when nobody else may.
    owner TEXT,
    lease_until {{int}} NOT NULL DEFAULT 0,
    created_by TEXT NOT NULL,
    created_at {{int}} NOT NULL,
    finished_at {{int}},
    CHECK (done >= changed + refused_count),
    CHECK ((state = 'running') = (finished_at IS NULL))
) {{hot}};
CREATE INDEX contact_actions_running ON contact_actions (organization_id, id) WHERE state = 'running';
