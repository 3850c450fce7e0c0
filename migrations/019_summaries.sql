-- Summaries of the beginnings of conversations, which runs send in place of what no longer fits.
BEGIN;

CREATE TABLE conversation_summaries (
    message_id      uuid PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,   -- the last one that it covers
    conversation_id uuid NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    text            text NOT NULL,
    messages        integer NOT NULL,                 -- that it stands for
    run_id          uuid NOT NULL,                    -- that made it
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX conversation_summaries_idx ON conversation_summaries (conversation_id);

INSERT INTO schema_migrations (version, name) VALUES (19, 'summaries');
COMMIT;
