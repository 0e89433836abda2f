-- Lists that are fetched anew for each run, and messages that are of no use after an instant.

-- The sheet that a campaign's list came from and how it was read, as JSON; null when it came from elsewhere.
ALTER TABLE campaigns ADD COLUMN list_source TEXT;
-- The link of an import from a sheet, and the run to come that it was fetched for.
ALTER TABLE imports ADD COLUMN sheet_url TEXT;
ALTER TABLE imports ADD COLUMN run_id {{uuid}};
-- Why nobody of a run was called; its state is then that of one that was stopped.
ALTER TABLE runs ADD COLUMN failure TEXT;

-- The list of a run to come, on its way from the sheet.
CREATE TABLE list_refreshes (
    run_id {{uuid}} PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    campaign_id {{uuid}} NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'fetching', 'importing', 'comparing', 'parting', 'done', 'failed')),
    -- The occurrence that it is for, and until when it is tried.
    occurrence TEXT NOT NULL,
    begins_at {{int}} NOT NULL,
    deadline_at {{int}} NOT NULL,
    -- When somebody works on it, or the lease of who does ends; null when nobody need.
    due_at {{int}},
    owner TEXT,
    -- Why the last try failed.
    note TEXT,
    import_id {{uuid}},
    fetched_at {{int}},
    -- The run with whose list it is compared, and how far that is.
    former_run {{uuid}},
    compared_to {{uuid}},
    added {{int}} NOT NULL DEFAULT 0,
    changed {{int}} NOT NULL DEFAULT 0,
    gone {{int}} NOT NULL DEFAULT 0,
    same {{int}} NOT NULL DEFAULT 0
) {{hot}};
CREATE INDEX list_refreshes_due ON list_refreshes (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX list_refreshes_of_campaign ON list_refreshes (campaign_id);

-- Who came, changed and left; somebody who left is a recipient of the run before.
CREATE TABLE list_changes (
    run_id {{uuid}} NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'gone')),
    recipient_id {{uuid}} NOT NULL,
    PRIMARY KEY (run_id, kind, recipient_id)
) {{strict}};

-- Whoever is not called by then is not called any more; the same as in the settings.
ALTER TABLE campaigns ADD COLUMN useless_after {{int}};
CREATE INDEX campaigns_useless ON campaigns (useless_after)
    WHERE useless_after IS NOT NULL AND status IN ('active', 'paused');
