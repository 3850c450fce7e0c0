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

-- Whether a gateway counts rates by itself because it does not reach Redis: the others leave it its share.
ALTER TABLE gateway_nodes ADD COLUMN counts_alone boolean NOT NULL DEFAULT false;

-- What one gateway finds out about a provider key, all are to know. That a key is well again they find out by its time, or
-- with the change of its model.
CREATE TRIGGER provider_key_health_announce AFTER INSERT OR UPDATE ON provider_key_health
    FOR EACH ROW EXECUTE FUNCTION announce_change('key_health', 'key_id');

-- A limit goes with what it is on.
CREATE FUNCTION forget_rate_limit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM rate_limits WHERE scope = TG_ARGV[0] AND subject_id = OLD.id;
    RETURN OLD;
END
$$;
CREATE TRIGGER teams_forget_rate_limit AFTER DELETE ON teams
    FOR EACH ROW EXECUTE FUNCTION forget_rate_limit('team');
CREATE TRIGGER users_forget_rate_limit AFTER DELETE ON users
    FOR EACH ROW EXECUTE FUNCTION forget_rate_limit('user');
CREATE TRIGGER caller_keys_forget_rate_limit AFTER DELETE ON caller_keys
    FOR EACH ROW EXECUTE FUNCTION forget_rate_limit('caller_key');
CREATE TRIGGER llm_models_forget_rate_limit AFTER DELETE ON llm_models
    FOR EACH ROW EXECUTE FUNCTION forget_rate_limit('model');
CREATE TRIGGER provider_keys_forget_rate_limit AFTER DELETE ON provider_keys
    FOR EACH ROW EXECUTE FUNCTION forget_rate_limit('provider_key');

INSERT INTO schema_migrations (version, name) VALUES (9, 'rate_limits');
COMMIT;
