package dev.jarvis.gateway.route;

import dev.jarvis.gateway.catalog.AuthScheme;
import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.provider.KeyAilment;
import dev.jarvis.gateway.provider.KeyState;
import dev.jarvis.gateway.provider.KeyTrouble;
import dev.jarvis.gateway.rate.KeyRates;
import dev.jarvis.gateway.rate.LocalRates;
import dev.jarvis.gateway.rate.RateRules;
import dev.jarvis.gateway.rate.Share;
import dev.jarvis.gateway.rate.TokenGuess;
import dev.jarvis.platform.vault.Secret;
import dev.jarvis.testkit.TestClock;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class KeyRingTest {
    private static final KeyTrouble BUSY = new KeyTrouble(KeyState.COOLING, "rate_limited", "busy");
    private static final KeyTrouble REFUSED = new KeyTrouble(KeyState.REFUSED, "key_refused", "401");

    private final TestClock clock = TestClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<String> news = new ArrayList<>();
    private final KeyHealth health = new KeyHealth(clock, new KeyHealth.Observer() {
        @Override
        public void resting(UUID keyId, KeyHealth.Rest rest) {
            news.add(rest.trouble().state().code());
        }

        @Override
        public void healthy(UUID keyId) {
            news.add("healthy");
        }
    });
    private final KeyRing ring = new KeyRing(
            health,
            new KeyRates(
                    () -> RateRules.EMPTY,
                    new LocalRates(clock::millis, () -> Share.WHOLE),
                    new TokenGuess(),
                    clock::millis));
    private final ProviderKey a = key(1, "secret-a", 5);
    private final ProviderKey b = key(2, "secret-b", 1);
    private final ProviderKey c = key(3, "secret-c", 1);

    private static ProviderKey key(int id, String secret, int weight) {
        return new ProviderKey(new UUID(7, id), secret, new Secret(secret), weight);
    }

    private static Deployment deployment(KeyMode mode, ProviderKey... keys) {
        return new Deployment(
                new UUID(8, 1),
                "openai",
                URI.create("https://example.com/v1"),
                new AuthScheme.Bearer(),
                mode,
                "m",
                List.of(keys),
                false);
    }

    private static KeyAilment cooling(Duration rest) {
        return new KeyAilment(BUSY, Optional.of(rest));
    }

    private String pick(Deployment deployment) {
        return ring.pick(deployment, Set.of()) instanceof Pick.Use use
                ? use.key().name()
                : "none";
    }

    @Test
    void singleUsesTheFirstUsableKey() {
        Deployment single = deployment(KeyMode.SINGLE, a, b);

        assertThat(pick(single)).isEqualTo("secret-a");
        health.suffered(a, cooling(Duration.ofSeconds(10)));
        assertThat(pick(single)).isEqualTo("secret-b");
        clock.advance(Duration.ofSeconds(10));
        assertThat(pick(single)).isEqualTo("secret-a");
    }

    @Test
    void roundRobinIsSmooth() {
        Deployment turns = deployment(KeyMode.ROUND_ROBIN, a, b, c);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            order.add(pick(turns).substring(7));
        }

        assertThat(order).containsExactly("a", "a", "b", "a", "c", "a", "a");
    }

    @Test
    void aKeyWithoutAWordOfItsProviderRestsLongerEachTime() {
        List<Duration> rests = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            health.suffered(a, new KeyAilment(BUSY, Optional.empty()));
            Instant until = health.restOf(a).orElseThrow().until();
            rests.add(Duration.between(clock.instant(), until));
            clock.advance(rests.getLast());
        }

        assertThat(rests)
                .containsExactly(
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        Duration.ofHours(24),
                        Duration.ofHours(24));
    }

    @Test
    void aRefusedKeyIsTriedByOneRequestFirst() {
        Deployment single = deployment(KeyMode.SINGLE, a);
        health.suffered(a, new KeyAilment(REFUSED, Optional.of(Duration.ofMinutes(15))));
        assertThat(pick(single)).isEqualTo("none");
        clock.advance(Duration.ofMinutes(15));

        assertThat(pick(single)).as("the probe").isEqualTo("secret-a");
        assertThat(pick(single)).as("while it runs").isEqualTo("none");
        health.recovered(a);
        assertThat(pick(single)).isEqualTo("secret-a");
        assertThat(news).containsExactly("refused", "healthy");
    }

    @Test
    void aNewValueUnderTheSameIdIsHealthy() {
        health.suffered(a, new KeyAilment(REFUSED, Optional.of(Duration.ofMinutes(15))));

        assertThat(pick(deployment(KeyMode.SINGLE, key(1, "secret-new", 1)))).isEqualTo("secret-new");
        assertThat(news).containsExactly("refused", "healthy");
    }

    @Test
    void saysWhenTheFirstOfTheCoolingKeysIsUsable() {
        Deployment both = deployment(KeyMode.SINGLE, a, b);
        health.suffered(a, cooling(Duration.ofSeconds(30)));
        health.suffered(b, cooling(Duration.ofSeconds(10)));

        assertThat(ring.pick(both, Set.of())).isEqualTo(new Pick.NoneUsable(Optional.of(Duration.ofSeconds(10))));
    }

    @Test
    void aDeploymentWithoutKeysNeedsNone() {
        Deployment open = new Deployment(
                new UUID(8, 2),
                "own",
                URI.create("http://localhost/v1"),
                new AuthScheme.None(),
                KeyMode.SINGLE,
                "m",
                List.of(),
                false);

        assertThat(ring.pick(open, Set.of())).isInstanceOf(Pick.NoKeyNeeded.class);
        assertThat(pick(deployment(KeyMode.SINGLE))).isEqualTo("none");
    }
}
