-- What dashboards ask of usage: how attempts ended, how long they took, and who used most over months. And one trigger for all
-- rollups instead of one for each: a batch of records is summed once, coarser sums are made of finer ones.
BEGIN;

-- Hours before folded_until are in the daily and weekly rollups by payer; what comes late for them is added to those at once. Later
-- hours are only in the hourly one, where reports read them too: adding each record to every rollup at once cost PostgreSQL more
-- than the record itself. See fold_usage.
CREATE TABLE usage_folding (
    only_row     boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    folded_until timestamptz NOT NULL
);
INSERT INTO usage_folding (folded_until)
SELECT greatest(date_trunc('hour', now(), 'UTC'), max(hour) + interval '1 hour') FROM llm_usage_hourly;

DO $do$
DECLARE
    -- What a record counts in every rollup. completed and the other outcomes add up to attempts; a request has failed when its
    -- last attempt neither came to its end nor was left by the client.
    measures     text[] := ARRAY[
        ['requests', 'CASE WHEN last_of_request THEN 1 ELSE 0 END'],
        ['attempts', '1'],
        ['completed', $$CASE WHEN outcome = 'completed' THEN 1 ELSE 0 END$$],
        ['estimated', $$CASE WHEN billing IN ('estimated', 'unknown') THEN 1 ELSE 0 END$$],
        ['input_tokens', 'input_tokens'], ['cache_read_tokens', 'cache_read_tokens'],
        ['cache_write_5m_tokens', 'cache_write_5m_tokens'], ['cache_write_1h_tokens', 'cache_write_1h_tokens'],
        ['output_tokens', 'output_tokens'], ['reasoning_tokens', 'reasoning_tokens'],
        ['audio_in_tokens', 'audio_in_tokens'], ['audio_out_tokens', 'audio_out_tokens'], ['image_in_tokens', 'image_in_tokens'],
        ['cost_nano', 'cost_nano'], ['user_cost_nano', 'user_cost_nano'],
        ['unknown', $$CASE WHEN billing = 'unknown' THEN 1 ELSE 0 END$$],
        ['unpaid', 'CASE WHEN user_cost_nano < cost_nano THEN 1 ELSE 0 END'],
        ['estimated_cost_nano', $$CASE WHEN billing = 'estimated' THEN cost_nano ELSE 0 END$$],
        ['first_content_count', 'CASE WHEN first_content_ms IS NULL THEN 0 ELSE 1 END'],
        ['first_content_ms', 'coalesce(first_content_ms, 0)'], ['duration_ms', 'duration_ms'],
        ['failed_requests', $$CASE WHEN last_of_request AND outcome NOT IN ('completed', 'client_gone') THEN 1 ELSE 0 END$$]];
    -- And in those by what served: how many completed attempts took so long, and how many first contents came so late. The
    -- bounds double, so that a percentile is known to within a bucket of its own size.
    spread       text[] := '{}';
    bounds       constant int[] := '{0,16,32,64,128,256,512,1024,2048,4096,8192,16384,32768,65536,131072,262144,524288}';
    name_of      text;
    within       text;
    payer        constant text := 'user_id, team_id, caller_key_id';
    served       constant text := 'model, deployment_id, provider, provider_key_id, currency';
    every        text[];                       -- names of measures
    added        text[];                       -- of those that are new
    spread_names text[];
    names        text[];
    key          text;
    dimensions   text;
    source       text;
    body         text;
    change       text;                         -- sums of what was inserted, by everything
    at_once      text := '';
    folding      text := '';
