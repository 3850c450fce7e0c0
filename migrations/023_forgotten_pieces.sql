-- The pieces of text that a run told are thrown away a day after its end: which runs still have theirs. Without it every run
-- that ever ended was looked at again, every half minute.
BEGIN;

ALTER TABLE runs ADD COLUMN pieces_forgotten boolean NOT NULL DEFAULT false;
CREATE INDEX runs_pieces_idx ON runs (ended_at) WHERE ended_at IS NOT NULL AND NOT pieces_forgotten;

INSERT INTO schema_migrations (version, name) VALUES (23, 'forgotten_pieces');
COMMIT;
