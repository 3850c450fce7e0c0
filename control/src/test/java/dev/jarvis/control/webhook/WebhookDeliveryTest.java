package dev.jarvis.control.webhook;

import dev.jarvis.control.RunningRoutes;
import dev.jarvis.control.RunningRoutes.Answer;
import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.running.SealingVault;
import dev.jarvis.control.webhook.Receiver.Received;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.egress.Cidr;
import dev.jarvis.platform.json.Json;
import dev.jarvis.testkit.Await;
import io.vertx.core.Vertx;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

import static dev.jarvis.control.RunningRoutes.ADMIN;
import static dev.jarvis.control.RunningRoutes.USER;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookDeliveryTest {
    private static final List<Duration> AT_ONCE = List.of(Duration.ZERO, Duration.ZERO);

    private final Receiver receiver = new Receiver();
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<InetAddress> resolved = new AtomicReference<>(InetAddress.ofLiteral("127.0.0.1"));
    private final AddressGuard guard =
            new AddressGuard(List.of(Cidr.of("127.0.0.0/8")), host -> new InetAddress[] {resolved.get()});
    private final SealingVault vault = new SealingVault();
    private final AtomicReference<Deliveries> assembled = new AtomicReference<>();
    private final RunningRoutes routes;

    WebhookDeliveryTest() throws Exception {
        this.routes = new RunningRoutes((endpoints, jdbi) -> {
            WebhookSender sender = sender();
            Deliveries deliveries = deliveries(jdbi, sender, AT_ONCE);
            assembled.set(deliveries);
            new WebhookEndpoint(new Webhooks(jdbi, vault, guard, new Audit(jdbi), deliveries, sender)).addTo(endpoints);
        });
    }

    @BeforeEach
    void empty() {
        routes.reset();
        receiver.forget();
        resolved.set(InetAddress.ofLiteral("127.0.0.1"));
    }

    @AfterAll
    void stop() throws Exception {
        routes.close();
        receiver.close();
        vertx.close().await();
        executor.close();
    }

    @Test
    void anEventIsDeliveredOnceAndSignedAsStandardWebhooksHasIt() throws Exception {
        Answer webhook = create(receiver.url());
        create(receiver.url(), "budget.exhausted");

        String event = raise("budget.warning", "{\"budget_id\": \"b\", \"spent\": 8}");
        sendAllDue();

        Received received = only(receiver.received());
        assertThat(received.id()).isEqualTo(event);
        assertThat(received.signature())
                .isEqualTo("v1," + hmac(webhook.body().path("secret").asString(), received));
        assertThat(Long.parseLong(received.timestamp()))
                .isBetween(Instant.now().getEpochSecond() - 300, Instant.now().getEpochSecond() + 1);
        JsonNode body = Json.MAPPER.readTree(received.body());
        assertThat(body.path("type").asString()).isEqualTo("budget.warning");
        assertThat(Instant.parse(body.path("timestamp").asString())).isBefore(Instant.now());
        assertThat(body.path("data")).isEqualTo(Json.MAPPER.readTree("{\"budget_id\": \"b\", \"spent\": 8}"));
        JsonNode delivery = deliveries(webhook).get(0);
        assertThat(delivery.path("status").asString()).isEqualTo("delivered");
        assertThat(delivery.path("http_status").asInt()).isEqualTo(204);
        assertThat(delivery.path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsRolledBackIsNotAnnounced() throws Exception {
        create(receiver.url());
        routes.database().execute("""
                BEGIN; SELECT raise_event('budget.warning', 'b', '{}'); ROLLBACK
                """);

        sendAllDue();

        assertThat(receiver.received()).isEmpty();
        assertThat(routes.database().query("SELECT count(*) FROM events")).containsExactly("0");
    }

    @Test
    void anAttemptThatFailsIsRepeatedWithTheSameIdAndBody() throws Exception {
        Answer webhook = create(receiver.url());
        receiver.answerNext(500);
        receiver.answerNext(429);
        raise("budget.exhausted", "{\"x\": 1.10}");

        sendAllDue();

        assertThat(receiver.received()).hasSize(3);
        assertThat(receiver.received())
                .extracting(Received::id)
                .containsOnly(receiver.received().getFirst().id());
        assertThat(receiver.received())
                .extracting(received -> new String(received.body(), StandardCharsets.UTF_8))
                .containsOnly(new String(receiver.received().getFirst().body(), StandardCharsets.UTF_8));
        assertThat(deliveries(webhook).get(0).path("status").asString()).isEqualTo("delivered");
    }

    @Test
    void afterTheLastPauseItIsGivenUp() throws Exception {
        Answer webhook = create(receiver.url());
        for (int time = 0; time < 5; time++) {
            receiver.answerNext(503);
        }
        raise("budget.warning", "{}");

        sendAllDue();

        assertThat(receiver.received()).hasSize(AT_ONCE.size() + 1);
        JsonNode delivery = deliveries(webhook).get(0);
        assertThat(delivery.path("status").asString()).isEqualTo("failed");
        assertThat(delivery.path("error").asString()).isEqualTo("http_status");
        assertThat(delivery.path("http_status").asInt()).isEqualTo(503);
        assertThat(delivery.path("next_attempt_at").isNull()).isTrue();
    }

    @Test
    void theNextAttemptWaitsForItsPause() throws Exception {
        Answer webhook = create(receiver.url());
        receiver.answerNext(500);
        raise("budget.warning", "{}");
        try (WebhookSender sender = sender()) {
            Deliveries patient = deliveries(routes.jdbi(), sender, Deliveries.PAUSES);

            assertThat(patient.sendDue()).isEqualTo(1);
            assertThat(patient.sendDue()).isZero();
        }

        assertThat(deliveries(webhook).get(0).path("status").asString()).isEqualTo("pending");
        assertThat(routes.database().query("""
                        SELECT next_attempt_at BETWEEN clock_timestamp() AND clock_timestamp() + interval '5.5 s'
                        FROM webhook_deliveries
                        """)).containsExactly("t");
    }

    @Test
    void twoNodesShareOutWhatIsDue() throws Exception {
        create(receiver.url());
        for (int time = 0; time < 40; time++) {
            raise("budget.warning", "{\"n\": " + time + "}");
        }
        try (WebhookSender sender = sender()) {
            Deliveries other = deliveries(routes.jdbi(), sender, AT_ONCE);
            Future<?> there = executor.submit(() -> {
                while (other.sendDue() > 0) {}
                return null;
            });
            sendAllDue();
            there.get();
        }

        assertThat(receiver.received()).extracting(Received::id).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void aNodeThatDiesWithADeliveryLosesItToAnother() throws Exception {
        create(receiver.url());
        raise("budget.warning", "{}");
        routes.jdbi().inTransaction(handle -> DeliveryTable.claim(handle, 1));
        assertThat(assembled.get().sendDue()).isZero();

        routes.database()
                .execute("UPDATE webhook_deliveries SET next_attempt_at = next_attempt_at - interval '1 minute'");
        sendAllDue();

        assertThat(receiver.received()).hasSize(1);
    }

    /** A client that follows any follows a 303 with a GET, whatever was sent. */
    @ParameterizedTest
    @ValueSource(ints = {303, 307})
    void s25_redirectsAreNotFollowed(int status) {
        Answer webhook = create(receiver.url());
        receiver.redirectNext(status, "http://127.0.0.1:" + receiver.port() + "/elsewhere");

        Answer tested = admin("POST", "/" + id(webhook) + "/test", null);

        assertThat(tested.body().path("status").asString()).isEqualTo("failed");
        assertThat(tested.body().path("http_status").asInt()).isEqualTo(status);
        assertThat(receiver.received()).extracting(Received::path).containsExactly("/hook");
    }

    @ParameterizedTest
    @CsvSource({
        "https://10.0.0.1/hook, forbidden_target",
        "https://169.254.169.254/latest, forbidden_target",
        "https://[::1]/hook, forbidden_target",
        "http://8.8.8.8/hook, forbidden_target",
        "https://metadata.google.internal/, forbidden_target",
        "https://8.8.8.8:5432/, forbidden_target",
        "file:///etc/passwd, invalid_url",
        "https://user@8.8.8.8/, invalid_url",
        "https://8.8.8.8/?token=1, invalid_url",
    })
    void s25_privateAddressesAreRefused(String url, String code) {
        Answer answer = create(url);

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.param()).isEqualTo("url");
        assertThat(answer.body().at("/error/message").asString()).doesNotContain("base_url");
        assertThat(routes.database().query("SELECT count(*) FROM webhooks")).containsExactly("0");
    }

    @Test
    void s25_aNameThatTurnsPrivateLaterIsNotCalled() throws Exception {
        Answer webhook = create("http://hooks.example.test:" + receiver.port() + "/hook");
        raise("budget.warning", "{}");
        sendAllDue();
        assertThat(receiver.received()).hasSize(1);

        resolved.set(InetAddress.ofLiteral("10.1.2.3"));
        JsonNode tested = admin("POST", "/" + id(webhook) + "/test", null).body();

        assertThat(tested.path("error").asString()).isEqualTo("forbidden_target");
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void aReceiverThatIsGoneIsSwitchedOff() throws Exception {
        Answer webhook = create(receiver.url());
        receiver.answerNext(410);
        raise("budget.warning", "{}");
        sendAllDue();
        raise("budget.warning", "{}");
        sendAllDue();

        assertThat(receiver.received()).hasSize(1);
        assertThat(admin("GET", "/" + id(webhook), null).body().path("enabled").asBoolean(true))
                .isFalse();
        assertThat(routes.database().query("SELECT actor_name FROM audit_logs WHERE action = 'webhook.disable'"))
                .containsExactly("server");
    }

    @Test
    void aReceiverThatIsAwayIsAnsweredForHonestly() throws Exception {
        Receiver closed = new Receiver();
        Answer webhook = create(closed.url());
        closed.close();

        JsonNode tested = admin("POST", "/" + id(webhook) + "/test", null).body();

        assertThat(tested.path("status").asString()).isEqualTo("failed");
        assertThat(tested.path("error").asString()).isEqualTo("connect_failed");
        assertThat(tested.path("http_status").isNull()).isTrue();
    }

    @Test
    void whatIsSwitchedOffIsSentNothingButTests() throws Exception {
        Answer webhook = create(receiver.url());
        raise("budget.warning", "{\"n\": 1}");
        admin("PUT", "/" + id(webhook), "{\"enabled\": false}");
        raise("budget.warning", "{\"n\": 2}");
        sendAllDue();
        assertThat(receiver.received()).isEmpty();

        JsonNode tested = admin("POST", "/" + id(webhook) + "/test", null).body();
        assertThat(tested.path("event_type").asString()).isEqualTo("webhook.test");
        assertThat(tested.path("status").asString()).isEqualTo("delivered");
        admin("PUT", "/" + id(webhook), "{\"enabled\": true}");
        sendAllDue();

        assertThat(receiver.received()).hasSize(2);
        assertThat(new String(receiver.received().getLast().body(), StandardCharsets.UTF_8))
                .contains("\"n\":1");
    }

    @Test
    void theLoopSendsWhatIsDueUntilItIsClosed() {
        create(receiver.url());
        WebhookSender sender = sender();
        try (DeliveryLoop loop = new DeliveryLoop(deliveries(routes.jdbi(), sender, AT_ONCE), sender)) {
            assertThat(loop).isNotNull();
            raise("budget.warning", "{}");
            Await.until("the event arrives", () -> receiver.received().size() == 1);
        }
    }

    @Test
    void theSecretIsShownOnceAndSealed() {
        Answer created = create(receiver.url());
        String secret = created.body().path("secret").asString();
        String id = id(created);

        assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length())))
                .hasSize(32);
        assertThat(created.response().headers().firstValue("cache-control")).hasValue("no-store");
        for (Answer later : List.of(
                admin("GET", "", null),
                admin("GET", "/" + id, null),
                admin("PUT", "/" + id, "{\"description\": \"d\"}"))) {
            assertThat(later.response().body()).doesNotContain(secret);
        }
        assertThat(routes.database().query("SELECT coalesce(after::text, '') FROM audit_logs"))
                .noneMatch(text -> text.contains(secret));
        assertThat(routes.database().query("SELECT encode(sealed, 'escape') FROM webhooks"))
                .noneMatch(text -> text.contains(secret.substring(10)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"event_types\": [\"budget.warning\"]}               | missing_parameter",
                "{\"url\": \"%s\"}                                     | missing_parameter",
                "{\"url\": \"%s\", \"event_types\": []}                | invalid_value",
                "{\"url\": \"%s\", \"event_types\": null}              | invalid_value",
                "{\"url\": \"%s\", \"event_types\": [\"weather\"]}     | invalid_value",
                "{\"url\": \"%s\", \"event_types\": [\"budget.warning\"], \"secret\": \"whsec_x\"} | unknown_parameter",
            })
    void refusesWhatIsNoWebhook(String body, String code) {
        assertThat(admin("POST", "", body.replace("%s", receiver.url())).code()).isEqualTo(code);
        assertThat(routes.get(USER, "/api/v1/webhooks").code()).isEqualTo("admin_required");
    }

    @Test
    void deletingOneForgetsItsDeliveries() throws Exception {
        Answer webhook = create(receiver.url());
        raise("budget.warning", "{}");

        assertThat(routes.send(ADMIN, "DELETE", "/api/v1/webhooks/" + id(webhook), null, "if-match", "\"9\"")
                        .code())
                .isEqualTo("version_conflict");
        assertThat(admin("DELETE", "/" + id(webhook), null).status()).isEqualTo(204);
        sendAllDue();

        assertThat(receiver.received()).isEmpty();
        assertThat(admin("GET", "/" + id(webhook) + "/deliveries", null).code()).isEqualTo("webhook_not_found");
    }

    private WebhookSender sender() {
        return new WebhookSender(vertx, guard, host -> new InetAddress[] {resolved.get()}, Duration.ofSeconds(10));
    }

    private Deliveries deliveries(Jdbi jdbi, WebhookSender sender, List<Duration> pauses) {
        return new Deliveries(jdbi, vault, sender, new Audit(jdbi), InstantSource.system(), pauses, executor);
    }

    private void sendAllDue() throws InterruptedException {
        while (assembled.get().sendDue() > 0) {
            // The next round has what the last one left, and what failed in it.
        }
    }

    private String raise(String type, String payload) {
        return routes.database()
                .query("SELECT raise_event('" + type + "', 'subject', '" + payload + "')")
                .getFirst();
    }

    private Answer create(String url, String... types) {
        String wanted = types.length == 0 ? "budget.warning\", \"budget.exhausted" : String.join("\", \"", types);
        return admin("POST", "", "{\"url\": \"" + url + "\", \"event_types\": [\"" + wanted + "\"]}");
    }

    private Answer admin(String method, String path, @Nullable String body) {
        return routes.send(ADMIN, method, "/api/v1/webhooks" + path, body);
    }

    private JsonNode deliveries(Answer webhook) {
        return admin("GET", "/" + id(webhook) + "/deliveries", null).body().path("data");
    }

    private static String id(Answer webhook) {
        return webhook.body().path("id").asString();
    }

    private static <T> T only(List<T> things) {
        assertThat(things).hasSize(1);
        return things.getFirst();
    }

    /** As a receiver would work it out. */
    private static String hmac(String secret, Received received) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes((received.id() + "." + received.timestamp() + ".").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(received.body());
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.toByteArray()));
    }
}
