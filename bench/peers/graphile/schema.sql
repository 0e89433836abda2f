-- The least a dialer of this kind keeps: who to call, what was tried, and the figures of the page.
CREATE TABLE recipients (
  id       bigint PRIMARY KEY,
  phone    text   NOT NULL,
  name     text   NOT NULL,
  state    text   NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'dialing', 'retrying', 'completed', 'failed')),
  attempts int    NOT NULL DEFAULT 0,
  due_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX recipients_due ON recipients (due_at) WHERE state IN ('pending', 'retrying');

CREATE TABLE attempts (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  recipient_id bigint NOT NULL REFERENCES recipients,
  token        text   NOT NULL UNIQUE,
  sid          text   UNIQUE,
  status       text   NOT NULL DEFAULT 'reserved',
  reserved_at  timestamptz NOT NULL DEFAULT now(),
  ended_at     timestamptz
);

CREATE TABLE counters (name text PRIMARY KEY, value bigint NOT NULL);
INSERT INTO counters VALUES ('completed', 0), ('busy', 0), ('no-answer', 0), ('failed', 0), ('canceled', 0);
