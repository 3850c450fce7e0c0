package dev.jarvis.control.price;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.QueryParameters;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.ExchangeRate;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/v1/exchange-rates}: what currencies are worth in each other, from which time on, for administrators. */
public final class ExchangeRateEndpoint {
    private static final String PATH = "/api/v1/exchange-rates";
    private static final List<String> CURRENCIES = List.of("USD", "CNY");
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);
    private static final int SCALE = 12;

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;

    public ExchangeRateEndpoint(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, PATH, Access.ADMIN, this::list)
                .add(HttpMethod.PUT, PATH, Access.ADMIN, this::put);
    }

    private record View(
            Currency from, Currency to, String rate, Instant effectiveFrom, String source, Optional<UUID> createdBy) {
        static View of(ExchangeRateTable.Row row) {
            BigDecimal plain = row.rate().rate().stripTrailingZeros();
            return new View(
                    row.rate().from(),
                    row.rate().to(),
                    plain.toPlainString(),
                    row.rate().effectiveFrom(),
                    row.source(),
                    row.createdBy());
        }
    }

    private record Listing(List<View> data) {}

    private Reply list(Call call) {
        QueryParameters.none(call);
        return Reply.ok(new Listing(jdbi.withHandle(
                handle -> ExchangeRateTable.all(handle).stream().map(View::of).toList())));
    }

    private Reply put(Call call) {
        QueryParameters.none(call);
        ExchangeRateTable.Row row = read(call);
        return jdbi.inTransaction(handle -> {
            View before =
                    ExchangeRateTable.find(handle, row.rate()).map(View::of).orElse(null);
            ExchangeRateTable.put(handle, row);
            View after = View.of(row);
            Target target = new Target("exchange_rate", after.from() + "/" + after.to());
            audit.record(handle, call, "exchange_rate.set", target, before, after);
            return Reply.ok(after);
        });
    }

    private ExchangeRateTable.Row read(Call call) {
        Fields fields = Fields.of(call).require("from", "to", "rate");
        Currency from = Currency.valueOf(fields.choice("from", CURRENCIES, ""));
        Currency to = Currency.valueOf(fields.choice("to", CURRENCIES, ""));
        if (from == to) {
            throw Refusal.badRequest("invalid_value", "'from' and 'to' must be two currencies.", "to");
        }
        BigDecimal rate = fields.decimal("rate", Optional.empty())
                .filter(ExchangeRateEndpoint::isRate)
                .orElseThrow(() -> Refusal.badRequest(
                        "out_of_range",
                        "'rate' must be above 0 and at most 1000000, with at most 12 decimal places.",
                        "rate"));
        Instant effectiveFrom = fields.instant("effective_from", Optional.empty())
                .orElseGet(clock::instant)
                .truncatedTo(ChronoUnit.MICROS);
        String source = fields.paragraph("source", 400, "");
        fields.refuseOthers();
        return new ExchangeRateTable.Row(
                new ExchangeRate(from, to, rate, effectiveFrom),
                source,
                Optional.of(call.caller().userId()));
    }

    /** The scale is looked at first: 1e999999999 must not be written out. */
    private static boolean isRate(BigDecimal given) {
        BigDecimal rate = given.stripTrailingZeros();
        return rate.signum() > 0
                && rate.scale() <= SCALE
                && rate.precision() - (long) rate.scale() <= HIGHEST.precision()
                && rate.compareTo(HIGHEST) <= 0;
    }
}
