-- The list of campaigns, live; a test of the first people of a list; test calls.

-- When status, settings or name last changed: the live list shows what others did a moment ago.
ALTER TABLE campaigns ADD COLUMN changed_at {{int}} NOT NULL DEFAULT 0;
CREATE INDEX campaigns_by_change ON campaigns (organization_id, changed_at);

-- While it is set, only the first so many people of the run are called: those that have a due time.
ALTER TABLE campaigns ADD COLUMN first_max {{int}} CHECK (first_max > 0);

-- A campaign that is one test call of another: it stands in no list and counts nowhere.
ALTER TABLE campaigns ADD COLUMN test_of {{uuid}};
CREATE INDEX campaigns_test_calls ON campaigns (organization_id, created_by, created_at) WHERE test_of IS NOT NULL;
