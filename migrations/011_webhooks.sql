-- Webhooks: signed events, delivered at least once.
BEGIN;

INSERT INTO schema_migrations (version, name) VALUES (11, 'webhooks');
COMMIT;
