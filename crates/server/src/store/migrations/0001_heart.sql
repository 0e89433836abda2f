-- The heart: organizations, people, contacts, campaigns, and the ledger of calls.
-- Instants are microseconds since 1970 in UTC; words are the domain's; JSON is text.

CREATE TABLE organizations (
    id {{uuid}} PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    version {{int}} NOT NULL DEFAULT 1,
    settings TEXT NOT NULL,
    created_at {{int}} NOT NULL
) {{strict}};

CREATE TABLE departments (
    id {{uuid}} PRIMARY KEY,
    organization_id {{uuid}} NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    version {{int}} NOT NULL DEFAULT 1,
    created_at {{int}} NOT NULL,
    UNIQUE (organization_id, name)
) {{strict}};

CREATE TABLE users (
    id {{uuid}} PRIMARY KEY,
    organization_id {{uuid}} NOT NULL REFERENCES organizations (id),
    -- Lower case; one log-in in the whole installation.
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('agent', 'manager', 'admin')),
    password_hash TEXT,
    disabled_at {{int}},
    version {{int}} NOT NULL DEFAULT 1,
    created_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX users_of_organization ON users (organization_id, email);

CREATE TABLE user_departments (
    user_id {{uuid}} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    department_id {{uuid}} NOT NULL REFERENCES departments (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, department_id)
) {{strict}};

CREATE TABLE sessions (
    -- SHA-256 of the cookie; a stolen database opens no session.
    token_hash {{bytes}} PRIMARY KEY,
    id {{uuid}} NOT NULL UNIQUE,
    user_id {{uuid}} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_agent TEXT NOT NULL DEFAULT '',
    created_at {{int}} NOT NULL,
    seen_at {{int}} NOT NULL,
    expires_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE api_tokens (
    id {{uuid}} PRIMARY KEY,
    organization_id {{uuid}} NOT NULL REFERENCES organizations (id),
    user_id {{uuid}} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    token_hash {{bytes}} NOT NULL UNIQUE,
    -- The first characters, so that people can tell tokens apart.
    hint TEXT NOT NULL,
    version {{int}} NOT NULL DEFAULT 1,
    created_at {{int}} NOT NULL,
    expires_at {{int}},
    revoked_at {{int}},
    last_used_at {{int}}
) {{strict}};
CREATE INDEX api_tokens_of_organization ON api_tokens (organization_id, created_at);

CREATE TABLE carriers (
    organization_id {{uuid}} PRIMARY KEY REFERENCES organizations (id),
    version {{int}} NOT NULL DEFAULT 1,
    account_sid TEXT NOT NULL,
    -- Sealed with the installation's key.
    auth_token_sealed TEXT,
    api_key_sid TEXT,
    api_key_secret_sealed TEXT,
    caller_ids TEXT NOT NULL DEFAULT '[]',
    twiml_app_sid TEXT,
    public_url TEXT,
    -- No call is asked for before this instant: the carrier asked for a pause or did not answer.
    backoff_until {{int}} NOT NULL DEFAULT 0,
    backoff_steps {{int}} NOT NULL DEFAULT 0,
    backoff_reason TEXT
) {{strict}};
CREATE INDEX carriers_by_account ON carriers (account_sid);

-- Rows that are locked to make rates exact: one a carrier account ('account:SID'), one a campaign with a
-- rate of its own ('campaign:ID'), one an organization ('organization:ID') that do-not-call writes take too.
CREATE TABLE limiters (
    name TEXT PRIMARY KEY,
    next_slot_at {{int}} NOT NULL DEFAULT 0
) {{hot}};

CREATE TABLE do_not_call (
    organization_id {{uuid}} NOT NULL REFERENCES organizations (id),
    phone TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at {{int}} NOT NULL,
    PRIMARY KEY (organization_id, phone)
) {{strict}};
CREATE INDEX do_not_call_by_time ON do_not_call (organization_id, added_at);

-- What was ever added or removed, by whom and why.
CREATE TABLE do_not_call_log (
    id {{identity}},
    organization_id {{uuid}} NOT NULL,
    phone TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('added', 'removed')),
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at {{int}} NOT NULL
) {{strict}};
CREATE INDEX do_not_call_log_of_phone ON do_not_call_log (organization_id, phone);

