-- The long life of usage: rollups kept by the table itself, corrections, retention, bodies, reconciliation with providers' bills.
BEGIN;

-- A correction is a row of its own that names the row it supersedes; a row that none supersedes is effective. All rows of one
-- attempt lie in the same day, because a correction's id takes the original's time.
ALTER TABLE llm_usage
    ADD COLUMN corrects          uuid,                 -- the attempt's first row, in every later one
    ADD COLUMN correction_reason text,
    ADD COLUMN correction_batch  text,                 -- what was corrected together, once for each attempt
    ADD CONSTRAINT llm_usage_correction_whole CHECK (
        (supersedes IS NULL AND corrects IS NULL AND correction_reason IS NULL AND correction_batch IS NULL)
        OR (supersedes IS NOT NULL AND corrects IS NOT NULL AND correction_reason IS NOT NULL AND correction_batch IS NOT NULL));
DROP INDEX llm_usage_supersedes_idx;
CREATE UNIQUE INDEX llm_usage_supersedes_key ON llm_usage (day, supersedes) WHERE supersedes IS NOT NULL;
CREATE UNIQUE INDEX llm_usage_corrects_key ON llm_usage (day, corrects, correction_batch) WHERE corrects IS NOT NULL;

-- What lists of records ask for, newest first: an index that begins with the day lets PostgreSQL walk the partitions one by
-- one and stop when the page is full.
DROP INDEX llm_usage_user_idx;
CREATE INDEX llm_usage_user_idx ON llm_usage (user_id, day, attempt_id);
CREATE INDEX llm_usage_caller_key_idx ON llm_usage (caller_key_id, day, attempt_id) WHERE caller_key_id IS NOT NULL;
CREATE INDEX llm_usage_request_idx ON llm_usage (request_id);
CREATE INDEX llm_usage_ends_idx ON llm_usage (outcome, day, attempt_id) WHERE outcome <> 'completed';

-- One row for each attempt: what holds now. Its columns are those of llm_usage when this ran; a migration that adds some
-- makes the view again.
CREATE VIEW llm_usage_effective AS
SELECT u.* FROM llm_usage u
WHERE NOT EXISTS (SELECT 1 FROM llm_usage c WHERE c.day = u.day AND c.supersedes = u.attempt_id);

ALTER TABLE llm_usage_hourly
    ADD COLUMN unknown             bigint NOT NULL DEFAULT 0,   -- attempts that were sent and never answered
    ADD COLUMN unpaid              bigint NOT NULL DEFAULT 0,   -- attempts of which the user pays less than they cost
    ADD COLUMN estimated_cost_nano bigint NOT NULL DEFAULT 0,   -- of cost_nano, what no provider confirmed
    ADD COLUMN first_content_count bigint NOT NULL DEFAULT 0,
    ADD COLUMN first_content_ms    bigint NOT NULL DEFAULT 0,   -- summed
    ADD COLUMN duration_ms         bigint NOT NULL DEFAULT 0;   -- summed

-- The same by UTC day of started_at, for long reports; and with fewer dimensions, for reports over everyone: by what served and
-- by who pays. Of a hundred million records in ninety days llm_usage_daily has some 350,000 rows, the others 4,000 and 90,000.
CREATE TABLE llm_usage_daily (LIKE llm_usage_hourly INCLUDING DEFAULTS);
ALTER TABLE llm_usage_daily DROP COLUMN hour, ADD COLUMN day date NOT NULL,
    ADD PRIMARY KEY (day, user_id, team_id, caller_key_id, model, deployment_id, provider, provider_key_id, currency);
CREATE INDEX llm_usage_daily_user_idx ON llm_usage_daily (user_id, day);
CREATE TABLE llm_usage_hourly_served (LIKE llm_usage_hourly INCLUDING DEFAULTS);
ALTER TABLE llm_usage_hourly_served DROP COLUMN user_id, DROP COLUMN team_id, DROP COLUMN caller_key_id,
    ADD PRIMARY KEY (hour, model, deployment_id, provider, provider_key_id, currency);
