-- The database role of engines that run apart (JARVIS_ROLES=engine): it has the engine's tables and reads a few columns of
-- others. It reads no provider key, no password hash, no session, no caller key and no body of a call.
--
--   psql -v ON_ERROR_STOP=1 -U postgres -d jarvis -f deploy/engine-role.sql
--   psql -U postgres -d jarvis -c '\password jarvis_engine'
--
-- Run it as the tables' owner once the gateway has started in this version, and again after each upgrade: it takes back what
-- the role had and gives what it needs now. The engine says at its start what is missing.
BEGIN;

DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'jarvis_engine') THEN
        CREATE ROLE jarvis_engine LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
    END IF;
END
$$;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM jarvis_engine;
REVOKE CREATE ON SCHEMA public FROM jarvis_engine;
GRANT USAGE ON SCHEMA public TO jarvis_engine;

GRANT SELECT, INSERT, UPDATE, DELETE
    ON agents, agent_versions, conversations, messages, attachments, runs, run_steps, run_events, mcp_servers, mcp_tools,
       facts, conversation_summaries
    TO jarvis_engine;

-- Whether the schema is this version's, and what changed.
GRANT SELECT ON schema_migrations, change_notices TO jarvis_engine;

-- Who shares a team with whom; nothing else of teams and users.
GRANT SELECT ON shared_teams TO jarvis_engine;

-- What a run's requests cost.
GRANT SELECT (day, attempt_id, supersedes, user_id, request_id, currency, user_cost_nano, started_at)
    ON llm_usage TO jarvis_engine;

-- Refusals for lack of rights leave a record, and so do changes of agents and MCP servers, which the engine can write and not read.
GRANT INSERT ON audit_logs TO jarvis_engine;

COMMIT;