CREATE TABLE contacts (
    id {{uuid}} PRIMARY KEY,
    organization_id {{uuid}} NOT NULL REFERENCES organizations (id),
    department_id {{uuid}} NOT NULL REFERENCES departments (id),
    version {{int}} NOT NULL DEFAULT 1,
    phone TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    first_name TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    company TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]',
    timezone TEXT,
    language TEXT,
    postal_code TEXT,
    state TEXT,
    custom TEXT NOT NULL DEFAULT '{}',
    import_id {{uuid}},
    -- Folded name, phone, e-mail and company.
    search TEXT NOT NULL DEFAULT '',
    created_at {{int}} NOT NULL,
    updated_at {{int}} NOT NULL,
    UNIQUE (department_id, phone)
) {{strict}};
CREATE INDEX contacts_of_organization ON contacts (organization_id, id);
CREATE INDEX contacts_of_import ON contacts (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE campaigns (
    id {{uuid}} PRIMARY KEY,
    organization_id {{uuid}} NOT NULL REFERENCES organizations (id),
    department_id {{uuid}} NOT NULL REFERENCES departments (id),
    -- For people who edit: a stale one is refused.
    version {{int}} NOT NULL DEFAULT 1,
    -- For the engine: a reservation of an older epoch may not be sent any more.
    epoch {{int}} NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL CHECK (status IN ('draft', 'scheduled', 'active', 'paused', 'completed', 'failed')),
    status_reason TEXT,
    ended_by TEXT CHECK (ended_by IN ('list_done', 'stopped')),
    settings TEXT NOT NULL,
    run_id {{uuid}},
    created_by TEXT NOT NULL,
    created_at {{int}} NOT NULL,
    started_at {{int}},
    finished_at {{int}},
    CHECK ((status = 'completed') = (ended_by IS NOT NULL))
) {{hot}};
CREATE INDEX campaigns_of_organization ON campaigns (organization_id, id);
CREATE INDEX campaigns_by_status ON campaigns (organization_id, status, id);
CREATE INDEX campaigns_active ON campaigns (status) WHERE status = 'active';

-- What happened to a campaign: starts, pauses, errors, who did what.
CREATE TABLE campaign_log (
    id {{identity}},
    campaign_id {{uuid}} NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    at {{int}} NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    message TEXT NOT NULL
) {{strict}};
CREATE INDEX campaign_log_of_campaign ON campaign_log (campaign_id, id);

CREATE TABLE runs (
    id {{uuid}} PRIMARY KEY,
    organization_id {{uuid}} NOT NULL,
    campaign_id {{uuid}} NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    number {{int}} NOT NULL,
    -- What this run is the execution of: 'manual', or an occurrence's local date and time.
    occurrence TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('prepared', 'started', 'finished', 'stopped')),
    started_at {{int}},
    finished_at {{int}},
    -- A stopped run whose rows the sweeper has not yet marked one by one.
    unswept {{int}} NOT NULL DEFAULT 0 CHECK (unswept IN (0, 1)),
    UNIQUE (campaign_id, occurrence)
) {{strict}};
CREATE INDEX runs_unswept ON runs (id) WHERE unswept = 1;

-- The recipients of a run that share zones, with the run's counters: a rollup changed in the same transaction
-- as the ledger. A run's figures are the sum over its buckets.
CREATE TABLE buckets (
    run_id {{uuid}} NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    bucket {{int}} NOT NULL,
    zones TEXT NOT NULL,
    pending {{int}} NOT NULL DEFAULT 0,
    dialing {{int}} NOT NULL DEFAULT 0,
    retrying {{int}} NOT NULL DEFAULT 0,
    completed {{int}} NOT NULL DEFAULT 0,
    failed {{int}} NOT NULL DEFAULT 0,
    suppressed {{int}} NOT NULL DEFAULT 0,
    called {{int}} NOT NULL DEFAULT 0,
    attempts {{int}} NOT NULL DEFAULT 0,
    answered {{int}} NOT NULL DEFAULT 0,
    no_answer {{int}} NOT NULL DEFAULT 0,
    busy {{int}} NOT NULL DEFAULT 0,
    outcome_failed {{int}} NOT NULL DEFAULT 0,
    voicemail {{int}} NOT NULL DEFAULT 0,
    abandoned {{int}} NOT NULL DEFAULT 0,
    opted_out {{int}} NOT NULL DEFAULT 0,
    canceled {{int}} NOT NULL DEFAULT 0,
    unknown {{int}} NOT NULL DEFAULT 0,
    PRIMARY KEY (run_id, bucket),
    UNIQUE (run_id, zones),
    CHECK (pending >= 0 AND dialing >= 0 AND retrying >= 0 AND completed >= 0 AND failed >= 0 AND suppressed >= 0)
) {{hot}};

