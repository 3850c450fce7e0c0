package dev.jarvis.engine.run;

import org.jdbi.v3.core.Jdbi;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Reads what a request cost from the gateway's records. Nothing is calculated here: there is one book. */
final class Costs {
    /** A record is in the database some fifty milliseconds after its answer. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(40);

    private static final String FIND = """
            SELECT u.currency, sum(u.user_cost_nano) AS nano
              FROM llm_usage u
             WHERE u.user_id = :user AND u.request_id = :request AND u.day >= :day AND u.started_at >= :since
               AND NOT EXISTS (SELECT 1 FROM llm_usage c WHERE c.day = u.day AND c.supersedes = u.attempt_id)
             GROUP BY u.currency ORDER BY 2 DESC LIMIT 1
            """;

    private final Jdbi jdbi;

    Costs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    record Cost(long nano, String currency) {}

    /** Empty: not recorded yet. */
    Optional<Cost> find(UUID user, String requestId, Instant stepStarted) {
        Instant since = stepStarted.minusSeconds(60);
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("user", user)
                .bind("request", requestId)
                .bind("day", since.atOffset(ZoneOffset.UTC).toLocalDate())
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .map((row, context) -> new Cost(row.getLong("nano"), row.getString("currency")))
                .findOne());
    }

    /** Waits for the record, for so long. Not looked for at once: it is never there yet. */
    Optional<Cost> await(UUID user, String requestId, Instant stepStarted, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (true) {
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            Optional<Cost> cost = find(user, requestId, stepStarted);
            if (cost.isPresent() || !Instant.now().isBefore(end)) {
                return cost;
            }
        }
    }
}
