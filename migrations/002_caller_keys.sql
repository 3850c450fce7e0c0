-- Caller keys: ours, given to a client in place of a password. Only the hash is kept.
BEGIN;

CREATE TABLE caller_keys (
    id             uuid PRIMARY KEY,
    user_id        uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name           text NOT NULL,
    key_hash       bytea NOT NULL UNIQUE,             -- SHA-256 of a 256-bit random key
    display_hint   text NOT NULL,                     -- 'sk-jv-…' and the last four characters
    allowed_models text[],                            -- model_ids; NULL: every model the user may use
    expires_at     timestamptz,
    created_at     timestamptz NOT NULL DEFAULT now(),
    revoked_at     timestamptz,
    last_used_at   timestamptz
);
CREATE INDEX caller_keys_user_idx ON caller_keys (user_id);
CREATE TRIGGER caller_keys_announce
    AFTER INSERT OR DELETE OR UPDATE OF name, allowed_models, expires_at, revoked_at ON caller_keys
    FOR EACH ROW EXECUTE FUNCTION announce_change('caller_keys', 'id');

INSERT INTO schema_migrations (version, name) VALUES (2, 'caller_keys');
COMMIT;
