package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.catalog.AuthScheme;
import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.RateBand;
import dev.jarvis.platform.vault.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Attempts to meter. */
final class Samples {
    /** 3 USD in, 15 USD out, per million tokens. */
    static final Price PRICE = Price.of(7, Currency.USD, 3_000_000_000L, 15_000_000_000L);

    static final UUID USER = UUID.fromString("00000000-0000-4000-8000-000000000001");
    static final UUID DEPLOYMENT = UUID.fromString("00000000-0000-4000-8000-000000000002");
    static final UUID KEY = UUID.fromString("00000000-0000-4000-8000-000000000003");
    static final UUID TEAM = UUID.fromString("00000000-0000-4000-8000-000000000004");
    static final int SMALL_SEGMENT = 64 * 1024;

    private Samples() {}

    static Model model(String name, Optional<Price> price, boolean vision) {
        return new Model(
                name,
                name,
                "text",
                "text",
                "",
                vision,
                OptionalInt.empty(),
                OptionalInt.empty(),
                price,
                Instant.EPOCH,
                new Deployment(
                        DEPLOYMENT,
                        "provider",
                        URI.create("http://localhost"),
                        new AuthScheme.Bearer(),
                        KeyMode.SINGLE,
                        "upstream-" + name,
                        List.of(),
                        false));
    }

    static AttemptOpening opening(UUID attempt, Model model) {
        return opening(attempt, model, List.of());
    }

    static AttemptOpening opening(UUID attempt, List<BudgetClaim> claims) {
        return opening(attempt, model("model", Optional.of(PRICE), false), claims);
    }

    private static AttemptOpening opening(UUID attempt, Model model, List<BudgetClaim> claims) {
        Identity caller = new Identity(
                USER, "user", Role.USER, TEAM, Optional.empty(), Optional.empty(), Optional.empty(), Instant.MAX);
        ProviderKey key = new ProviderKey(KEY, "key", new Secret("placeholder-of-a-key-9876"), 1);
        return new AttemptOpening(
                attempt,
                "req-" + attempt,
                1,
                caller,
                model,
                Optional.of(key),
                "chat",
                true,
                RateBand.STANDARD,
                1000,
                OptionalLong.of(500),
                claims);
    }

    static AttemptOpening opening() {
        return opening(Uuid7.next(), model("model", Optional.of(PRICE), false));
    }

    static OpenedAttempt opened() {
        return OpenedAttempt.of(opening());
    }

    static Settlement completed(long input, long output) {
        return ended(Outcome.COMPLETED, Optional.of(TokenUsage.of(input, output)), new Delivered(3, 40, 0));
    }

    static Settlement ended(Outcome outcome, Optional<TokenUsage> reported, Delivered delivered) {
        return new Settlement(
                outcome,
                OptionalInt.of(200),
                Optional.empty(),
                reported,
                delivered,
                true,
                OptionalInt.of(12),
                345,
                Optional.of("up-1"),
                new Served(Optional.of("served-1"), Optional.empty(), Map.of()));
    }

    static JournaledUsage journaled(UUID attempt, long input, long output) {
        return journaled(OpenedAttempt.of(opening(attempt, model("model", Optional.of(PRICE), false))), input, output);
    }

    static JournaledUsage journaled(OpenedAttempt opened, long input, long output) {
        UsageRecord record = UsageRecord.of(opened, completed(input, output), 20);
        Frame frame = Frame.settled(OpeningFormat.encode(opened), record);
        return new JournaledUsage(opened.attemptId(), frame.bytes(), frame.settled());
    }

    /** A journal that no test fills. */
    static JournalSettings settings(Path directory, Durability durability) {
        return new JournalSettings(directory, "node", durability, 1 << 20, 1L << 30, 0, Duration.ofSeconds(30));
    }

    /** A journal that is easily filled. */
    static JournalSettings small(Path directory, Durability durability, int segments) {
        return new JournalSettings(
                directory,
                "node",
                durability,
                SMALL_SEGMENT,
                (long) segments * SMALL_SEGMENT,
                0,
                Duration.ofSeconds(30));
    }
}
