-- The engine: agents and their versions, conversations, runs with their steps and events, MCP servers, facts.
-- Tables of nobody else: the engine can run under a database role that has rights on these and on llm_usage only.
BEGIN;

CREATE TABLE agents (
    id              uuid PRIMARY KEY,
    slug            text NOT NULL,                    -- agent:<slug> in the OpenAI dialect
    owner_id        uuid REFERENCES users (id) ON DELETE SET NULL,
    owner_name      text NOT NULL,
    team_id         uuid NOT NULL,                    -- the owner's team when it was last shared with one
    visibility      text NOT NULL DEFAULT 'own' CHECK (visibility IN ('own', 'team', 'all')),
    version         integer NOT NULL DEFAULT 1,       -- the one in use
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX agents_slug_key ON agents (slug);
CREATE INDEX agents_owner_idx ON agents (owner_id);

-- Written once; to go back to an old version makes a new one of it.
CREATE TABLE agent_versions (
    agent_id        uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    version         integer NOT NULL,
    name            text NOT NULL,
    model_id        text NOT NULL,
    config          jsonb NOT NULL,
    created_by      uuid,
    created_by_name text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (agent_id, version)
);

CREATE TABLE conversations (
    id              uuid PRIMARY KEY,
    user_id         uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    agent_id        uuid REFERENCES agents (id) ON DELETE SET NULL,
    title           text NOT NULL,
    title_chosen    boolean NOT NULL DEFAULT false,   -- by the user, not taken from the first message
    head_id         uuid,                             -- the newest message of the branch in view
    archived        boolean NOT NULL DEFAULT false,
    share_hash      bytea,                            -- SHA-256 of the link's token
    shared_at       timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX conversations_user_idx ON conversations (user_id, updated_at DESC);
CREATE UNIQUE INDEX conversations_share_key ON conversations (share_hash) WHERE share_hash IS NOT NULL;

-- A tree: a changed or repeated message is a sibling of the one before.
CREATE TABLE messages (
    id              uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    parent_id       uuid REFERENCES messages (id) ON DELETE CASCADE,
    role            text NOT NULL CHECK (role IN ('user', 'assistant')),
    text            text NOT NULL,
    reasoning       text NOT NULL DEFAULT '',
    attachments     uuid[] NOT NULL DEFAULT '{}',
    run_id          uuid,                             -- that wrote it
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX messages_conversation_idx ON messages (conversation_id);
CREATE INDEX messages_parent_idx ON messages (parent_id);

CREATE TABLE attachments (
    id              uuid PRIMARY KEY,
    user_id         uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name            text NOT NULL,
    media_type      text NOT NULL,
    size            integer NOT NULL,
    content         bytea NOT NULL,
    text            text,                             -- what the model reads of it; NULL: an image
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX attachments_user_idx ON attachments (user_id);

CREATE TABLE runs (
    id              uuid PRIMARY KEY,
    user_id         uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    conversation_id uuid REFERENCES conversations (id) ON DELETE CASCADE,   -- NULL: called from outside, or by a run
    message_id      uuid,                             -- what it answers
    answer_id       uuid,                             -- what it said
    parent_run_id   uuid REFERENCES runs (id) ON DELETE CASCADE,
    root_run_id     uuid NOT NULL,
    agent_id        uuid,
    agent_version   integer NOT NULL,
    agent_name      text NOT NULL,
    model_id        text NOT NULL,
    plan            json NOT NULL,                    -- kept as written: all that its requests are made of, so that a resumed step sends the same
    status          text NOT NULL DEFAULT 'queued'
                    CHECK (status IN ('queued', 'running', 'waiting', 'done', 'failed', 'cancelled')),
    end_code        text,
    end_message     text,
    cancelled       boolean NOT NULL DEFAULT false,   -- asked for
    credential      bytea,                            -- sealed by the engine's key; gone when the run is over
    key_id          text NOT NULL,                    -- of the engine key: engines without it leave the run alone
    expires_at      timestamptz NOT NULL,             -- of the credential
    deadline_at     timestamptz,                      -- moves while a person is waited for
    waiting_since   timestamptz,
    lease_owner     uuid,
    lease_until     timestamptz,
    step_count      integer NOT NULL DEFAULT 0,
    input_tokens    bigint NOT NULL DEFAULT 0,
    output_tokens   bigint NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL DEFAULT now(),
    started_at      timestamptz,
    ended_at        timestamptz
);
CREATE INDEX runs_conversation_idx ON runs (conversation_id, created_at);
CREATE INDEX runs_user_idx ON runs (user_id, created_at DESC);
CREATE INDEX runs_root_idx ON runs (root_run_id);
CREATE INDEX runs_open_idx ON runs (status, lease_until) WHERE status IN ('queued', 'running');
CREATE INDEX runs_waiting_idx ON runs (expires_at) WHERE status IN ('queued', 'running', 'waiting');

-- What a run did. A step is stored before it is begun and again when it is over; the next begins after that.
CREATE TABLE run_steps (
    run_id          uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    number          integer NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('model', 'tool', 'summary')),
    status          text NOT NULL DEFAULT 'running'
                    CHECK (status IN ('waiting', 'allowed', 'declined', 'running', 'done', 'failed', 'unknown')),
    name            text NOT NULL,                    -- of the model or the tool
    call_id         text,
    input           json,
    output          json,
    error_code      text,
    error_message   text,
    child_run_id    uuid,
    request_id      text,                             -- of the gateway: joins llm_usage
    input_tokens    bigint NOT NULL DEFAULT 0,
    output_tokens   bigint NOT NULL DEFAULT 0,
    cost_nano       bigint,                           -- as the gateway recorded it; NULL: not yet, or nothing
    currency        text,
    started_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at        timestamptz,
    PRIMARY KEY (run_id, number)
);
CREATE INDEX run_steps_uncosted_idx ON run_steps (started_at) WHERE request_id IS NOT NULL AND cost_nano IS NULL;

-- What a run told those who watch it. The number is the SSE event id.
CREATE TABLE run_events (
    run_id          uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    number          integer NOT NULL,
    type            text NOT NULL,
    data            text NOT NULL,                    -- JSON, as it is sent
    PRIMARY KEY (run_id, number)
);

CREATE TABLE mcp_servers (
    id              uuid PRIMARY KEY,
    name            text NOT NULL,
    url             text NOT NULL,
    description     text NOT NULL DEFAULT '',
    enabled         boolean NOT NULL DEFAULT true,
    allowed_tools   text[] NOT NULL DEFAULT '{}',     -- by name; others are not offered
    approval_tools  text[] NOT NULL DEFAULT '{}',     -- those of them that a person must allow each time
    credential      bytea,                            -- sealed by the engine's key
    key_id          text,
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX mcp_servers_name_key ON mcp_servers (lower(name));

-- What an agent keeps about a user, for the user to see and to erase.
CREATE TABLE facts (
    id              uuid PRIMARY KEY,
    user_id         uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    agent_id        uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    text            text NOT NULL,
    run_id          uuid,
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX facts_user_idx ON facts (user_id, agent_id);

-- A repeated request is answered with what was kept; this says under which request it was paid.
ALTER TABLE idempotency_keys ADD COLUMN request_id text;

INSERT INTO schema_migrations (version, name) VALUES (14, 'engine');
COMMIT;
