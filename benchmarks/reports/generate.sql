-- A quarter of a year of a busy installation: the rollups of a hundred million records, whole, and some records themselves.
-- psql -v records=<how many records of the last week>
\set ON_ERROR_STOP on
BEGIN;
-- The rollups are made here and not by the table: a hundred million records would take hours and 60 GB.
ALTER TABLE llm_usage DISABLE TRIGGER USER;

INSERT INTO teams (id, name)
SELECT ('00000000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid, 'team-' || n FROM generate_series(0, 24) n;
INSERT INTO users (id, username, email, password_hash, role)
SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'user-' || n, 'user-' || n || '@example.com', 'none', 'user'
FROM generate_series(1, 1000) n;
INSERT INTO caller_keys (id, user_id, name, key_hash, display_hint)
SELECT ('00000000-0000-7000-8002-' || lpad(n::text, 12, '0'))::uuid, ('00000000-0000-7000-8000-' || lpad((n / 2)::text, 12, '0'))::uuid,
       'key-' || n, sha256(n::text::bytea), 'sk-jv-…' || n
FROM generate_series(2, 2001) n;

-- In the twelve hours of their day, users call four models each, in one hour out of four.
INSERT INTO llm_usage_hourly (hour, user_id, team_id, caller_key_id, model, deployment_id, provider, provider_key_id, currency,
    requests, attempts, completed, estimated, input_tokens, cache_read_tokens, output_tokens, cost_nano, user_cost_nano,
    unknown, unpaid, estimated_cost_nano, first_content_count, first_content_ms, duration_ms)
SELECT hour, ('00000000-0000-7000-8000-' || lpad(u::text, 12, '0'))::uuid, ('00000000-0000-7000-8001-' || lpad((u % 25)::text, 12, '0'))::uuid,
       ('00000000-0000-7000-8002-' || lpad((u * 2 + m % 2)::text, 12, '0'))::uuid, 'model-' || model,
       ('00000000-0000-7000-8003-' || lpad(model::text, 12, '0'))::uuid, 'provider-' || (model % 5),
       ('00000000-0000-7000-8004-' || lpad((model * 2 + u % 2)::text, 12, '0'))::uuid, CASE WHEN model < 14 THEN 'USD' ELSE 'CNY' END,
       n - 2, n, n - 3, 1, n * 1200, n * 300, n * 400, n * 9000000::bigint, n * 8900000::bigint, 0, 1, 9000000, n - 1, n * 700, n * 6000
FROM (SELECT hour, u, m, (u + m) % 20 AS model, 70 + abs(hashtext(hour::text || u || m)) % 46 AS n
      FROM generate_series(date_trunc('day', now(), 'UTC') - interval '90 days', now(), '1 hour') AS hour,
           generate_series(1, 1000) AS u, generate_series(0, 3) AS m
      WHERE extract(hour FROM hour AT TIME ZONE 'UTC') BETWEEN 1 AND 12 AND hashtext(u || ' ' || hour || m) & 3 = 0) AS made;
INSERT INTO llm_usage_daily (day, user_id, team_id, caller_key_id, model, deployment_id, provider, provider_key_id, currency,
    requests, attempts, completed, estimated, input_tokens, cache_read_tokens, output_tokens, cost_nano, user_cost_nano,
    unknown, unpaid, estimated_cost_nano, first_content_count, first_content_ms, duration_ms)
SELECT (hour AT TIME ZONE 'UTC')::date, user_id, team_id, caller_key_id, model, deployment_id, provider, provider_key_id, currency,
       sum(requests), sum(attempts), sum(completed), sum(estimated), sum(input_tokens), sum(cache_read_tokens), sum(output_tokens),
       sum(cost_nano), sum(user_cost_nano), sum(unknown), sum(unpaid), sum(estimated_cost_nano), sum(first_content_count),
       sum(first_content_ms), sum(duration_ms)
FROM llm_usage_hourly GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1;
INSERT INTO llm_usage_daily_paid (day, user_id, team_id, caller_key_id, currency,
    requests, attempts, completed, estimated, input_tokens, cache_read_tokens, output_tokens, cost_nano, user_cost_nano,
    unknown, unpaid, estimated_cost_nano, first_content_count, first_content_ms, duration_ms)
SELECT day, user_id, team_id, caller_key_id, currency,
       sum(requests), sum(attempts), sum(completed), sum(estimated), sum(input_tokens), sum(cache_read_tokens), sum(output_tokens),
       sum(cost_nano), sum(user_cost_nano), sum(unknown), sum(unpaid), sum(estimated_cost_nano), sum(first_content_count),
       sum(first_content_ms), sum(duration_ms)
FROM llm_usage_daily GROUP BY 1, 2, 3, 4, 5 ORDER BY 1;
INSERT INTO llm_usage_weekly_paid (week, user_id, team_id, caller_key_id, currency,
    requests, attempts, completed, estimated, input_tokens, cache_read_tokens, output_tokens, cost_nano, user_cost_nano,
    unknown, unpaid, estimated_cost_nano, first_content_count, first_content_ms, duration_ms)
SELECT date_trunc('week', day::timestamp), user_id, team_id, caller_key_id, currency,
       sum(requests), sum(attempts), sum(completed), sum(estimated), sum(input_tokens), sum(cache_read_tokens), sum(output_tokens),
       sum(cost_nano), sum(user_cost_nano), sum(unknown), sum(unpaid), sum(estimated_cost_nano), sum(first_content_count),
       sum(first_content_ms), sum(duration_ms)
FROM llm_usage_daily_paid GROUP BY 1, 2, 3, 4, 5 ORDER BY 1;
INSERT INTO llm_usage_daily_served (day, model, deployment_id, provider, provider_key_id, currency,
    requests, attempts, completed, estimated, input_tokens, cache_read_tokens, output_tokens, cost_nano, user_cost_nano,
    unknown, unpaid, estimated_cost_nano, first_content_count, first_content_ms, duration_ms)
SELECT day, model, deployment_id, provider, provider_key_id, currency,
       sum(requests), sum(attempts), sum(completed), sum(estimated), sum(input_tokens), sum(cache_read_tokens), sum(output_tokens),
       sum(cost_nano), sum(user_cost_nano), sum(unknown), sum(unpaid), sum(estimated_cost_nano), sum(first_content_count),
       sum(first_content_ms), sum(duration_ms)
FROM llm_usage_daily GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1;
INSERT INTO llm_usage_hourly_served (hour, model, deployment_id, provider, provider_key_id, currency,
    requests, attempts, completed, estimated, input_tokens, cache_read_tokens, output_tokens, cost_nano, user_cost_nano,
    unknown, unpaid, estimated_cost_nano, first_content_count, first_content_ms, duration_ms)
SELECT hour, model, deployment_id, provider, provider_key_id, currency,
       sum(requests), sum(attempts), sum(completed), sum(estimated), sum(input_tokens), sum(cache_read_tokens), sum(output_tokens),
       sum(cost_nano), sum(user_cost_nano), sum(unknown), sum(unpaid), sum(estimated_cost_nano), sum(first_content_count),
       sum(first_content_ms), sum(duration_ms)
FROM llm_usage_hourly GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1;

-- Empty partitions for the quarter, as an installation of that age has them, and records in those of the last week.
SELECT count(ensure_usage_partition(day::date)) FROM generate_series(now() - interval '90 days', now(), '1 day') AS day;
INSERT INTO llm_usage (day, attempt_id, request_id, node_id, user_id, team_id, caller_key_id, model, deployment_id, provider,
    provider_key_id, provider_key_hint, upstream_model, outcome, billing, http_status, input_tokens, cache_read_tokens, output_tokens,
    currency, cost_nano, user_cost_nano, cost_lines, price_version, started_at, first_content_ms, duration_ms)
SELECT (at AT TIME ZONE 'UTC')::date,
       (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid,
       'req_' || md5(i::text), '00000000-0000-0000-0000-000000000009', ('00000000-0000-7000-8000-' || lpad(u::text, 12, '0'))::uuid,
       ('00000000-0000-7000-8001-' || lpad((u % 25)::text, 12, '0'))::uuid, ('00000000-0000-7000-8002-' || lpad((u * 2)::text, 12, '0'))::uuid,
       'model-' || model, ('00000000-0000-7000-8003-' || lpad(model::text, 12, '0'))::uuid, 'provider-' || (model % 5),
       ('00000000-0000-7000-8004-' || lpad((model * 2)::text, 12, '0'))::uuid, 'wxyz', 'upstream',
       CASE WHEN i % 997 = 0 THEN 'failed' ELSE 'completed' END, 'exact', CASE WHEN i % 997 = 0 THEN 500 ELSE 200 END, 1200, 300, 400, 'USD',
       9000000, 9000000, '[{"class": "input", "tokens": 1200, "price_nano": 2500000000, "amount_nano": 3000000}]', 1, at, 700, 6000
FROM (SELECT i, 1 + i * 7919::bigint % 1000 AS u, i % 20 AS model,
             date_trunc('day', now(), 'UTC') - interval '7 days' + i * (interval '7 days' / :records) AS at
      FROM generate_series(0, :records - 1) AS i) AS made;
UPDATE usage_folding SET folded_until = date_trunc('day', now(), 'UTC') + interval '1 day';
ALTER TABLE llm_usage ENABLE TRIGGER USER;
COMMIT;
VACUUM (ANALYZE) llm_usage_hourly, llm_usage_hourly_served, llm_usage_daily, llm_usage_daily_served, llm_usage_daily_paid, llm_usage_weekly_paid, llm_usage;
SELECT to_char(sum(attempts), '999,999,999') || ' records in the rollups, ' || (SELECT count(*) FROM llm_usage) || ' as rows; rows of rollups: '
       || (SELECT count(*) FROM llm_usage_hourly) || ' hourly, ' || count(*) || ' daily, '
       || (SELECT count(*) FROM llm_usage_daily_paid) || ' daily and ' || (SELECT count(*) FROM llm_usage_weekly_paid) || ' weekly by payer, ' || (SELECT count(*) FROM llm_usage_daily_served) || ' daily by what served, '
       || (SELECT count(*) FROM llm_usage_hourly_served) || ' hourly by what served; '
       || pg_size_pretty(pg_database_size(current_database())) AS generated
FROM llm_usage_daily;