BEGIN
    FOREACH name_of IN ARRAY '{client_gone,failed,truncated,rejected,not_sent,interrupted}'::text[] LOOP
        measures := measures || ARRAY[[name_of, format('CASE WHEN outcome = %L THEN 1 ELSE 0 END', name_of)]];
    END LOOP;
    FOR i IN 1 .. array_length(bounds, 1) LOOP
        within := CASE WHEN i = array_length(bounds, 1) THEN format('>= %s', bounds[i])
                       ELSE format('BETWEEN %s AND %s', bounds[i], bounds[i + 1] - 1) END;
        spread := spread || ARRAY[
            ['duration_from_' || bounds[i], format($$CASE WHEN outcome = 'completed' AND duration_ms %s THEN 1 ELSE 0 END$$, within)],
            ['first_content_from_' || bounds[i], format('CASE WHEN first_content_ms %s THEN 1 ELSE 0 END', within)]];
    END LOOP;
    SELECT array_agg(m) INTO every FROM unnest(measures[:][1:1]) AS m;
    SELECT array_agg(m) INTO spread_names FROM unnest(spread[:][1:1]) AS m;
    SELECT array_agg(m) INTO added FROM unnest(every) WITH ORDINALITY AS u(m, n) WHERE n > 21;

    -- The columns.
    FOREACH name_of IN ARRAY '{llm_usage_hourly,llm_usage_daily,llm_usage_hourly_served,llm_usage_daily_served}'::text[] LOOP
        SELECT string_agg(format('ADD COLUMN %I bigint NOT NULL DEFAULT 0', m), ', ' ORDER BY n) INTO body
        FROM unnest(added || CASE WHEN name_of LIKE '%served' THEN spread_names END) WITH ORDINALITY AS u(m, n);
        EXECUTE format('ALTER TABLE %I %s', name_of, body);
    END LOOP;

    -- What each effective record counts; reports read it where a range cuts an hour.
    SELECT string_agg(format('(%s)::bigint AS %I', m.expression, m.name), ', ' ORDER BY m.n) INTO body
    FROM (SELECT (measures || spread)[n][1] AS name, (measures || spread)[n][2] AS expression, n
          FROM generate_subscripts(measures || spread, 1) AS n) AS m;
    EXECUTE format('CREATE VIEW llm_usage_counted AS
        SELECT u.day, u.started_at, u.user_id, u.team_id, u.caller_key_id, %s, %s FROM llm_usage u
        WHERE NOT EXISTS (SELECT 1 FROM llm_usage c WHERE c.day = u.day AND c.supersedes = u.attempt_id)', served, body);

    -- The same of the records there are, in the rollups of before.
    SELECT string_agg(format('sum(%1$I)::bigint AS %1$I', m), ', ') INTO body FROM unnest(added || spread_names) AS m;
    EXECUTE format($$CREATE TEMP TABLE before ON COMMIT DROP AS
        SELECT date_trunc('hour', started_at, 'UTC') AS hour, user_id,
               coalesce(team_id, '00000000-0000-0000-0000-000000000000') AS team_id,
               coalesce(caller_key_id, '00000000-0000-0000-0000-000000000000') AS caller_key_id, model, deployment_id, provider,
               coalesce(provider_key_id, '00000000-0000-0000-0000-000000000000') AS provider_key_id, currency, %s
        FROM llm_usage_counted GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9$$, body);
    FOR name_of, within IN VALUES
        ('llm_usage_hourly', 'hour, ' || payer || ', ' || served), ('llm_usage_hourly_served', 'hour, ' || served),
        ('llm_usage_daily', 'day, ' || payer || ', ' || served), ('llm_usage_daily_served', 'day, ' || served)
    LOOP
        SELECT format('INSERT INTO %1$s AS r (%2$s, %3$s) SELECT %2$s, %4$s
                       FROM (SELECT *, (hour AT TIME ZONE ''UTC'')::date AS day FROM before) AS b GROUP BY %2$s
                       ON CONFLICT (%2$s) DO UPDATE SET %5$s', name_of, within, string_agg(m, ', '),
                      string_agg(format('sum(%I)', m), ', '), string_agg(format('%1$I = excluded.%1$I', m), ', '))
        INTO body FROM unnest(added || CASE WHEN name_of LIKE '%served' THEN spread_names END) AS m;
        EXECUTE body;
    END LOOP;

    -- By who pays now knows keys too, and there is one by week, from Monday, for long reports.
    DROP TABLE llm_usage_daily_paid;
    CREATE TABLE llm_usage_daily_paid (LIKE llm_usage_daily INCLUDING DEFAULTS);
    ALTER TABLE llm_usage_daily_paid DROP COLUMN model, DROP COLUMN deployment_id, DROP COLUMN provider, DROP COLUMN provider_key_id,
        ADD PRIMARY KEY (day, user_id, team_id, caller_key_id, currency);
    CREATE TABLE llm_usage_weekly_paid (LIKE llm_usage_daily_paid INCLUDING DEFAULTS);
    ALTER TABLE llm_usage_weekly_paid DROP COLUMN day, ADD COLUMN week date NOT NULL,
        ADD PRIMARY KEY (week, user_id, team_id, caller_key_id, currency);
    SELECT format('INSERT INTO llm_usage_daily_paid (day, %1$s, currency, %2$s)
                   SELECT day, %1$s, currency, %3$s FROM llm_usage_daily GROUP BY day, %1$s, currency ORDER BY 1, 2, 3, 4, 5',
                  payer, string_agg(m, ', '), string_agg(format('sum(%I)', m), ', '))
    INTO body FROM unnest(every) AS m;
    EXECUTE body;
    SELECT format('INSERT INTO llm_usage_weekly_paid (week, %1$s, currency, %2$s)
                   SELECT date_trunc(''week'', day), %1$s, currency, %3$s FROM llm_usage_daily_paid GROUP BY 1, %1$s, currency
                   ORDER BY 1, 2, 3, 4, 5',
                  payer, string_agg(m, ', '), string_agg(format('sum(%I)', m), ', '))
    INTO body FROM unnest(every) AS m;
    EXECUTE body;

    -- The trigger: new rows are added, rows that they supersede are taken away. Rollups are always written in the same order, and
    -- their rows in the order of their keys, so that two nodes that ship at once wait for each other instead of deadlocking.
    SELECT format($sql$
            SELECT date_trunc('hour', started_at, 'UTC') AS hour, user_id,
                   coalesce(team_id, '00000000-0000-0000-0000-000000000000') AS team_id,
                   coalesce(caller_key_id, '00000000-0000-0000-0000-000000000000') AS caller_key_id, model, deployment_id, provider,
                   coalesce(provider_key_id, '00000000-0000-0000-0000-000000000000') AS provider_key_id, currency, %s
            FROM (SELECT 1 AS sign, n.* FROM inserted n
                  UNION ALL
                  SELECT -1, was.* FROM inserted n, usage_record(n.day, n.supersedes) was WHERE n.supersedes IS NOT NULL) AS u
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
            $sql$, string_agg(format('sum(sign * (%2$s))::bigint AS %1$I', (measures || spread)[n][1], (measures || spread)[n][2]), ', ' ORDER BY n))
    INTO change FROM generate_subscripts(measures || spread, 1) AS n;
    FOR name_of, key, dimensions, source IN VALUES
        ('hourly', 'hour, ' || payer || ', ' || served, NULL, 'change'),
        ('hourly_served', 'hour, ' || served, 'hour, ' || served, 'change'),
        ('daily_served', 'day, ' || served, $$(hour AT TIME ZONE 'UTC')::date AS day, $$ || served, 'hourly_served'),
        ('daily', 'day, ' || payer || ', ' || served, $$(hour AT TIME ZONE 'UTC')::date AS day, $$ || payer || ', ' || served,
         'change WHERE hour < folded'),
        ('daily_paid', 'day, ' || payer || ', currency', 'day, ' || payer || ', currency', 'daily'),
        ('weekly_paid', 'week, ' || payer || ', currency', $$date_trunc('week', day::timestamp)::date AS week, $$ || payer || ', currency', 'daily_paid')
    LOOP
        names := every || CASE WHEN name_of LIKE '%served' THEN spread_names END;
        SELECT format(', %1$s AS MATERIALIZED (SELECT %2$s FROM %3$s %4$s), to_%1$s AS (
                INSERT INTO llm_usage_%1$s AS r (%5$s, %6$s) SELECT %5$s, %6$s FROM %1$s ORDER BY %5$s
                ON CONFLICT (%5$s) DO UPDATE SET %7$s)',
                name_of,
                CASE WHEN dimensions IS NULL THEN '*' ELSE dimensions || ', ' || string_agg(format('sum(%1$I)::bigint AS %1$I', m), ', ' ORDER BY n) END,
                source, CASE WHEN dimensions IS NULL THEN '' ELSE 'GROUP BY ' || key END, key, string_agg(m, ', ' ORDER BY n),
                string_agg(format('%1$I = r.%1$I + excluded.%1$I', m), ', ' ORDER BY n))
        INTO within FROM unnest(names) WITH ORDINALITY AS u(m, n);
        IF name_of IN ('daily', 'daily_paid', 'weekly_paid') THEN
            folding := folding || within;
        ELSE
            at_once := at_once || within;
        END IF;
    END LOOP;
    EXECUTE format('CREATE FUNCTION add_to_usage_rollups() RETURNS trigger LANGUAGE plpgsql AS %L',
        $$DECLARE
            folded timestamptz;
            late   boolean;
        BEGIN
            PERFORM pg_advisory_xact_lock_shared(hashtext('usage_folding'));
            SELECT folded_until INTO folded FROM usage_folding;
            WITH change AS MATERIALIZED ($$ || change || ')' || at_once || $$
            SELECT bool_or(hour < folded) INTO late FROM change;
            IF late THEN
                WITH change AS ($$ || change || ')' || folding || $$
                SELECT true INTO late;
            END IF;
            RETURN NULL;
        END$$);

    -- Folding: hours that are over are added to the daily and weekly rollups, at most a day of them at once. It waits for the
    -- statements that are adding records, and they for it. Returns up to where has been folded.
    EXECUTE format('CREATE FUNCTION fold_usage(wanted timestamptz) RETURNS timestamptz LANGUAGE plpgsql AS %L',
        $$DECLARE
            since  timestamptz;
            folded timestamptz;
            done   boolean;
        BEGIN
            PERFORM pg_advisory_xact_lock(hashtext('usage_folding'));
            SELECT folded_until INTO since FROM usage_folding;
            folded := least(date_trunc('hour', wanted, 'UTC'), since + interval '1 day');
            IF folded <= since THEN
                RETURN since;
            END IF;
            WITH change AS (SELECT * FROM llm_usage_hourly WHERE hour >= since)$$ || folding || $$
            SELECT true INTO done;
            UPDATE usage_folding SET folded_until = folded;
            RETURN folded;
        END$$);
END
$do$;

DROP TRIGGER llm_usage_hourly ON llm_usage;
DROP TRIGGER llm_usage_hourly_served ON llm_usage;
DROP TRIGGER llm_usage_daily ON llm_usage;
DROP TRIGGER llm_usage_daily_served ON llm_usage;
DROP TRIGGER llm_usage_daily_paid ON llm_usage;
DROP FUNCTION add_to_llm_usage_hourly, add_to_llm_usage_hourly_served, add_to_llm_usage_daily, add_to_llm_usage_daily_served,
    add_to_llm_usage_daily_paid;
CREATE TRIGGER add_to_usage_rollups AFTER INSERT ON llm_usage REFERENCING NEW TABLE AS inserted
    FOR EACH STATEMENT EXECUTE FUNCTION add_to_usage_rollups();

INSERT INTO schema_migrations (version, name) VALUES (13, 'usage_dashboards');
COMMIT;
