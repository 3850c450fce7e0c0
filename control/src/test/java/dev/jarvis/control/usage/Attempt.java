package dev.jarvis.control.usage;

import dev.jarvis.control.RunningRoutes;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** An attempt as the gateway records it, and as these tests count it themselves. */
record Attempt(
        Instant at,
        UUID userId,
        UUID callerKeyId,
        String model,
        String provider,
        UUID providerKeyId,
        String currency,
        boolean last,
        String outcome,
        String billing,
        long input,
        long cacheRead,
        long output,
        long costNano,
        long userCostNano) {
    static final List<UUID> USERS = List.of(RunningRoutes.USER_ID, RunningRoutes.OTHER_USER_ID);
    static final List<UUID> KEYS = List.of(new UUID(7, 1), new UUID(7, 2), new UUID(0, 0));
    static final UUID TEAM = new UUID(5, 5);
    private static final UUID NODE = new UUID(9, 9);
    private static final UUID DEPLOYMENT = new UUID(8, 8);

    /** One attempt that nothing is special about. */
    static Attempt of(String at, UUID userId, long costNano) {
        return new Attempt(
                Instant.parse(at),
                userId,
                new UUID(0, 0),
                "demo",
                "jarvis",
                new UUID(0, 0),
                "USD",
                true,
                "completed",
                "exact",
                10,
                0,
                5,
                costNano,
                costNano);
    }

    /** Attempts at random moments; every tenth of them on a full hour. */
    static List<Attempt> random(long seed, int count, Instant from, Instant to) {
        Random random = new Random(seed);
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long second = random.nextLong(Duration.between(from, to).toSeconds());
            Instant at = from.plusSeconds(i % 10 == 0 ? second / 3600 * 3600 : second);
            long cost = random.nextLong(3_000_000_000L);
            attempts.add(new Attempt(
                    at,
                    USERS.get(random.nextInt(USERS.size())),
                    KEYS.get(random.nextInt(KEYS.size())),
                    List.of("gpt-4-turbo", "qwen/qwen3").get(random.nextInt(2)),
                    List.of("openai", "azure").get(random.nextInt(2)),
                    KEYS.get(random.nextInt(KEYS.size())),
                    List.of("USD", "CNY").get(random.nextInt(2)),
                    random.nextInt(4) > 0,
                    List.of("completed", "failed", "client_gone").get(random.nextInt(3)),
                    List.of("exact", "estimated", "unknown", "none").get(random.nextInt(4)),
                    random.nextInt(1000),
                    random.nextInt(100),
                    random.nextInt(500),
                    cost,
                    random.nextBoolean() ? cost : 0));
        }
        return attempts;
    }

    /** Writes the records, as the gateway's shipper does; their rollups follow by themselves. */
    static void ship(Handle handle, List<Attempt> attempts) {
        Set<LocalDate> days = new TreeSet<>();
        attempts.forEach(attempt -> days.add(attempt.day()));
        days.forEach(day -> handle.execute("SELECT ensure_usage_partition(?)", day));
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO llm_usage (day, attempt_id, request_id, node_id, user_id, team_id, caller_key_id, model, deployment_id,
                                       provider, provider_key_id, currency, last_of_request, outcome, billing,
                                       input_tokens, cache_read_tokens, output_tokens, cost_nano, user_cost_nano, started_at)
                VALUES (:day, :id, 'r', :node, :user, :team, nullif(:key, :nobody), :model, :deployment, :provider,
                        nullif(:providerKey, :nobody), :currency, :last, :outcome, :billing, :input, :cacheRead, :output,
                        :cost, :userCost, :at)
                """);
        attempts.forEach(attempt -> batch.bind("day", attempt.day())
                .bind("id", attempt.newId())
                .bind("node", NODE)
                .bind("deployment", DEPLOYMENT)
                .bind("nobody", new UUID(0, 0))
                .bind("user", attempt.userId)
                .bind("team", attempt.teamId())
                .bind("key", attempt.callerKeyId)
                .bind("model", attempt.model)
                .bind("provider", attempt.provider)
                .bind("providerKey", attempt.providerKeyId)
                .bind("currency", attempt.currency)
                .bind("last", attempt.last)
                .bind("outcome", attempt.outcome)
                .bind("billing", attempt.billing)
                .bind("input", attempt.input)
                .bind("cacheRead", attempt.cacheRead)
                .bind("output", attempt.output)
                .bind("cost", attempt.costNano)
                .bind("userCost", attempt.userCostNano)
                .bind("at", attempt.at.atOffset(ZoneOffset.UTC))
                .add());
        batch.execute();
    }

    /** The first user's calls count for a team, the second one's for none. */
    @Nullable
    UUID teamId() {
        return userId.equals(USERS.getFirst()) ? TEAM : null;
    }

    /** Of UUID version 7, so that it names the attempt's day. */
    private UUID newId() {
        UUID random = UUID.randomUUID();
        return new UUID(
                at.toEpochMilli() << 16 | 0x7000 | (random.getMostSignificantBits() & 0xfff),
                random.getLeastSignificantBits());
    }

    private LocalDate day() {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
