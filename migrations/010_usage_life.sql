-- The long life of usage: corrections, daily rollups, retention, bodies, reconciliation with providers' bills.
BEGIN;

INSERT INTO schema_migrations (version, name) VALUES (10, 'usage_life');
COMMIT;
