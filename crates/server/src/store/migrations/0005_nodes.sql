-- Which nodes live, for people who look; nothing is decided by it.
CREATE TABLE nodes (
    -- A node in one life of it, as attempts name their owner.
    id TEXT PRIMARY KEY,
    seen_at {{int}} NOT NULL
) {{hot}};
CREATE INDEX nodes_by_time ON nodes (seen_at);