CREATE TABLE llm_usage_daily_served (LIKE llm_usage_hourly_served INCLUDING DEFAULTS);
ALTER TABLE llm_usage_daily_served DROP COLUMN hour, ADD COLUMN day date NOT NULL,
    ADD PRIMARY KEY (day, model, deployment_id, provider, provider_key_id, currency);
CREATE TABLE llm_usage_daily_paid (LIKE llm_usage_daily INCLUDING DEFAULTS);
ALTER TABLE llm_usage_daily_paid DROP COLUMN caller_key_id, DROP COLUMN model, DROP COLUMN deployment_id,
    DROP COLUMN provider, DROP COLUMN provider_key_id, ADD PRIMARY KEY (day, user_id, team_id, currency);

-- One record. A function, so that the triggers below touch no partition, and plan for none, where nothing is corrected.
CREATE FUNCTION usage_record(wanted_day date, wanted uuid) RETURNS SETOF llm_usage LANGUAGE plpgsql STABLE ROWS 1 AS $$
BEGIN
    RETURN QUERY SELECT * FROM llm_usage WHERE day = wanted_day AND attempt_id = wanted;
END
$$;

-- Whoever inserts records, the rollups follow in the same transaction: each new row is added, each row that it supersedes is
-- taken away again, so that attempts and requests are never counted twice. Rows are taken in the order of their keys: two
-- nodes that ship at once wait for each other instead of deadlocking. One function and trigger for each rollup, which differ
-- in nothing but the table and its key; and what was shipped before this migration is added in the same words.
DO $do$
DECLARE
    rollup      text;
    key         text;
    measured    constant text := $sql$
        SELECT %2$s, sum(CASE WHEN last_of_request THEN sign ELSE 0 END), sum(sign),
               sum(CASE WHEN outcome = 'completed' THEN sign ELSE 0 END),
               sum(CASE WHEN billing IN ('estimated', 'unknown') THEN sign ELSE 0 END),
               sum(sign * input_tokens), sum(sign * cache_read_tokens), sum(sign * cache_write_5m_tokens),
               sum(sign * cache_write_1h_tokens), sum(sign * output_tokens), sum(sign * reasoning_tokens),
               sum(sign * audio_in_tokens), sum(sign * audio_out_tokens), sum(sign * image_in_tokens),
               sum(sign * cost_nano), sum(sign * user_cost_nano),
               sum(CASE WHEN billing = 'unknown' THEN sign ELSE 0 END),
               sum(CASE WHEN user_cost_nano < cost_nano THEN sign ELSE 0 END),
               sum(CASE WHEN billing = 'estimated' THEN sign * cost_nano ELSE 0 END),
               sum(CASE WHEN first_content_ms IS NULL THEN 0 ELSE sign END),
               sum(sign * coalesce(first_content_ms, 0)::bigint), sum(sign * duration_ms::bigint)
        FROM (SELECT *, date_trunc('hour', started_at, 'UTC') AS hour FROM %3$s) AS change
        GROUP BY %2$s ORDER BY %2$s
        ON CONFLICT (%4$s) DO UPDATE SET
            requests = r.requests + excluded.requests, attempts = r.attempts + excluded.attempts,
            completed = r.completed + excluded.completed, estimated = r.estimated + excluded.estimated,
            input_tokens = r.input_tokens + excluded.input_tokens,
            cache_read_tokens = r.cache_read_tokens + excluded.cache_read_tokens,
            cache_write_5m_tokens = r.cache_write_5m_tokens + excluded.cache_write_5m_tokens,
            cache_write_1h_tokens = r.cache_write_1h_tokens + excluded.cache_write_1h_tokens,
            output_tokens = r.output_tokens + excluded.output_tokens,
            reasoning_tokens = r.reasoning_tokens + excluded.reasoning_tokens,
            audio_in_tokens = r.audio_in_tokens + excluded.audio_in_tokens,
            audio_out_tokens = r.audio_out_tokens + excluded.audio_out_tokens,
            image_in_tokens = r.image_in_tokens + excluded.image_in_tokens,
            cost_nano = r.cost_nano + excluded.cost_nano, user_cost_nano = r.user_cost_nano + excluded.user_cost_nano,
            unknown = r.unknown + excluded.unknown, unpaid = r.unpaid + excluded.unpaid,
            estimated_cost_nano = r.estimated_cost_nano + excluded.estimated_cost_nano,
            first_content_count = r.first_content_count + excluded.first_content_count,
            first_content_ms = r.first_content_ms + excluded.first_content_ms, duration_ms = r.duration_ms + excluded.duration_ms
        $sql$;
    adding      constant text := $sql$
        INSERT INTO %1$s AS r (%4$s, requests, attempts, completed, estimated, input_tokens, cache_read_tokens,
            cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, audio_in_tokens, audio_out_tokens,
            image_in_tokens, cost_nano, user_cost_nano, unknown, unpaid, estimated_cost_nano, first_content_count,
            first_content_ms, duration_ms)
        $sql$ || measured;
    changes     constant text := $sql$(SELECT 1 AS sign, n.* FROM inserted n
            UNION ALL
            SELECT -1, was.* FROM inserted n, usage_record(n.day, n.supersedes) was WHERE n.supersedes IS NOT NULL)$sql$;
    expressions text;
