-- Budgets, and how they are shared out to gateway nodes. Amounts are in the budget's unit: nano-units of its currency, or
-- tokens.
--
-- The invariant of a hard budget, kept by every statement that touches a window: spent + leased <= its limit.
BEGIN;

CREATE TABLE budgets (
    id           uuid PRIMARY KEY,
    name         text NOT NULL DEFAULT '',
    scope        text NOT NULL CHECK (scope IN ('organisation', 'team', 'user', 'caller_key', 'model')),
    subject_id   uuid,                                 -- teams, users, caller_keys or llm_models; NULL: the organisation
    enforcement  text NOT NULL DEFAULT 'hard' CHECK (enforcement IN ('hard', 'soft')),
    unit         text NOT NULL CHECK (unit IN ('USD', 'CNY', 'tokens')),
    amount       bigint NOT NULL CHECK (amount >= 0),  -- of each window
    period       text NOT NULL CHECK (period IN ('total', 'day', 'week', 'month')),
    time_zone    text NOT NULL DEFAULT 'UTC',          -- IANA name; where days, weeks (Monday) and months begin
    warn_percent smallint CHECK (warn_percent BETWEEN 1 AND 100),
    status       text NOT NULL DEFAULT 'enabled' CHECK (status IN ('enabled', 'disabled')),
    version      bigint NOT NULL DEFAULT 1,            -- for If-Match
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    CHECK ((scope = 'organisation') = (subject_id IS NULL))
);
CREATE INDEX budgets_subject_idx ON budgets (scope, subject_id);
CREATE TRIGGER budgets_announce AFTER INSERT OR DELETE OR UPDATE ON budgets
    FOR EACH ROW EXECUTE FUNCTION announce_change('budgets', 'id');

-- One row for each window that was used. A reset is a new row, so that what is still running when a window ends is counted
-- where it was reserved, once.
CREATE TABLE budget_windows (
    budget_id  uuid NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
    starts_at  timestamptz NOT NULL,                   -- '-infinity' for 'total'
    ends_at    timestamptz NOT NULL,                   -- 'infinity' for 'total'
    extra      bigint NOT NULL DEFAULT 0 CHECK (extra >= 0),   -- top-ups; the window's limit is amount + extra
    spent      bigint NOT NULL DEFAULT 0,              -- Σ charges of the records that were shipped
    leased     bigint NOT NULL DEFAULT 0 CHECK (leased >= 0),  -- Σ (amount - charged) of live leases
    warned_at  timestamptz,                            -- the threshold was announced, once a window
    PRIMARY KEY (budget_id, starts_at)
);
-- A top-up must reach every node at once, as a raised amount does. What nodes do themselves is not announced.
CREATE TRIGGER budget_windows_announce AFTER INSERT OR UPDATE OF extra ON budget_windows
    FOR EACH ROW WHEN (NEW.extra > 0) EXECUTE FUNCTION announce_change('budgets', 'budget_id');

-- A slice of a window that one node may spend. What it spends is charged when its record is inserted, in the same
-- transaction, so the sum of charges and the sum of records cannot differ.
CREATE TABLE budget_leases (
    id         uuid PRIMARY KEY,
    budget_id  uuid NOT NULL,
    starts_at  timestamptz NOT NULL,
    node_id    uuid NOT NULL,
    amount     bigint NOT NULL,                        -- granted so far, less what was returned
    charged    bigint NOT NULL DEFAULT 0,              -- of it, by shipped records
    state      text NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'closed', 'expired')),
    renewed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (budget_id, starts_at) REFERENCES budget_windows (budget_id, starts_at) ON DELETE CASCADE
);
CREATE INDEX budget_leases_window_idx ON budget_leases (budget_id, starts_at);
CREATE INDEX budget_leases_live_idx ON budget_leases (renewed_at) WHERE state = 'live';

-- What each record was charged to, beside the record itself.
ALTER TABLE llm_usage ADD COLUMN budget_charges jsonb NOT NULL DEFAULT '[]';  -- [{budget_id, window, lease_id, amount}]

INSERT INTO schema_migrations (version, name) VALUES (8, 'budgets');
COMMIT;
