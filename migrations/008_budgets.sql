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

-- A budget goes with what it is for.
CREATE FUNCTION delete_budgets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM budgets WHERE scope = TG_ARGV[0] AND subject_id = OLD.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER teams_delete_budgets AFTER DELETE ON teams FOR EACH ROW EXECUTE FUNCTION delete_budgets('team');
CREATE TRIGGER users_delete_budgets AFTER DELETE ON users FOR EACH ROW EXECUTE FUNCTION delete_budgets('user');
CREATE TRIGGER caller_keys_delete_budgets AFTER DELETE ON caller_keys
    FOR EACH ROW EXECUTE FUNCTION delete_budgets('caller_key');
CREATE TRIGGER llm_models_delete_budgets AFTER DELETE ON llm_models
    FOR EACH ROW EXECUTE FUNCTION delete_budgets('model');

-- One row for each window that was used. A reset is a new row, so that what is still running when a window ends is counted
-- where it was reserved, once.
CREATE TABLE budget_windows (
    budget_id  uuid NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
    starts_at  timestamptz NOT NULL,                   -- '-infinity' for 'total'
    ends_at    timestamptz NOT NULL,                   -- 'infinity' for 'total'
    extra      bigint NOT NULL DEFAULT 0 CHECK (extra >= 0),   -- top-ups; the window's limit is amount + extra
    spent      bigint NOT NULL DEFAULT 0,              -- Σ charges of the records that were shipped
    leased     bigint NOT NULL DEFAULT 0 CHECK (leased >= 0),  -- Σ (amount - charged) of live leases
    warned_at    timestamptz,                          -- the threshold was announced, once a window
    exhausted_at timestamptz,                          -- the first refusal with next to nothing left was announced
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
    charged    bigint NOT NULL DEFAULT 0,              -- what shipped records took, be it more than the amount
    state      text NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'closed', 'expired')),
    renewed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (budget_id, starts_at) REFERENCES budget_windows (budget_id, starts_at) ON DELETE CASCADE
);
CREATE INDEX budget_leases_window_idx ON budget_leases (budget_id, starts_at);
CREATE INDEX budget_leases_live_idx ON budget_leases (renewed_at) WHERE state = 'live';
CREATE INDEX budget_leases_ended_idx ON budget_leases (renewed_at) WHERE state <> 'live';

-- What each record was charged to, beside the record itself.
ALTER TABLE llm_usage ADD COLUMN budget_charges jsonb NOT NULL DEFAULT '[]';  -- [{budget_id, window, lease_id, amount}]

-- The first moment after a window, for a row that a record needs before any node has asked for it.
CREATE FUNCTION budget_window_end(period text, time_zone text, starts timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT CASE period
        WHEN 'total' THEN 'infinity'::timestamptz
        ELSE date_trunc(period, (starts AT TIME ZONE time_zone) + ('1 ' || period)::interval) AT TIME ZONE time_zone
    END
$$;

-- What an event about a window says.
CREATE FUNCTION budget_event(about budgets, win budget_windows) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'budget_id', about.id, 'name', about.name, 'scope', about.scope, 'subject_id', about.subject_id,
        'enforcement', about.enforcement, 'unit', about.unit, 'period', about.period,
        'starts_at', CASE WHEN isfinite(win.starts_at) THEN win.starts_at END,
        'resets_at', CASE WHEN isfinite(win.ends_at) THEN win.ends_at END,
        'limit', about.amount + win.extra, 'spent', win.spent, 'warn_percent', about.warn_percent)
$$;

-- One exchange between a node and a window, under the window's lock: the lease is to hold what the node has committed
-- (spent or reserved), then each further reservation that fits, in order; with p_spare also a twentieth of what is left,
-- as long as that is at least twenty reservations. What the lease held beyond that is free again. A lowered limit stops new
-- reservations only; but what a provider took beyond its reservation is covered no further than the limit.
--
-- state: 'live'; 'lost' when the lease is over (the node needs another one); 'gone' when the budget was deleted.
-- elsewhere: what other leases hold. If someone was refused and that is not zero, the holders are asked, by notice, to
-- give back what lies idle.
CREATE FUNCTION lease_budget(
    p_lease uuid, p_budget uuid, p_starts timestamptz, p_ends timestamptz, p_node uuid,
    p_committed bigint, p_needs bigint[], p_typical bigint, p_spare boolean)
RETURNS TABLE (state text, amount bigint, charged bigint, granted boolean[], room bigint, elsewhere bigint, at timestamptz)
LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
    b budgets%ROWTYPE;
    w budget_windows%ROWTYPE;
    l budget_leases%ROWTYPE;
    most numeric;                                      -- what this lease may hold
    before bigint;                                     -- what it held
    need bigint;
    held bigint;
