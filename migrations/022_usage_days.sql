-- Reports over some of many days read these days alone. Days lie in the order of time, so a few bytes for every sixteen pages say where
-- each is; the primary keys begin with the day too, but the planner thinks a third of a table by them dearer than the whole of it.
BEGIN;

CREATE INDEX llm_usage_daily_day ON llm_usage_daily USING brin (day) WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX llm_usage_daily_paid_day ON llm_usage_daily_paid USING brin (day) WITH (pages_per_range = 16, autosummarize = on);

INSERT INTO schema_migrations (version, name) VALUES (22, 'usage_days');
COMMIT;
