-- A top-up changes a window and the version of its budget: one notice is enough, and that of the window is the one that says it.
BEGIN;

DROP TRIGGER budgets_announce ON budgets;
CREATE TRIGGER budgets_announce
    AFTER INSERT OR DELETE OR UPDATE OF name, scope, subject_id, enforcement, unit, amount, period, time_zone, warn_percent, status ON budgets
    FOR EACH ROW EXECUTE FUNCTION announce_change('budgets', 'id');

INSERT INTO schema_migrations (version, name) VALUES (16, 'budget_notices');
COMMIT;
