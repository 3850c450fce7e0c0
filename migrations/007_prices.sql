-- Prices by token class, context length and service tier; exchange rates for reports in one currency.
BEGIN;

-- What one unit of a currency is worth in another, from a time on. The newest row that has begun holds; where only the
-- opposite direction is known, its reciprocal does.
CREATE TABLE exchange_rates (
    from_currency  text NOT NULL CHECK (from_currency IN ('USD', 'CNY')),
    to_currency    text NOT NULL CHECK (to_currency IN ('USD', 'CNY')),
    rate           numeric(24, 12) NOT NULL CHECK (rate > 0),   -- units of to_currency for one of from_currency
    effective_from timestamptz NOT NULL,
    source         text NOT NULL DEFAULT '',                    -- where the administrator has it from
    created_by     uuid,
    created_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (from_currency, to_currency, effective_from),
    CHECK (from_currency <> to_currency)
);
CREATE TRIGGER exchange_rates_announce AFTER INSERT OR DELETE OR UPDATE ON exchange_rates
    FOR EACH ROW EXECUTE FUNCTION announce_change('exchange_rates', 'from_currency');

INSERT INTO schema_migrations (version, name) VALUES (7, 'prices');
COMMIT;
