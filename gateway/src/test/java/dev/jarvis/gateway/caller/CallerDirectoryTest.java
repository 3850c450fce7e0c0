package dev.jarvis.gateway.caller;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.Credential;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.IdentityCheck;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.notice.Notices;
import dev.jarvis.testkit.TestClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CallerDirectoryTest {
    private static final UUID USER = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final UUID KEY = UUID.fromString("00000000-0000-7000-8000-000000000002");
    private static final UUID SESSION = UUID.fromString("00000000-0000-7000-8000-000000000003");
    private static final UUID OTHER = UUID.fromString("00000000-0000-7000-8000-000000000004");

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Notices.Listener> listeners = new HashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final TestClock clock = TestClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private volatile IdentityCheck answer = admitted(Instant.MAX);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean away;
    private final CallerDirectory directory = new CallerDirectory(
            credential -> {
                asked.incrementAndGet();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                if (away) {
                    throw new IllegalStateException("no database");
                }
                return answer;
            },
            listeners::put,
            clock,
            task -> Thread.ofVirtual().start(task),
            nanos::get);

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static IdentityCheck admitted(Instant expiresAt) {
        return new IdentityCheck.Admitted(new Identity(
                USER,
                "u",
                Role.USER,
                Identity.DEFAULT_TEAM,
                Optional.of(KEY),
                Optional.of(SESSION),
                Optional.empty(),
                expiresAt));
    }

    private static Credential key(String value) {
        return new Credential.CallerKey("sk-jv-" + value);
    }

    private <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private IdentityCheck ask(String value) {
        return await(directory.ask(key(value), vertx.getOrCreateContext()));
    }

    private void notice(String topic, String subject) {
        Objects.requireNonNull(listeners.get(topic)).changed(subject);
    }

    private boolean remembers(String value) {
        return directory.remembered(key(value)).isPresent();
    }

    @Test
    void asksOnceAndRemembers() {
        assertThat(directory.remembered(key("a"))).isEmpty();
        assertThat(ask("a")).isEqualTo(answer);

        assertThat(directory.remembered(key("a"))).contains(answer);
        assertThat(asked).hasValue(1);
    }

    @Test
    void s14_everyCharacterOfACredentialCounts() {
        ask("a".repeat(4000) + "b");

        assertThat(remembers("a".repeat(4000) + "c")).isFalse();
        assertThat(directory.remembered(new Credential.AccessToken("sk-jv-" + "a".repeat(4000) + "b")))
                .isEmpty();
    }

    @Test
    void s14_tenThousandCredentialsThatBeginAlikeKeepTheirOwnIdentities() {
        String beginning = "a".repeat(200);
        IdentityCheck[] answers = new IdentityCheck[10_000];
        for (int i = 0; i < answers.length; i++) {
            answer = admitted(Instant.MAX.minusSeconds(i));
            answers[i] = answer;
            assertThat(ask(beginning + i)).isSameAs(answer);
        }

        int wrong = 0;
        for (int i = 0; i < answers.length; i++) {
            Optional<IdentityCheck> remembered = directory.remembered(key(beginning + i));
            wrong += remembered.isPresent() && !remembered.get().equals(answers[i]) ? 1 : 0;
        }
        assertThat(wrong).isZero();
        assertThat(asked).hasValue(answers.length);
    }

    @Test
    void requestsAtTheSameTimeShareOneLookUp() {
        gate = new CountDownLatch(1);
        Future<IdentityCheck> one = directory.ask(key("a"), vertx.getOrCreateContext());
        Future<IdentityCheck> two = directory.ask(key("a"), vertx.getOrCreateContext());
        gate.countDown();

        assertThat(await(one)).isEqualTo(await(two));
        assertThat(asked).hasValue(1);
    }

    @Test
    void unknownCredentialsAreForgottenWithinASecond() {
        answer = new IdentityCheck.Unknown();
        ask("a");
        assertThat(remembers("a")).isTrue();

        nanos.addAndGet(Duration.ofMillis(1001).toNanos());

        assertThat(remembers("a")).isFalse();
    }

    @Test
    void expiryIsLookedAtWithEachUse() {
        answer = admitted(clock.instant().plusSeconds(60));
        ask("a");
        assertThat(directory.remembered(key("a"))).contains(answer);

        clock.advance(Duration.ofSeconds(60));

        assertThat(directory.remembered(key("a"))).contains(new IdentityCheck.Expired());
    }

    @Test
    void noticesForgetWhatTheyName() {
        Map<String, UUID> named = Map.of("users", USER, "caller_keys", KEY, "sessions", SESSION);
        named.forEach((topic, subject) -> {
            ask("a");
            notice(topic, OTHER.toString());
            assertThat(remembers("a")).as("a notice of another in " + topic).isTrue();
            notice(topic, subject.toString());
            assertThat(remembers("a")).as("a notice in " + topic).isFalse();
            ask("a");
            notice(topic, "");
            assertThat(remembers("a"))
                    .as("a notice without subject in " + topic)
                    .isFalse();
        });
        ask("a");
        notice("signing_keys", OTHER.toString());
        assertThat(remembers("a")).isFalse();
    }

    @Test
    void anAnswerFromBeforeANoticeIsNotRemembered() {
        gate = new CountDownLatch(1);
        Future<IdentityCheck> early = directory.ask(key("a"), vertx.getOrCreateContext());
        dev.jarvis.testkit.Await.until("the database is asked", () -> asked.get() == 1);
        notice("users", USER.toString());
        gate.countDown();
        await(early);

        assertThat(remembers("a")).isFalse();
    }

    @Test
    void aDatabaseThatIsAwayIsNeverTheCallersFault() {
        away = true;

        assertThatThrownBy(() -> ask("a")).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.code()).isEqualTo("identity_unavailable");
            assertThat(refusal.headers()).containsKey("retry-after");
        });
        away = false;
        assertThat(ask("a")).isEqualTo(answer);
    }
}
