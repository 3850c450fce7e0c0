-- Rate limits of users, teams, caller keys, models and provider keys.
BEGIN;

CREATE TABLE rate_limits (
    scope                text NOT NULL CHECK (scope IN ('team', 'user', 'caller_key', 'model', 'provider_key')),
    subject_id           uuid NOT NULL,
    requests_per_minute  bigint CHECK (requests_per_minute > 0),     -- NULL: no limit
    tokens_per_minute    bigint CHECK (tokens_per_minute > 0),
    concurrent_requests  bigint CHECK (concurrent_requests > 0),
    updated_at           timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (scope, subject_id)
);
CREATE TRIGGER rate_limits_announce AFTER INSERT OR DELETE OR UPDATE ON rate_limits
    FOR EACH ROW EXECUTE FUNCTION announce_change('rate_limits', 'subject_id');

INSERT INTO schema_migrations (version, name) VALUES (9, 'rate_limits');
COMMIT;
