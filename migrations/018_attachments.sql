-- Files that are attached to messages: what they are, and the conversation that they are deleted with.
BEGIN;

ALTER TABLE attachments
    ADD COLUMN kind            text NOT NULL CHECK (kind IN ('text', 'pdf', 'image')),
    ADD COLUMN width           integer,                -- of an image, in pixels
    ADD COLUMN height          integer,
    ADD COLUMN pages           integer,                -- of a PDF
    ADD COLUMN tokens          integer NOT NULL,       -- that a model reads, as estimated
    ADD COLUMN truncated       boolean NOT NULL DEFAULT false,   -- there is more text than is kept
    ADD COLUMN conversation_id uuid REFERENCES conversations (id) ON DELETE CASCADE;   -- NULL: not sent yet
CREATE INDEX attachments_conversation_idx ON attachments (conversation_id);
CREATE INDEX attachments_unused_idx ON attachments (created_at) WHERE conversation_id IS NULL;
ALTER TABLE attachments ALTER COLUMN content SET STORAGE EXTERNAL;   -- most are compressed already

INSERT INTO schema_migrations (version, name) VALUES (18, 'attachments');
COMMIT;
