-- Prices by token class, context length and service tier; exchange rates for reports in one currency.
BEGIN;

-- A version of a model's price is whole: where it has a card, the card is the price, and the two columns repeat its base rates
-- for people who read the table. Without a card they are the price; all three NULL: not priced from then on.
-- The version in force at a moment is the newest that has begun by then; of those that began together, the highest.
ALTER TABLE llm_model_prices
    ADD COLUMN card        jsonb,                      -- {bands: [{service_tier, above_input_tokens, rates}], units}, in nano-units
    ADD COLUMN source      text NOT NULL DEFAULT 'admin' CHECK (source IN ('admin', 'catalogue', 'import', 'seed')),
    ADD COLUMN source_name text NOT NULL DEFAULT '',   -- a URL or the name of a file
    ADD COLUMN source_date date,                       -- of which day the source is
    ADD COLUMN note        text NOT NULL DEFAULT '',
    ADD COLUMN created_by  uuid,
    ADD COLUMN created_at  timestamptz NOT NULL DEFAULT clock_timestamp();
ALTER TABLE llm_model_prices ALTER COLUMN effective_from SET DEFAULT clock_timestamp();
CREATE INDEX llm_model_prices_effective_idx ON llm_model_prices (model_id, effective_from);
CREATE TRIGGER llm_model_prices_announce AFTER INSERT ON llm_model_prices
    FOR EACH ROW EXECUTE FUNCTION announce_change('models', 'model_id');

-- The price is where its history is, and nowhere else: what is in force changes by the clock alone.
ALTER TABLE llm_models
    DROP COLUMN currency,
    DROP COLUMN input_price_nano,
    DROP COLUMN output_price_nano,
    DROP COLUMN price_version;

CREATE VIEW llm_models_priced AS
SELECT m.*, p.price_version, coalesce(p.currency, 'USD') AS currency, p.input_price_nano, p.output_price_nano, p.card
FROM llm_models m
LEFT JOIN LATERAL (
    SELECT * FROM llm_model_prices v
    WHERE v.model_id = m.id AND v.effective_from <= clock_timestamp()
    ORDER BY v.effective_from DESC, v.price_version DESC
    LIMIT 1
) p ON true;

-- Usage by the piece, and the tier that served it, so that a record can be rated again.
ALTER TABLE llm_usage
    ADD COLUMN units        jsonb NOT NULL DEFAULT '{}',   -- {requests: 1, searches: 2}
    ADD COLUMN service_tier text NOT NULL DEFAULT '';      -- '': standard

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
