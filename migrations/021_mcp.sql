-- MCP servers: what was laid out with the engine (014) and never used, with all that it takes.
BEGIN;

ALTER TABLE mcp_servers
    DROP COLUMN allowed_tools,
    DROP COLUMN approval_tools,
    ADD COLUMN slug             text NOT NULL,
    ADD COLUMN auth             text NOT NULL DEFAULT 'none' CHECK (auth IN ('none', 'bearer', 'header')),
    ADD COLUMN auth_header      text,                         -- the header's name, of auth 'header'
    ADD COLUMN hint             text,                         -- the last characters of the credential
    ADD COLUMN timeout_seconds  integer NOT NULL DEFAULT 30 CHECK (timeout_seconds BETWEEN 1 AND 300),
    ADD COLUMN state            text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'ok', 'failed')),
    ADD COLUMN error_code       text,
    ADD COLUMN error_message    text,
    ADD COLUMN notes            text[] NOT NULL DEFAULT '{}', -- what of its list was not taken
    ADD COLUMN server_name      text NOT NULL DEFAULT '',     -- as it calls itself
    ADD COLUMN protocol_version text NOT NULL DEFAULT '',
    ADD COLUMN checked_at       timestamptz;
CREATE UNIQUE INDEX mcp_servers_slug_key ON mcp_servers (slug);

-- What servers listed last, beside what an administrator allowed. Agents see what was allowed, word for word; once a server lists
-- something else under the name, they see it no more.
CREATE TABLE mcp_tools (
    server_id            uuid NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
    name                 text NOT NULL,
    title                text NOT NULL DEFAULT '',
    description          text NOT NULL,
    schema               json NOT NULL,
    fingerprint          text NOT NULL,               -- of name, description and schema
    fault                text,                        -- why no agent can use it
    listed               boolean NOT NULL DEFAULT true,
    allowed              boolean NOT NULL DEFAULT false,
    approval             boolean NOT NULL DEFAULT true, -- a person must allow each call
    allowed_fingerprint  text,
    allowed_description  text,
    allowed_schema       json,
    allowed_by           text,
    allowed_at           timestamptz,
    PRIMARY KEY (server_id, name)
);

INSERT INTO schema_migrations (version, name) VALUES (21, 'mcp');
COMMIT;
