-- Why a provider key is out, as a code: pages say it in their reader's language. Empty where a node of an earlier version wrote the row.
BEGIN;

ALTER TABLE provider_key_health ADD COLUMN reason_code text NOT NULL DEFAULT '';

INSERT INTO schema_migrations (version, name) VALUES (26, 'key_reasons');
COMMIT;