BEGIN
    granted := '{}';
    room := 0;
    elsewhere := 0;
    SELECT * INTO w FROM budget_windows x WHERE x.budget_id = p_budget AND x.starts_at = p_starts FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO budget_windows AS x (budget_id, starts_at, ends_at)
            SELECT y.id, p_starts, p_ends FROM budgets y WHERE y.id = p_budget
            ON CONFLICT DO NOTHING;
        SELECT * INTO w FROM budget_windows x WHERE x.budget_id = p_budget AND x.starts_at = p_starts FOR UPDATE;
    END IF;
    SELECT * INTO b FROM budgets x WHERE x.id = p_budget;
    IF w.budget_id IS NULL OR b.id IS NULL THEN
        state := 'gone';
        at := clock_timestamp();
        RETURN NEXT;
        RETURN;
    END IF;
    SELECT * INTO l FROM budget_leases x WHERE x.id = p_lease FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO budget_leases AS x (id, budget_id, starts_at, node_id, amount)
            VALUES (p_lease, p_budget, p_starts, p_node, 0) RETURNING * INTO l;
    ELSIF l.state <> 'live' THEN
        state := 'lost';
        at := clock_timestamp();
        RETURN NEXT;
        RETURN;
    END IF;
    before := greatest(0, l.amount - l.charged);
    elsewhere := w.leased - before;
    most := CASE
        WHEN b.enforcement = 'hard' AND b.status = 'enabled'
        THEN b.amount::numeric + w.extra - w.spent - elsewhere
        ELSE 4e18
    END;
    amount := least(p_committed, l.charged + greatest(before, most))::bigint;
    FOREACH need IN ARRAY p_needs LOOP
        IF greatest(0, amount::numeric + need - l.charged) <= most THEN
            amount := amount + need;
            granted := granted || true;
        ELSE
            granted := granted || false;
        END IF;
    END LOOP;
    held := greatest(0, amount - l.charged);
    room := greatest(0, least(most - held, 4e18));
    IF p_spare AND room >= 20::numeric * p_typical THEN
        amount := amount + room / 20;
    END IF;
    held := greatest(0, amount - l.charged);
    UPDATE budget_leases x SET amount = lease_budget.amount, renewed_at = clock_timestamp() WHERE x.id = p_lease;
    UPDATE budget_windows x SET leased = lease_budget.elsewhere + held WHERE x.budget_id = p_budget AND x.starts_at = p_starts;
    IF false = ANY (granted) THEN
        IF elsewhere > 0 THEN
            PERFORM pg_notify('jarvis', 'budget_leases:' || p_budget);
        ELSIF w.exhausted_at IS NULL AND room <= (b.amount + w.extra) / 100 THEN
            UPDATE budget_windows x SET exhausted_at = clock_timestamp()
                WHERE x.budget_id = p_budget AND x.starts_at = p_starts;
            PERFORM raise_event('budget.exhausted', b.id::text, budget_event(b, w));
        END IF;
    END IF;
    state := 'live';
    charged := l.charged;
    at := clock_timestamp();
    RETURN NEXT;
END
$$;

-- Ends leases and gives back what they still held: those that are named, those of a node from before a moment (an earlier
-- life of it), or those that nobody renewed for so long. Windows in the order of their keys, as everywhere.
CREATE FUNCTION end_budget_leases(p_state text, p_ids uuid[], p_node uuid, p_before timestamptz, p_silence interval)
RETURNS integer LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
    one budget_leases%ROWTYPE;
    ended integer := 0;
BEGIN
    FOR one IN
        SELECT * FROM budget_leases x
        WHERE x.state = 'live'
          AND (p_ids IS NULL OR x.id = ANY (p_ids))
          AND (p_node IS NULL OR x.node_id = p_node)
          AND (p_before IS NULL OR x.renewed_at < p_before)
          AND (p_silence IS NULL OR x.renewed_at < clock_timestamp() - p_silence)
        ORDER BY x.budget_id, x.starts_at, x.id
    LOOP
        PERFORM 1 FROM budget_windows x
            WHERE x.budget_id = one.budget_id AND x.starts_at = one.starts_at FOR UPDATE;
        SELECT * INTO one FROM budget_leases x
            WHERE x.id = one.id AND x.state = 'live'
              AND (p_before IS NULL OR x.renewed_at < p_before)
              AND (p_silence IS NULL OR x.renewed_at < clock_timestamp() - p_silence)
            FOR UPDATE SKIP LOCKED;
        IF FOUND THEN
            UPDATE budget_leases x SET state = p_state WHERE x.id = one.id;
            UPDATE budget_windows x SET leased = x.leased - greatest(0, one.amount - one.charged)
                WHERE x.budget_id = one.budget_id AND x.starts_at = one.starts_at;
            ended := ended + 1;
        END IF;
    END LOOP;
    RETURN ended;
END
$$;

-- Announces a window whose threshold is crossed, once. Called with the window locked, after it was charged.
CREATE FUNCTION warn_of_budget(p_budget uuid, p_starts timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    b budgets%ROWTYPE;
    w budget_windows%ROWTYPE;
BEGIN
    SELECT * INTO b FROM budgets x WHERE x.id = p_budget;
    UPDATE budget_windows x SET warned_at = clock_timestamp()
        WHERE x.budget_id = p_budget AND x.starts_at = p_starts AND x.warned_at IS NULL AND b.status = 'enabled'
          AND x.spent::numeric * 100 >= (b.amount::numeric + x.extra) * b.warn_percent
        RETURNING * INTO w;
    IF FOUND THEN
        PERFORM raise_event('budget.warning', b.id::text, budget_event(b, w));
    END IF;
END
$$;

INSERT INTO schema_migrations (version, name) VALUES (8, 'budgets');
COMMIT;
