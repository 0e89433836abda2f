-- The second factor: what an app shows, and codes for the day it is lost.

CREATE TABLE second_factors (
    user_id {{uuid}} PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- Sealed with the installation's key.
    secret_sealed TEXT NOT NULL,
    begun_at {{int}} NOT NULL,
    -- Null: begun and not proven yet, so log-ins do not ask for it.
    on_since {{int}},
    -- The step of the last code that was taken: a code is good once.
    last_step {{int}} NOT NULL DEFAULT 0
) {{strict}};

CREATE TABLE recovery_codes (
    user_id {{uuid}} NOT NULL REFERENCES second_factors (user_id) ON DELETE CASCADE,
    -- SHA-256 of 80 random bits; a stolen database opens nothing.
    code_hash {{bytes}} NOT NULL,
    PRIMARY KEY (user_id, code_hash)
) {{strict}};
