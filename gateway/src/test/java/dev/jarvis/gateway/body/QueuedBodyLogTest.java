package dev.jarvis.gateway.body;

import dev.jarvis.gateway.catalog.AuthScheme;
import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.ChatRequest;
import dev.jarvis.gateway.dialect.openai.ChatRequestReader;
import dev.jarvis.platform.body.BodyPolicy;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.notice.Live;
import dev.jarvis.testkit.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class QueuedBodyLogTest {
    private static final UUID MODEL_ID = new UUID(1, 1);
    private static final UUID KEY_ID = new UUID(2, 2);
    private static final ChatRequest REQUEST =
            ChatRequestReader.read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
                    .getBytes(StandardCharsets.UTF_8));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<HeldBody> stored = new CopyOnWriteArrayList<>();
    private final CountDownLatch database = new CountDownLatch(1);
    private QueuedBodyLog log = log(BodyPolicies.NONE, 10, 1 << 20);

    @AfterEach
    void close() throws Exception {
        database.countDown();
        log.close();
    }

    @ParameterizedTest
    @CsvSource({
        "-, -, OFF",
        "masked, -, MASKED",
        "full, -, FULL",
        "-, full, FULL",
        "full, masked, MASKED",
        "masked, full, MASKED",
        "off, full, OFF",
        "full, off, OFF",
    })
    void theStrictestOfWhatIsSetHolds(String ofModel, String ofKey, BodyPolicy held) throws Exception {
        reopen(new BodyPolicies(set(MODEL_ID, ofModel), set(KEY_ID, ofKey)), 10, 1 << 20);

        assertThat(log.policy(caller(), model())).isEqualTo(held);
    }

    @Test
    void nothingIsTakenWhereNothingIsKept() {
        BodyCapture capture = log.capture(caller(), model(), REQUEST, "r");

        assertThat(capture).isSameAs(BodyCapture.NONE);
        capture.piece(Slice.of("x".repeat(1000)));
        capture.lost(Uuid7.next(), () -> {
            throw new IllegalStateException("asked for what is not kept");
        });
        capture.end(Uuid7.next());
        assertThat(held()).isZero();
        assertThat(count("dropped")).isZero();
    }

    @Test
    void whatIsKeptIsHandedOnAndLetGo() throws Exception {
        database.countDown();
        reopen(full(), 10, 1 << 20);
        BodyCapture capture = log.capture(caller(), model(), REQUEST, "r");
        byte[] piece = "abc".getBytes(StandardCharsets.UTF_8);
        capture.piece(Slice.of(piece));
        piece[0] = 'x';
        capture.piece(Slice.of("def"));
        capture.end(Uuid7.next());
        capture.end(Uuid7.next());

        Await.until("it is stored", () -> count("stored") == 1 && held() == 0);
        assertThat(stored).singleElement().satisfies(body -> {
            assertThat(text(body)).isEqualTo("abcdef");
            assertThat(body.answerBytes()).isEqualTo(6);
            assertThat(body.isCut()).isFalse();
        });
    }

    @Test
    void whatAnAttemptBroughtThatTheClientDidNotGetIsItsOwn() throws Exception {
        database.countDown();
        reopen(full(), 10, 1 << 20);
        BodyCapture capture = log.capture(caller(), model(), REQUEST, "r");
        UUID first = Uuid7.next();
        UUID last = Uuid7.next();
        capture.lost(first, () -> new Withheld(List.of(Slice.of("refused")), false));
        capture.piece(Slice.of("abc"));
        capture.end(last);
        BodyCapture unanswered = log.capture(caller(), model(), REQUEST, "r");
        UUID only = Uuid7.next();
        unanswered.lost(only, () -> Withheld.NOTHING);
        unanswered.end(only);

        Await.until("all are stored", () -> count("stored") == 3 && held() == 0);
        assertThat(stored)
                .extracting(body -> body.attempt, body -> text(body), HeldBody::isStream)
                .containsExactly(tuple(first, "refused", false), tuple(last, "abc", true), tuple(only, "", false));
    }

    private static String text(HeldBody body) {
        return new String(body.answer(), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsOverTheNumberIsDroppedAndCounted() throws Exception {
        reopen(full(), 2, 1 << 20);
        end("one");
        Await.until("the database has the first and keeps it", () -> stored.size() == 1);
        end("two");
        end("three");
        long before = held();
        end("four");
        end("five");

        assertThat(count("dropped")).isEqualTo(2);
        assertThat(held()).isEqualTo(before);
        database.countDown();
        Await.until("the others are stored", () -> count("stored") == 3 && held() == 0);
    }

    @Test
    void whatIsOverTheBytesIsDroppedAndCounted() throws Exception {
        reopen(full(), 10, REQUEST.body().length() + 10);
        BodyCapture capture = log.capture(caller(), model(), REQUEST, "long");
        capture.piece(Slice.of("12345"));
        capture.piece(Slice.of("x".repeat(REQUEST.body().length() + 10)));
        capture.piece(Slice.of("1"));
        BodyCapture other = log.capture(caller(), model(), REQUEST, "other");
        other.piece(Slice.of("12345"));
        capture.end(Uuid7.next());
        database.countDown();
        Await.until("it is stored", () -> stored.size() == 1);

        assertThat(stored.getFirst().isCut()).isTrue();
        assertThat(stored.getFirst().answerBytes()).isEqualTo(REQUEST.body().length() + 16);
        assertThat(new String(stored.getFirst().answer(), StandardCharsets.UTF_8))
                .isEqualTo("12345");

        Await.until("its bytes are free", () -> held() == 5);
        other.piece(Slice.of("67890"));
        other.end(Uuid7.next());
        Await.until("the other is stored", () -> count("stored") == 2 && held() == 0);
        assertThat(count("dropped")).isZero();

        reopen(full(), 10, REQUEST.body().length() - 1);
        end("too long");
        assertThat(count("dropped")).isEqualTo(1);
        assertThat(held()).isZero();
    }

    @Test
    void whatTheDatabaseDoesNotTakeIsDroppedAndCounted() throws Exception {
        log.close();
        registry.clear();
        Live<BodyPolicies> policies = live(full());
        log = new QueuedBodyLog(
                policies,
                bodies -> {
                    throw new IllegalStateException("away");
                },
                registry,
                10,
                1 << 20);
        end("lost");

        Await.until("it is given up", () -> count("dropped") == 1 && held() == 0);
    }

    @Test
    void whatWaitsAtTheEndIsStored() throws Exception {
        reopen(full(), 10, 1 << 20);
        end("one");
        Await.until("the database has the first and keeps it", () -> stored.size() == 1);
        end("two");
        database.countDown();
        log.close();

        assertThat(stored).extracting(body -> body.requestId).containsExactly("one", "two");
    }

    private void end(String requestId) {
        log.capture(caller(), model(), REQUEST, requestId).end(Uuid7.next());
    }

    private void reopen(BodyPolicies policies, int mostWaiting, long mostBytes) throws Exception {
        log.close();
        registry.clear();
        log = log(policies, mostWaiting, mostBytes);
    }

    private QueuedBodyLog log(BodyPolicies policies, int mostWaiting, long mostBytes) {
        return new QueuedBodyLog(
                live(policies),
                bodies -> {
                    stored.addAll(bodies);
                    awaitDatabase();
                },
                registry,
                mostWaiting,
                mostBytes);
    }

    private void awaitDatabase() {
        boolean interrupted = false;
        while (true) {
            try {
                database.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Live<BodyPolicies> live(BodyPolicies policies) {
        return new Live<>("policies", policies, () -> policies, (topic, listener) -> {}, List.of());
    }

    private long held() {
        return (long) registry.get("jarvis.bodies.held.bytes").gauge().value();
    }

    private long count(String what) {
        return (long) registry.get("jarvis.bodies." + what).counter().count();
    }

    private static BodyPolicies full() {
        return new BodyPolicies(Map.of(MODEL_ID, BodyPolicy.FULL), Map.of());
    }

    private static Map<UUID, BodyPolicy> set(UUID id, String code) {
        return code.equals("-") ? Map.of() : Map.of(id, BodyPolicy.of(code));
    }

    private static Identity caller() {
        return new Identity(
                new UUID(3, 3),
                "jane",
                Role.USER,
                Identity.DEFAULT_TEAM,
                Optional.of(KEY_ID),
                Optional.empty(),
                Optional.empty(),
                Instant.MAX);
    }

    private static Model model() {
        return new Model(
                "m",
                "M",
                "text",
                "text",
                "",
                false,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Instant.EPOCH,
                new Deployment(
                        MODEL_ID,
                        "openai",
                        URI.create("http://127.0.0.1:1/"),
                        new AuthScheme.Bearer(),
                        KeyMode.SINGLE,
                        "m",
                        List.of(),
                        false));
    }
}
