-- What a restore of this database to an earlier time has cost: usage records that had been shipped since and that no journal has any
-- more. A node counts all that it ever settled; a journal that begins later than this database knows has a hole before it.
BEGIN;

ALTER TABLE gateway_nodes ADD COLUMN settled bigint;   -- attempts the node had settled where its journal is shipped to

CREATE TABLE usage_losses (
    node_id        uuid NOT NULL,
    settled_before bigint NOT NULL,                    -- gateway_nodes.settled as it was restored
    lost           bigint NOT NULL CHECK (lost > 0),
    found_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (node_id, settled_before)
);

INSERT INTO schema_migrations (version, name) VALUES (24, 'usage_losses');
COMMIT;
