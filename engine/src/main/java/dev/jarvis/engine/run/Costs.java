package dev.jarvis.engine.run;

import org.jdbi.v3.core.Jdbi;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads what requests cost from the gateway's records. Nothing is calculated here: there is one book. All runs that wait for a
 * record are looked up together, so that a hundred of them ask as often as one.
 */
final class Costs {
    /** A record is in the database some fifty milliseconds after its answer. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(40);

    private static final String FIND = """
            SELECT u.user_id, u.request_id, u.currency, sum(u.user_cost_nano) AS nano
              FROM llm_usage u
             WHERE u.request_id = ANY(:requests) AND u.day >= :day
               AND NOT EXISTS (SELECT 1 FROM llm_usage c WHERE c.day = u.day AND c.supersedes = u.attempt_id)
             GROUP BY u.user_id, u.request_id, u.currency
            """;

    private final Jdbi jdbi;
    private final Set<Awaited> awaited = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();

    Costs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    record Cost(long nano, String currency) {}

    /** A request of a user. */
    private record Asked(UUID user, String request) {}

    private record Found(Asked asked, Cost cost) {}

    private record Awaited(Asked asked, Instant stepStarted, CompletableFuture<Cost> cost) {}

    /** Empty: not recorded yet. */
    Optional<Cost> find(UUID user, String requestId, Instant stepStarted) {
        return Optional.ofNullable(find(List.of(requestId), stepStarted).get(new Asked(user, requestId)));
    }

    /** In the currency in which most was paid, if there are several. */
    private Map<Asked, Cost> find(List<String> requests, Instant firstStarted) {
        Map<Asked, Cost> costs = new HashMap<>();
        jdbi.withHandle(handle -> handle.createQuery(FIND)
                        .bindArray("requests", String.class, requests)
                        .bind(
                                "day",
                                firstStarted
                                        .minusSeconds(60)
                                        .atOffset(ZoneOffset.UTC)
                                        .toLocalDate())
                        .map((row, context) -> new Found(
                                new Asked(row.getObject("user_id", UUID.class), row.getString("request_id")),
                                new Cost(row.getLong("nano"), row.getString("currency"))))
                        .list())
                .forEach(found -> costs.merge(found.asked(), found.cost(), Costs::larger));
        return costs;
    }

    private static Cost larger(Cost one, Cost other) {
        return one.nano() >= other.nano() ? one : other;
    }

    /** Waits for the record, for so long. Not looked for at once: it is never there yet. */
    Optional<Cost> await(UUID user, String requestId, Instant stepStarted, Duration patience) {
        Awaited mine = new Awaited(new Asked(user, requestId), stepStarted, new CompletableFuture<>());
        awaited.add(mine);
        if (looking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("run-costs").start(this::look);
        }
        try {
            return Optional.of(mine.cost().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e);
        } finally {
            awaited.remove(mine);
        }
    }

    /** Until nobody waits any more. */
    private void look() {
        do {
            try {
                while (!awaited.isEmpty()) {
                    Thread.sleep(LOOK_EVERY);
                    lookOnce(List.copyOf(awaited));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                looking.set(false);
            }
            // Somebody may have come after the last look, and before it was said that nobody looks.
        } while (!awaited.isEmpty() && looking.compareAndSet(false, true));
    }

    private void lookOnce(List<Awaited> now) {
        if (now.isEmpty()) {
            return;
        }
        try {
            Instant first = now.stream()
                    .map(Awaited::stepStarted)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            Map<Asked, Cost> costs =
                    find(now.stream().map(one -> one.asked().request()).toList(), first);
            now.forEach(one -> Optional.ofNullable(costs.get(one.asked())).ifPresent(one.cost()::complete));
        } catch (RuntimeException e) {
            // Each run decides for itself what a database that is away means to it.
            now.forEach(one -> one.cost().completeExceptionally(e));
        }
    }
}
