-- Requests with an Idempotency-Key: who was first, and what was answered. Kept for 24 hours.
BEGIN;

CREATE TABLE idempotency_keys (
    caller       uuid NOT NULL,                       -- caller_keys.id, or users.id of a login
    key_hash     bytea NOT NULL,                      -- SHA-256; the key itself is not stored
    body_hash    bytea NOT NULL,
    run_id       uuid NOT NULL,                       -- the process that answers it
    state        text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'unknown')),
    status       smallint,
    content_type text,
    answer       bytea,                               -- sealed with the key itself; NULL: too large to keep
    renewed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at   timestamptz NOT NULL DEFAULT clock_timestamp() + interval '24 hours',
    PRIMARY KEY (caller, key_hash)
);
CREATE INDEX idempotency_keys_running_idx ON idempotency_keys (run_id) WHERE state = 'running';
CREATE INDEX idempotency_keys_expires_idx ON idempotency_keys (expires_at);

INSERT INTO schema_migrations (version, name) VALUES (12, 'idempotency');
COMMIT;
