-- When people answer, rolled up from the ledger.

-- The outcome with which an attempt stands in the two tables below; null: not yet. Whatever is heard later of it, the
-- index says that it differs, and the bookkeeper puts it right.
ALTER TABLE attempts ADD COLUMN rolled_up TEXT;
CREATE INDEX attempts_to_roll_up ON attempts (id) WHERE rolled_up IS DISTINCT FROM outcome;

-- When people answer, by the hour of the week where they are. Rolled up from the ledger in the background.
CREATE TABLE answer_hours (
    organization_id {{uuid}} NOT NULL,
    -- A state or province of North America or a country; empty: all of them together.
    area TEXT NOT NULL,
    -- The recipient's date, in days since 1970.
    day {{int}} NOT NULL,
    campaign_id {{uuid}} NOT NULL,
    -- The hour of the week from Monday's first on; -1: the zones a recipient may be in do not agree on it.
    hour {{int}} NOT NULL CHECK (hour BETWEEN -1 AND 167),
    attempts {{int}} NOT NULL CHECK (attempts >= 0),
    answered {{int}} NOT NULL CHECK (answered BETWEEN 0 AND attempts),
    PRIMARY KEY (organization_id, area, day, campaign_id, hour)
) {{hot}};

-- The same by area, all hours together.
CREATE TABLE answer_areas (
    organization_id {{uuid}} NOT NULL,
    day {{int}} NOT NULL,
    campaign_id {{uuid}} NOT NULL,
    area TEXT NOT NULL,
    attempts {{int}} NOT NULL CHECK (attempts >= 0),
    answered {{int}} NOT NULL CHECK (answered BETWEEN 0 AND attempts),
    PRIMARY KEY (organization_id, day, campaign_id, area)
) {{hot}};
