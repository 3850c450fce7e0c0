-- Usage: one effective row for each attempt that was sent to a provider, partitioned by day, and hourly rollups.
-- The day is the one inside attempt_id (UUID version 7, UTC), so (day, attempt_id) deduplicates for ever.
BEGIN;

CREATE TABLE gateway_nodes (
    id           uuid PRIMARY KEY,                    -- kept in the node's data directory
    name         text NOT NULL,
    segment      bigint NOT NULL DEFAULT 0,           -- the journal is shipped up to here
    position     bigint NOT NULL DEFAULT 0,
    updated_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE llm_usage (
    day                   date NOT NULL,
    attempt_id            uuid NOT NULL,
    request_id            text NOT NULL,
    node_id               uuid NOT NULL,
    attempt_number        smallint NOT NULL DEFAULT 1,  -- 1 for the first attempt of a request
    last_of_request       boolean NOT NULL DEFAULT true,  -- the request is counted with this attempt
    user_id               uuid NOT NULL,
    team_id               uuid,
    caller_key_id         uuid,
    model                 text NOT NULL,                -- the model_id the caller asked for
    deployment_id         uuid NOT NULL,                -- llm_models.id
    provider              text NOT NULL,
    provider_key_id       uuid,
    provider_key_hint     text,                         -- last four characters
    upstream_model        text,
    served_model          text,                         -- what the provider says it served
    operation             text NOT NULL DEFAULT 'chat',
    streamed              boolean NOT NULL DEFAULT false,
    outcome               text NOT NULL CHECK (outcome IN
                          ('completed', 'client_gone', 'failed', 'truncated', 'rejected', 'not_sent', 'interrupted')),
    billing               text NOT NULL CHECK (billing IN ('exact', 'estimated', 'unknown', 'none')),
    http_status           smallint,                     -- the provider's
    error_code            text,
    input_tokens          bigint NOT NULL DEFAULT 0,    -- disjoint classes; their sum is the provider's total
    cache_read_tokens     bigint NOT NULL DEFAULT 0,
    cache_write_5m_tokens bigint NOT NULL DEFAULT 0,
    cache_write_1h_tokens bigint NOT NULL DEFAULT 0,
    output_tokens         bigint NOT NULL DEFAULT 0,
    reasoning_tokens      bigint NOT NULL DEFAULT 0,
    audio_in_tokens       bigint NOT NULL DEFAULT 0,
    audio_out_tokens      bigint NOT NULL DEFAULT 0,
    image_in_tokens       bigint NOT NULL DEFAULT 0,
    input_low             bigint,                       -- bounds of the truth where billing = 'estimated' or 'unknown'
    input_high            bigint,
    output_low            bigint,
    output_high           bigint,
    currency              text NOT NULL DEFAULT 'USD',
    cost_nano             bigint NOT NULL DEFAULT 0 CHECK (cost_nano >= 0),
    user_cost_nano        bigint NOT NULL DEFAULT 0 CHECK (user_cost_nano >= 0),  -- what the user pays of it
    cost_lines            jsonb NOT NULL DEFAULT '[]',  -- [{class, tokens, price_nano, amount_nano}]
    price_version         bigint,
    started_at            timestamptz NOT NULL,
    first_content_ms      integer,
    duration_ms           integer NOT NULL DEFAULT 0,
    request_bytes         bigint NOT NULL DEFAULT 0,
    response_bytes        bigint NOT NULL DEFAULT 0,
    upstream_request_id   text,
    supersedes            uuid,                         -- this row corrects that attempt's
    recorded_at           timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (day, attempt_id)
) PARTITION BY RANGE (day);
CREATE INDEX llm_usage_user_idx ON llm_usage (user_id, started_at);
CREATE INDEX llm_usage_started_idx ON llm_usage (started_at);
CREATE INDEX llm_usage_supersedes_idx ON llm_usage (supersedes) WHERE supersedes IS NOT NULL;
CREATE TRIGGER llm_usage_append_only BEFORE UPDATE OR DELETE ON llm_usage
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Makes the partition of one day; harmless when it exists, safe when two nodes try at once.
CREATE FUNCTION ensure_usage_partition(wanted date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    partition text := 'llm_usage_' || to_char(wanted, 'YYYYMMDD');
BEGIN
    IF to_regclass(partition) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('ensure_usage_partition'));
        IF to_regclass(partition) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF llm_usage FOR VALUES FROM (%L) TO (%L)',
                           partition, wanted, wanted + 1);
        END IF;
    END IF;
END
$$;

CREATE TABLE llm_usage_hourly (
    hour                  timestamptz NOT NULL,         -- start of the UTC hour of started_at
    user_id               uuid NOT NULL,
    team_id               uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    caller_key_id         uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    model                 text NOT NULL,
    deployment_id         uuid NOT NULL,
    provider              text NOT NULL,
    provider_key_id       uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    currency              text NOT NULL,
    requests              bigint NOT NULL DEFAULT 0,    -- attempts that were a request's last one
    attempts              bigint NOT NULL DEFAULT 0,
    completed             bigint NOT NULL DEFAULT 0,
    estimated             bigint NOT NULL DEFAULT 0,    -- attempts whose billing is estimated or unknown
    input_tokens          bigint NOT NULL DEFAULT 0,
    cache_read_tokens     bigint NOT NULL DEFAULT 0,
    cache_write_5m_tokens bigint NOT NULL DEFAULT 0,
    cache_write_1h_tokens bigint NOT NULL DEFAULT 0,
    output_tokens         bigint NOT NULL DEFAULT 0,
    reasoning_tokens      bigint NOT NULL DEFAULT 0,
    audio_in_tokens       bigint NOT NULL DEFAULT 0,
    audio_out_tokens      bigint NOT NULL DEFAULT 0,
    image_in_tokens       bigint NOT NULL DEFAULT 0,
    cost_nano             bigint NOT NULL DEFAULT 0,
    user_cost_nano        bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (hour, user_id, team_id, caller_key_id, model, deployment_id, provider, provider_key_id, currency)
);
CREATE INDEX llm_usage_hourly_user_idx ON llm_usage_hourly (user_id, hour);

-- Records that the database refused for what is in them: kept as they came, so that nothing is lost.
CREATE TABLE llm_usage_quarantine (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node_id     uuid NOT NULL,
    attempt_id  uuid NOT NULL UNIQUE,
    record      bytea NOT NULL,
    reason      text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO schema_migrations (version, name) VALUES (3, 'llm_usage');
COMMIT;