BEGIN
    DELETE FROM llm_usage_hourly;
    FOR rollup, key IN VALUES
        ('llm_usage_hourly', 'hour, user_id, team_id, caller_key_id, model, deployment_id, provider, provider_key_id, currency'),
        ('llm_usage_hourly_served', 'hour, model, deployment_id, provider, provider_key_id, currency'),
        ('llm_usage_daily', 'day, user_id, team_id, caller_key_id, model, deployment_id, provider, provider_key_id, currency'),
        ('llm_usage_daily_served', 'day, model, deployment_id, provider, provider_key_id, currency'),
        ('llm_usage_daily_paid', 'day, user_id, team_id, currency')
    LOOP
        -- In rollups, no team and no key is the zero id.
        SELECT string_agg(CASE k WHEN 'day' THEN $$(started_at AT TIME ZONE 'UTC')::date$$
                          WHEN 'team_id' THEN $$coalesce(team_id, '00000000-0000-0000-0000-000000000000')$$
                          WHEN 'caller_key_id' THEN $$coalesce(caller_key_id, '00000000-0000-0000-0000-000000000000')$$
                          WHEN 'provider_key_id' THEN $$coalesce(provider_key_id, '00000000-0000-0000-0000-000000000000')$$
                          ELSE k END, ', ') INTO expressions
        FROM unnest(string_to_array(key, ', ')) AS k;
        EXECUTE format(adding, rollup, expressions, '(SELECT 1 AS sign, u.* FROM llm_usage u)', key);
        EXECUTE format('CREATE FUNCTION add_to_%s() RETURNS trigger LANGUAGE plpgsql AS %L', rollup,
                       'BEGIN ' || format(adding, rollup, expressions, changes, key) || '; RETURN NULL; END');
        EXECUTE format('CREATE TRIGGER %1$s AFTER INSERT ON llm_usage REFERENCING NEW TABLE AS inserted '
                       'FOR EACH STATEMENT EXECUTE FUNCTION add_to_%1$s()', rollup);
    END LOOP;
END
$do$;

-- The day inside an attempt id (UUID version 7).
CREATE FUNCTION usage_day(attempt uuid) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT (to_timestamp(('x' || lpad(substr(replace(attempt::text, '-', ''), 1, 12), 16, '0'))::bit(64)::bigint / 1000.0)
            AT TIME ZONE 'UTC')::date
$$;

-- Days before this one are gone, and stay gone: see ensure_usage_partition.
CREATE TABLE usage_retention (
    only_row       boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    dropped_before date NOT NULL DEFAULT '-infinity',
    changed_at     timestamptz NOT NULL DEFAULT now()
);
INSERT INTO usage_retention DEFAULT VALUES;

