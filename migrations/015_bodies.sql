-- Bodies of calls, kept only where an administrator says so, apart from the records of usage and money.
BEGIN;

-- Of a model and of a caller key; the strictest of those that are set holds, and where none is set nothing is kept.
CREATE TABLE body_policies (
    scope      text NOT NULL CHECK (scope IN ('model', 'caller_key')),
    subject_id uuid NOT NULL,                          -- llm_models.id or caller_keys.id
    policy     text NOT NULL CHECK (policy IN ('off', 'masked', 'full')),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (scope, subject_id)
);
CREATE TRIGGER body_policies_announce AFTER INSERT OR DELETE OR UPDATE ON body_policies
    FOR EACH ROW EXECUTE FUNCTION announce_change('body_policies', 'subject_id');
CREATE FUNCTION forget_body_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM body_policies WHERE scope = TG_ARGV[0] AND subject_id = OLD.id;
    RETURN OLD;
END
$$;
CREATE TRIGGER caller_keys_forget_body_policy AFTER DELETE ON caller_keys
    FOR EACH ROW EXECUTE FUNCTION forget_body_policy('caller_key');
CREATE TRIGGER llm_models_forget_body_policy AFTER DELETE ON llm_models
    FOR EACH ROW EXECUTE FUNCTION forget_body_policy('model');

CREATE TABLE llm_body_keys (
    id         uuid PRIMARY KEY,
    day        date NOT NULL UNIQUE,
    sealed     bytea NOT NULL,                         -- the day's key, sealed by the vault
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Of the attempt that was a request's last one. Partitioned as llm_usage is, by the day inside attempt_id.
CREATE TABLE llm_call_bodies (
    day           date NOT NULL,
    attempt_id    uuid NOT NULL,
    request_id    text NOT NULL,
    user_id       uuid NOT NULL,
    caller_key_id uuid,
    model         text NOT NULL,
    policy        text NOT NULL CHECK (policy IN ('masked', 'full')),
    streamed      boolean NOT NULL,
    request       bytea NOT NULL,                      -- under the day's key
    request_bytes bigint NOT NULL,                     -- of what was sent, before masking and cutting
    request_cut   boolean NOT NULL,
    answer        bytea NOT NULL,                      -- of a stream, the message that its pieces make
    answer_bytes  bigint NOT NULL,
    answer_cut    boolean NOT NULL,
    recorded_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (day, attempt_id)
) PARTITION BY RANGE (day);
CREATE INDEX llm_call_bodies_user_idx ON llm_call_bodies (user_id);

CREATE FUNCTION ensure_body_partition(wanted date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    partition text := 'llm_call_bodies_' || to_char(wanted, 'YYYYMMDD');
BEGIN
    IF to_regclass(partition) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('ensure_body_partition'));
        IF to_regclass(partition) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF llm_call_bodies FOR VALUES FROM (%L) TO (%L)',
                           partition, wanted, wanted + 1);
        END IF;
    END IF;
END
$$;

-- Drops a day's bodies, and the key without which copies of them do not open.
CREATE FUNCTION drop_body_partition(wanted date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ensure_body_partition'));
    DELETE FROM llm_body_keys WHERE day = wanted;
    EXECUTE format('DROP TABLE IF EXISTS %I', 'llm_call_bodies_' || to_char(wanted, 'YYYYMMDD'));
END
$$;

INSERT INTO schema_migrations (version, name) VALUES (15, 'bodies');
COMMIT;
