-- Models: what a caller may ask for, where it is served, with which provider keys and at what price.
BEGIN;

CREATE TABLE llm_models (
    id                   uuid PRIMARY KEY,
    name                 text NOT NULL,
    model_id             text NOT NULL UNIQUE,         -- what a caller writes in "model"
    provider             text NOT NULL,
    type                 text NOT NULL,                -- as written: 生文 … or text, image, audio, video, embedding, rerank
    type_code            text NOT NULL CHECK (type_code IN ('text', 'image', 'audio', 'video', 'embedding', 'rerank')),
    description          text NOT NULL DEFAULT '',
    status               text NOT NULL DEFAULT 'enabled' CHECK (status IN ('enabled', 'disabled', 'inactive')),
    base_url             text NOT NULL,
    auth_type            text NOT NULL DEFAULT 'api_key',
    key_usage_mode       text NOT NULL DEFAULT 'single' CHECK (key_usage_mode IN ('single', 'round_robin')),
    upstream_model       text,
    supports_vision      boolean NOT NULL DEFAULT false,
    max_tokens           integer CHECK (max_tokens > 0),
    context_window       integer CHECK (context_window > 0),
    currency             text NOT NULL DEFAULT 'USD' CHECK (currency IN ('USD', 'CNY')),
    input_price_nano     bigint CHECK (input_price_nano >= 0),    -- nano-units per million tokens; NULL: not priced
    output_price_nano    bigint CHECK (output_price_nano >= 0),
    price_version        bigint NOT NULL DEFAULT 1,
    rpm_limit            integer CHECK (rpm_limit > 0),
    tpm_limit            integer CHECK (tpm_limit > 0),
    built_in             boolean NOT NULL DEFAULT false,          -- the demo model
    version              bigint NOT NULL DEFAULT 1,               -- for If-Match
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER llm_models_announce AFTER INSERT OR DELETE OR UPDATE ON llm_models
    FOR EACH ROW EXECUTE FUNCTION announce_change('models', 'id');

-- The model's api_keys: provider keys, sealed by the vault and bound to their row.
CREATE TABLE provider_keys (
    id         uuid PRIMARY KEY,
    model_id   uuid NOT NULL REFERENCES llm_models (id) ON DELETE CASCADE,
    position   integer NOT NULL,
    name       text NOT NULL DEFAULT '',
    sealed     bytea NOT NULL,
    hint       text NOT NULL,                          -- last four characters
    status     text NOT NULL DEFAULT 'enabled' CHECK (status IN ('enabled', 'disabled')),
    weight     integer NOT NULL DEFAULT 1 CHECK (weight BETWEEN 1 AND 1000),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX provider_keys_model_idx ON provider_keys (model_id, position);
CREATE TRIGGER provider_keys_announce AFTER INSERT OR DELETE OR UPDATE ON provider_keys
    FOR EACH ROW EXECUTE FUNCTION announce_change('models', 'model_id');

-- Why a provider key is out of use, written by the gateways, read by the console. No row: healthy.
CREATE TABLE provider_key_health (
    key_id     uuid PRIMARY KEY REFERENCES provider_keys (id) ON DELETE CASCADE,
    state      text NOT NULL CHECK (state IN ('cooling', 'exhausted', 'refused', 'misconfigured', 'corrupt')),
    reason     text NOT NULL,
    since      timestamptz NOT NULL DEFAULT now(),
    until      timestamptz,
    node_id    uuid
);

-- Every price a model ever had, so that a record's price_version can be looked up.
CREATE TABLE llm_model_prices (
    model_id          uuid NOT NULL,
    price_version     bigint NOT NULL,
    currency          text NOT NULL,
    input_price_nano  bigint,
    output_price_nano bigint,
    effective_from    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (model_id, price_version)
);
CREATE TRIGGER llm_model_prices_append_only BEFORE UPDATE OR DELETE ON llm_model_prices
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

INSERT INTO schema_migrations (version, name) VALUES (4, 'llm_models');
COMMIT;