CREATE TABLE recipients (
    id {{uuid}} PRIMARY KEY,
    run_id {{uuid}} NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    contact_id {{uuid}},
    phone TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    -- Merge fields, frozen at enrollment.
    fields TEXT NOT NULL DEFAULT '{}',
    bucket {{int}} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'dialing', 'retrying', 'completed', 'failed', 'suppressed')),
    reason TEXT,
    outcome TEXT,
    -- Attempts that were sent, and those among them that do not count against the retry limit.
    attempts {{int}} NOT NULL DEFAULT 0,
    uncounted {{int}} NOT NULL DEFAULT 0,
    due_at {{int}} NOT NULL DEFAULT 0,
    from_number TEXT,
    UNIQUE (run_id, phone),
    CHECK ((state = 'suppressed') = (reason IS NOT NULL) OR state = 'failed')
) {{hot}};
-- The claim reads this alone: people for whom it is night cost nothing.
CREATE INDEX recipients_due ON recipients (run_id, bucket, due_at) WHERE state IN ('pending', 'retrying');
CREATE INDEX recipients_of_run ON recipients (run_id, id);
CREATE INDEX recipients_by_state ON recipients (run_id, state, id);
CREATE INDEX recipients_of_contact ON recipients (contact_id);

CREATE TABLE attempts (
    id {{uuid}} PRIMARY KEY,
    organization_id {{uuid}} NOT NULL,
    campaign_id {{uuid}} NOT NULL REFERENCES campaigns (id),
    run_id {{uuid}} NOT NULL,
    recipient_id {{uuid}} NOT NULL REFERENCES recipients (id),
    bucket {{int}} NOT NULL,
    number {{int}} NOT NULL,
    phone TEXT NOT NULL,
    from_number TEXT NOT NULL,
    -- In every callback address of the call; 128 random bits.
    token TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('reserved', 'uncertain', 'accepted', 'ringing', 'talking', 'judging', 'ended', 'not_sent')),
    outcome TEXT CHECK (outcome IN ('answered', 'no_answer', 'busy', 'failed', 'voicemail', 'abandoned', 'opted_out', 'canceled', 'unknown')),
    error_code {{int}},
    call_sid TEXT UNIQUE,
    epoch {{int}} NOT NULL,
    owner TEXT NOT NULL,
    detection {{int}} NOT NULL DEFAULT 0 CHECK (detection IN (0, 1)),
    reserved_at {{int}} NOT NULL,
    send_at {{int}} NOT NULL,
    -- After this instant its owner may not send it any more.
    deadline_at {{int}} NOT NULL,
    -- When the reconciler looks at it; null once final.
    check_at {{int}},
    checks {{int}} NOT NULL DEFAULT 0,
    ended_at {{int}},
    facts TEXT NOT NULL DEFAULT '{}',
    cost TEXT,
    CHECK ((state = 'ended') = (outcome IS NOT NULL)),
    CHECK ((state IN ('ended', 'not_sent')) = (ended_at IS NOT NULL)),
    CHECK ((state IN ('ended', 'not_sent')) = (check_at IS NULL))
) {{hot}};
CREATE INDEX attempts_of_recipient ON attempts (recipient_id, send_at);
CREATE INDEX attempts_of_run ON attempts (run_id, send_at, id);
CREATE INDEX attempts_of_phone ON attempts (organization_id, phone, reserved_at);
CREATE INDEX attempts_to_check ON attempts (check_at) WHERE check_at IS NOT NULL;

-- One live call a number: a key, not a habit. Calls at once are the rows here.
CREATE TABLE live_calls (
    organization_id {{uuid}} NOT NULL,
    phone TEXT NOT NULL,
    attempt_id {{uuid}} NOT NULL UNIQUE,
    campaign_id {{uuid}} NOT NULL,
    -- Every call has a time limit at the carrier, so a number is free after this at the latest.
    hold_until {{int}} NOT NULL,
    PRIMARY KEY (organization_id, phone)
) {{strict}};
CREATE INDEX live_calls_of_campaign ON live_calls (campaign_id);

-- Right signature, but an attempt that is not here (after a restore): kept and alarmed, not refused.
CREATE TABLE parked_callbacks (
    id {{identity}},
    received_at {{int}} NOT NULL,
    token TEXT NOT NULL,
    call_sid TEXT,
    body TEXT NOT NULL
) {{strict}};

CREATE TABLE audit_log (
    id {{identity}},
    organization_id {{uuid}} NOT NULL,
    at {{int}} NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT
) {{strict}};
CREATE INDEX audit_log_of_organization ON audit_log (organization_id, id);