-- As in migration 003, but never for a day that retention has dropped: whether such a record was counted before it was
-- dropped can no longer be known, so it goes to quarantine, where a person decides.
CREATE OR REPLACE FUNCTION ensure_usage_partition(wanted date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    partition text := 'llm_usage_' || to_char(wanted, 'YYYYMMDD');
BEGIN
    IF to_regclass(partition) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('ensure_usage_partition'));
        IF to_regclass(partition) IS NULL
           AND NOT EXISTS (SELECT 1 FROM usage_retention WHERE wanted < dropped_before) THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF llm_usage FOR VALUES FROM (%L) TO (%L)',
                           partition, wanted, wanted + 1);
        END IF;
    END IF;
END
$$;

-- Drops a day's records for good; its rollups stay. The lock is the one under which partitions are made.
CREATE FUNCTION drop_usage_partition(wanted date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ensure_usage_partition'));
    UPDATE usage_retention SET dropped_before = greatest(dropped_before, wanted + 1), changed_at = now();
    EXECUTE format('DROP TABLE IF EXISTS %I', 'llm_usage_' || to_char(wanted, 'YYYYMMDD'));
END
$$;

-- What a charge of user_cost_nano and tokens is in a budget's unit, for a correction. The original's own rate holds
-- (rate_nano of its charge); only where the currency itself is corrected, the exchange rate of the attempt's time.
CREATE FUNCTION corrected_charge(charge jsonb, unit text, original llm_usage, corrected llm_usage, charged bigint)
RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    rate numeric;
BEGIN
    IF unit = 'tokens' THEN
        IF corrected.user_cost_nano > 0 OR (corrected.cost_nano = 0 AND charged > 0) THEN
            RETURN corrected.input_tokens + corrected.cache_read_tokens + corrected.cache_write_5m_tokens
                 + corrected.cache_write_1h_tokens + corrected.output_tokens + corrected.reasoning_tokens
                 + corrected.audio_in_tokens + corrected.audio_out_tokens + corrected.image_in_tokens;
        END IF;
        RETURN 0;
    END IF;
    IF corrected.currency = unit OR corrected.user_cost_nano = 0 THEN
        rate := 1;
    ELSIF corrected.currency = original.currency THEN
        rate := (charge ->> 'rate_nano')::numeric / 1000000000;
    END IF;
    IF rate IS NULL THEN
        EXECUTE $sql$
            SELECT CASE WHEN from_currency = $1 THEN rate ELSE 1 / rate END FROM exchange_rates
            WHERE (from_currency, to_currency) IN (($1, $2), ($2, $1)) AND effective_from <= $3
            ORDER BY effective_from DESC, from_currency = $1 DESC LIMIT 1
            $sql$ INTO rate USING corrected.currency, unit, corrected.started_at;
    END IF;
    IF rate IS NULL THEN
        RAISE EXCEPTION 'no exchange rate from % to % at %', corrected.currency, unit, corrected.started_at
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN round(corrected.user_cost_nano * rate);
END
$$;

-- Corrects one attempt: inserts a row that supersedes its effective one, with these values in place of the old. The rollups
-- and the budget windows that the attempt was charged to move by the difference. A window may pass its limit by that: a
-- correction says what was really spent, and refusing to know would not unspend it.
--
-- Repeating a batch changes nothing, and so does a correction that changes nothing. Returns the id of the effective row.
-- Raises no_data_found where there is no such record (or its day was dropped), invalid_parameter_value for what cannot be
-- corrected: who called what and when is not a matter of opinion.
CREATE FUNCTION correct_usage(attempt uuid, changes jsonb, reason text, batch text DEFAULT NULL)
RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    fixed     constant text[] := '{day,attempt_id,request_id,node_id,attempt_number,last_of_request,user_id,team_id,caller_key_id,
        deployment_id,operation,streamed,started_at,recorded_at,supersedes,corrects,correction_reason,correction_batch,
        budget_charges}';
    the_batch constant text := coalesce(batch, reason);
    original  llm_usage;
    effective llm_usage;
    corrected llm_usage;
    random    text := replace(gen_random_uuid()::text, '-', '');
    charge    jsonb;
    charged   bigint;
    delta     bigint;
    the_unit  text;
