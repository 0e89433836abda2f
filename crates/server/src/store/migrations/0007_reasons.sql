-- Why and since when: what pages tell about somebody who waits or is not called.

-- Why the next attempt waits until `due_at`; null for somebody who may be called at any time, and in older rows.
ALTER TABLE recipients ADD COLUMN due_reason TEXT;
ALTER TABLE recipients ADD COLUMN suppressed_at {{int}};

-- Who had the attempts of the day is counted here. Nobody else's row is in it, so that other calls cost no write.
CREATE INDEX recipients_capped ON recipients (run_id, bucket, due_at)
    WHERE due_reason = 'daily_cap' AND state IN ('pending', 'retrying');
