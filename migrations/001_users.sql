-- People, their sessions, the signing keys of access tokens, and what every later migration needs:
-- the list of applied migrations and the change notices that keep running nodes fresh.
-- Runs alone with: psql -U postgres -d jarvis -f migrations/001_users.sql
BEGIN;

-- One row for each applied migration. checksum is NULL when it was applied by hand; the server then fills it in.
CREATE TABLE schema_migrations (
    version    integer PRIMARY KEY,
    name       text NOT NULL,
    checksum   text,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- A change notice is a topic and what changed in it. NOTIFY wakes listeners at commit; the version lets a node that
-- missed a notice see at its next poll that there was one.
CREATE TABLE change_notices (
    topic      text PRIMARY KEY,
    version    bigint NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now()
);

-- Row trigger: TG_ARGV[0] is the topic, TG_ARGV[1] the column whose value names what changed.
CREATE FUNCTION announce_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        subject := to_jsonb(OLD) ->> TG_ARGV[1];
    ELSE
        subject := to_jsonb(NEW) ->> TG_ARGV[1];
    END IF;
    INSERT INTO change_notices AS n (topic, version) VALUES (TG_ARGV[0], 1)
        ON CONFLICT (topic) DO UPDATE SET version = n.version + 1, changed_at = now();
    PERFORM pg_notify('jarvis', TG_ARGV[0] || ':' || coalesce(subject, ''));
    RETURN NULL;
END
$$;

-- Trigger for tables whose rows are written once.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TABLE users (
    id            uuid PRIMARY KEY,
    username      text NOT NULL,
    email         text NOT NULL,
    password_hash text NOT NULL,                      -- Argon2id, PHC string
    role          text NOT NULL CHECK (role IN ('admin', 'user')),
    status        text NOT NULL DEFAULT 'enabled' CHECK (status IN ('enabled', 'disabled')),
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    last_login_at timestamptz
);
CREATE UNIQUE INDEX users_username_key ON users (lower(username));
CREATE UNIQUE INDEX users_email_key ON users (lower(email));
CREATE TRIGGER users_announce AFTER INSERT OR DELETE OR UPDATE OF username, email, password_hash, role, status ON users
    FOR EACH ROW EXECUTE FUNCTION announce_change('users', 'id');

-- A session is a family of refresh tokens: each use makes a new one, and use of an old one ends the family.
CREATE TABLE sessions (
    id           uuid PRIMARY KEY,
    user_id      uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,                -- absolute, whatever the use
    ended_at     timestamptz,
    ended_why    text,                                -- logout, reuse, password, disabled, role, admin
    client       text
);
CREATE INDEX sessions_user_idx ON sessions (user_id);
CREATE TRIGGER sessions_announce AFTER DELETE OR UPDATE OF ended_at ON sessions
    FOR EACH ROW EXECUTE FUNCTION announce_change('sessions', 'id');

CREATE TABLE refresh_tokens (
    token_hash bytea PRIMARY KEY,                     -- SHA-256 of a 256-bit random token
    session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX refresh_tokens_session_idx ON refresh_tokens (session_id);

-- One row: which installation this database belongs to. Access tokens name it, so one installation's are nothing at another.
CREATE TABLE installation (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO installation DEFAULT VALUES;

-- Signing keys of access tokens. The private half is sealed by the vault; the public half is published as JWKS.
CREATE TABLE signing_keys (
    id             uuid PRIMARY KEY,                  -- the token's "kid"
    algorithm      text NOT NULL,
    public_jwk     jsonb NOT NULL,
    sealed_private bytea NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    retired_at     timestamptz                        -- signs no more; still verifies until deleted
);
CREATE TRIGGER signing_keys_announce AFTER INSERT OR DELETE OR UPDATE OF retired_at ON signing_keys
    FOR EACH ROW EXECUTE FUNCTION announce_change('signing_keys', 'id');

-- The one-time token that lets the first administrator in; gone once one exists.
CREATE TABLE setup_tokens (
    token_hash bytea PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- One row: proof that the master key given at start is the one that sealed this database.
CREATE TABLE vault_state (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    key_id     text NOT NULL,
    proof      bytea NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER vault_state_announce AFTER INSERT OR UPDATE ON vault_state
    FOR EACH ROW EXECUTE FUNCTION announce_change('vault', 'key_id');

INSERT INTO schema_migrations (version, name) VALUES (1, 'users');
COMMIT;