BEGIN
    IF coalesce(reason, '') = '' OR jsonb_typeof(changes) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'a correction needs a reason and the new values' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    -- The first row is locked, so that corrections of one attempt come one after the other.
    SELECT * INTO original FROM llm_usage WHERE day = usage_day(attempt) AND attempt_id = attempt;
    IF original.corrects IS NOT NULL THEN
        SELECT * INTO original FROM llm_usage WHERE day = original.day AND attempt_id = original.corrects;
    END IF;
    PERFORM 1 FROM llm_usage WHERE day = original.day AND attempt_id = original.attempt_id FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no record of attempt %', attempt USING ERRCODE = 'no_data_found';
    END IF;

    SELECT u.* INTO effective FROM llm_usage u
    WHERE u.day = original.day AND (u.attempt_id = original.attempt_id OR u.corrects = original.attempt_id)
      AND NOT EXISTS (SELECT 1 FROM llm_usage c WHERE c.day = u.day AND c.supersedes = u.attempt_id);
    IF EXISTS (SELECT 1 FROM jsonb_object_keys(changes) AS k WHERE k = ANY (fixed) OR NOT to_jsonb(effective) ? k) THEN
        RAISE EXCEPTION 'not all of these can be corrected: %', (SELECT string_agg(k, ', ') FROM jsonb_object_keys(changes) AS k)
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    corrected := jsonb_populate_record(effective, changes);
    IF corrected IS NOT DISTINCT FROM effective
       OR EXISTS (SELECT 1 FROM llm_usage u
                  WHERE u.day = original.day AND u.corrects = original.attempt_id AND u.correction_batch = the_batch) THEN
        RETURN effective.attempt_id;
    END IF;

    corrected.attempt_id := (substr(replace(original.attempt_id::text, '-', ''), 1, 12) || '7' || substr(random, 14))::uuid;
    corrected.supersedes := effective.attempt_id;
    corrected.corrects := original.attempt_id;
    corrected.correction_reason := reason;
    corrected.correction_batch := the_batch;
    corrected.recorded_at := clock_timestamp();
    corrected.budget_charges := '[]';
    FOR charge IN SELECT value FROM jsonb_array_elements(original.budget_charges)
                  ORDER BY value ->> 'budget_id', value ->> 'window' LOOP
        SELECT unit INTO the_unit FROM budgets WHERE id = (charge ->> 'budget_id')::uuid;
        CONTINUE WHEN NOT FOUND;
        SELECT coalesce(sum((c ->> 'amount')::bigint), 0) INTO charged
        FROM llm_usage u, jsonb_array_elements(u.budget_charges) AS c
        WHERE u.day = original.day AND (u.attempt_id = original.attempt_id OR u.corrects = original.attempt_id)
          AND c ->> 'budget_id' = charge ->> 'budget_id' AND c ->> 'window' = charge ->> 'window';
        delta := corrected_charge(charge, the_unit, original, corrected, charged) - charged;
        CONTINUE WHEN delta = 0;
        UPDATE budget_windows SET spent = spent + delta
        WHERE budget_id = (charge ->> 'budget_id')::uuid AND starts_at = (charge ->> 'window')::timestamptz;
        IF FOUND THEN
            corrected.budget_charges := corrected.budget_charges || jsonb_build_array(
                charge || jsonb_build_object('amount', delta));
        END IF;
    END LOOP;
    INSERT INTO llm_usage SELECT corrected.*;
    RETURN corrected.attempt_id;
END
$$;

-- Providers' bills held against our records: the comparison as it was when the bill came.
CREATE TABLE reconciliations (
    id         uuid PRIMARY KEY,                       -- UUID version 7: ordered by time
    name       text NOT NULL,
    provider   text,                                   -- NULL: of all
    first_day  date NOT NULL,
    last_day   date NOT NULL,
    alert      boolean NOT NULL,                       -- less than 99.9 % of the bill is on record here
    comparison jsonb NOT NULL,
    created_by uuid,
    created_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO schema_migrations (version, name) VALUES (10, 'usage_life');
COMMIT;
