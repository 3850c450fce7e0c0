-- Webhooks: signed events, delivered at least once.
BEGIN;

-- What happened and may interest a program outside. Written in the transaction of what happened.
CREATE TABLE events (
    id         uuid PRIMARY KEY,
    type       text NOT NULL,                          -- budget.warning, budget.exhausted, webhook.test
    subject    text NOT NULL,                          -- the id of what it happened to
    payload    jsonb NOT NULL,                         -- the "data" of what is sent
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX events_created_idx ON events (created_at);
CREATE TRIGGER events_append_only BEFORE UPDATE ON events
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE webhooks (
    id          uuid PRIMARY KEY,
    url         text NOT NULL,
    description text NOT NULL DEFAULT '',
    event_types text[] NOT NULL,
    enabled     boolean NOT NULL DEFAULT true,
    sealed      bytea NOT NULL,                        -- the signing secret, sealed by the vault and bound to its row
    hint        text NOT NULL,                         -- its last four characters
    version     bigint NOT NULL DEFAULT 1,             -- for If-Match
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE webhook_deliveries (
    id              uuid PRIMARY KEY,
    webhook_id      uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event_id        uuid NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    status          text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),  -- while one is under way: when another node may take over
    http_status     smallint,                          -- of the last answer
    error           text,                              -- why the last attempt came to nothing
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    delivered_at    timestamptz,
    UNIQUE (webhook_id, event_id)
);
CREATE INDEX webhook_deliveries_due_idx ON webhook_deliveries (next_attempt_at) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_webhook_idx ON webhook_deliveries (webhook_id, created_at);
CREATE INDEX webhook_deliveries_event_idx ON webhook_deliveries (event_id);

-- Records an event and a delivery to each webhook that wants its type, in the transaction of the caller: what is rolled
-- back was never announced. Answers the event's id.
CREATE FUNCTION raise_event(event_type text, event_subject text, event_payload jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    event uuid := gen_random_uuid();
BEGIN
    INSERT INTO events (id, type, subject, payload) VALUES (event, event_type, event_subject, event_payload);
    INSERT INTO webhook_deliveries (id, webhook_id, event_id)
        SELECT gen_random_uuid(), id, event FROM webhooks WHERE enabled AND event_type = ANY (event_types);
    RETURN event;
END
$$;

INSERT INTO schema_migrations (version, name) VALUES (11, 'webhooks');
COMMIT;
