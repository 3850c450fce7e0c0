-- Messages are read a page at a time, the newest first; those that begin a branch are one another's versions and are found
-- together.
BEGIN;

DROP INDEX messages_conversation_idx;
CREATE INDEX messages_page_idx ON messages (conversation_id, created_at, id);
CREATE INDEX messages_beginnings_idx ON messages (conversation_id) WHERE parent_id IS NULL;

INSERT INTO schema_migrations (version, name) VALUES (25, 'message_pages');
COMMIT;
