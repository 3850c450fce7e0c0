-- Prices by token class, context length and service tier; exchange rates for reports in one currency.
BEGIN;

INSERT INTO schema_migrations (version, name) VALUES (7, 'prices');
COMMIT;
