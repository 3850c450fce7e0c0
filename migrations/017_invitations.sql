-- Links that let a person choose a password, once; and word of provider keys that are to be tried again at once.
BEGIN;

-- One for each user: a new one takes the place of the one before.
CREATE TABLE invitations (
    user_id    uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,                 -- SHA-256 of a 256-bit random token
    purpose    text NOT NULL CHECK (purpose IN ('invitation', 'password_reset')),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);

-- A key whose row goes is good again, because it worked or because an administrator says so: nobody rests it any longer.
CREATE TRIGGER provider_key_health_gone AFTER DELETE ON provider_key_health
    FOR EACH ROW EXECUTE FUNCTION announce_change('key_restored', 'key_id');

INSERT INTO schema_migrations (version, name) VALUES (17, 'invitations');
COMMIT;
