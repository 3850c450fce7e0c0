-- Who changed what, who logged in, who was refused. Append-only; written in the transaction of the act itself.
BEGIN;

CREATE TABLE audit_logs (
    id            uuid PRIMARY KEY,                    -- UUID version 7: ordered by time
    at            timestamptz NOT NULL DEFAULT now(),
    actor_id      uuid,                                -- NULL: nobody was logged in
    actor_name    text,
    caller_key_id uuid,
    action        text NOT NULL,                       -- model.create, user.disable, login, access.refused …
    target_type   text,
    target_id     text,
    outcome       text NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
    before        jsonb,                               -- without secrets
    after         jsonb,
    remote_addr   text,
    request_id    text NOT NULL,
    detail        text
);
CREATE INDEX audit_logs_at_idx ON audit_logs (at);
CREATE INDEX audit_logs_actor_idx ON audit_logs (actor_id, at);
CREATE INDEX audit_logs_target_idx ON audit_logs (target_type, target_id, at);
CREATE TRIGGER audit_logs_append_only BEFORE UPDATE OR DELETE ON audit_logs
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_logs_keep BEFORE TRUNCATE ON audit_logs
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

INSERT INTO schema_migrations (version, name) VALUES (5, 'audit_logs');
COMMIT;
