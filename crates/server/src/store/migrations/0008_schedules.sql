-- Schedules in force, what became of their occurrences, and the lists of the runs to come.

-- A campaign whose schedule is in force: from its scheduling to its end.
CREATE TABLE schedules (
    campaign_id {{uuid}} PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE,
    -- What was decided so far.
    standing TEXT NOT NULL,
    -- When the scheduler looks again; null: when the run under way has ended.
    look_at {{int}}
) {{hot}};
CREATE INDEX schedules_by_time ON schedules (look_at) WHERE look_at IS NOT NULL;

-- What became of each occurrence, known by its local time.
CREATE TABLE occurrences (
    campaign_id {{uuid}} NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    zone TEXT NOT NULL,
    local_time TEXT NOT NULL,
    -- The instant, by the rules of the zone when it was decided.
    at {{int}} NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('started', 'skipped', 'waits', 'missed')),
    reason TEXT,
    decided_at {{int}} NOT NULL,
    PRIMARY KEY (campaign_id, zone, local_time)
) {{strict}};

-- The run whose people are being enrolled in this one, and how far that is; null when the list is whole.
ALTER TABLE runs ADD COLUMN list_of {{uuid}};
ALTER TABLE runs ADD COLUMN list_to {{uuid}};
CREATE INDEX runs_listing ON runs (id) WHERE list_of IS NOT NULL;
