-- Teams: who shares a budget and a limit. Every user pays through one team at a time, a caller key may name another of its
-- owner's teams.
BEGIN;

CREATE TABLE teams (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    description text NOT NULL DEFAULT '',
    is_default  boolean NOT NULL DEFAULT false,        -- where new users go; exactly one
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX teams_name_key ON teams (lower(name));
CREATE UNIQUE INDEX teams_default_key ON teams (is_default) WHERE is_default;
INSERT INTO teams (id, name, is_default) VALUES ('00000000-0000-7000-8000-000000000001', 'default', true);
CREATE TRIGGER teams_announce AFTER INSERT OR DELETE OR UPDATE ON teams
    FOR EACH ROW EXECUTE FUNCTION announce_change('teams', 'id');

CREATE TABLE team_members (
    team_id    uuid NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id    uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role       text NOT NULL DEFAULT 'member' CHECK (role IN ('member', 'lead')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_members_user_idx ON team_members (user_id);
INSERT INTO team_members (team_id, user_id) SELECT '00000000-0000-7000-8000-000000000001', id FROM users;

-- The team that a user's calls count for, unless the caller key names one. NULL: the default team, and the user's. Only
-- teams that the user is in: who leaves a team pays through it no more.
ALTER TABLE users ADD COLUMN team_id uuid;
ALTER TABLE users ADD CONSTRAINT users_team_fkey
    FOREIGN KEY (team_id, id) REFERENCES team_members (team_id, user_id) ON DELETE SET NULL (team_id);
ALTER TABLE caller_keys ADD COLUMN team_id uuid;
ALTER TABLE caller_keys ADD CONSTRAINT caller_keys_team_fkey
    FOREIGN KEY (team_id, user_id) REFERENCES team_members (team_id, user_id) ON DELETE SET NULL (team_id);

-- The same triggers with the team among their columns: a second one beside them would announce some changes twice.
DROP TRIGGER users_announce ON users;
CREATE TRIGGER users_announce
    AFTER INSERT OR DELETE OR UPDATE OF username, email, password_hash, role, status, team_id ON users
    FOR EACH ROW EXECUTE FUNCTION announce_change('users', 'id');
DROP TRIGGER caller_keys_announce ON caller_keys;
CREATE TRIGGER caller_keys_announce
    AFTER INSERT OR DELETE OR UPDATE OF name, allowed_models, expires_at, revoked_at, team_id ON caller_keys
    FOR EACH ROW EXECUTE FUNCTION announce_change('caller_keys', 'id');

INSERT INTO schema_migrations (version, name) VALUES (6, 'teams');
COMMIT;
