package dev.jarvis.server.budget;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.jarvis.platform.json.Json;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** From the record that crosses a budget's threshold to the program that is told of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BudgetWarningTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final TestingServer server =
            TestingServer.builder().withProvider(provider).start();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer receiver;

    private record Received(Headers headers, byte[] body) {
        JsonNode event() {
            return Json.MAPPER.readTree(body);
        }
    }

    BudgetWarningTest() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    }

    @BeforeAll
    void listen() {
        receiver.createContext("/", exchange -> {
            try (exchange) {
                received.add(new Received(
                        exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        receiver.start();
    }

    @AfterAll
    void stop() {
        server.close();
        provider.close();
        receiver.stop(0);
    }

    @Test
    void theThresholdOfABudgetIsAnnouncedOnceAWindow() throws Exception {
        server.createModel("warned");
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/budgets";
        String secret = server.admin()
                .post("/api/v1/webhooks", Map.of("url", url, "event_types", List.of("budget.warning")))
                .expect(201)
                .text("/secret");
        String id = server.admin()
                .post(
                        "/api/v1/budgets",
                        Map.of(
                                "scope", "organisation",
                                "unit", "tokens",
                                "amount", 1_000_000_000,
                                "period", "total",
                                "enforcement", "soft",
                                "warn_percent", 1))
                .expect(201)
                .text("/id");
        Await.until("calls are charged to the budget", () -> chat() > 0 && spent(id) > 0);
        assertThat(received).isEmpty();

        server.admin()
                .put("/api/v1/budgets/" + id, Map.of("amount", 100 * spent(id)))
                .expect(200);
        chat();
        Await.until("the event arrives", () -> !received.isEmpty());
        long before = spent(id);
        chat();
        Await.until("the next call is charged too", () -> spent(id) > before);

        assertThat(server.database().query("SELECT count(*) FROM events")).containsExactly("1");
        assertThat(received).hasSize(1);
        assertSigned(received.getFirst(), secret);
        JsonNode event = received.getFirst().event();
        assertThat(event.path("type").asString()).isEqualTo("budget.warning");
        assertThat(event.at("/data/budget_id").asString()).isEqualTo(id);
        assertThat(event.at("/data/spent").asLong()).isPositive();
    }

    /** As a receiver checks it, by the Standard Webhooks specification. */
    private static void assertSigned(Received delivery, String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String prefix = delivery.headers().getFirst("webhook-id") + "."
                + delivery.headers().getFirst("webhook-timestamp") + ".";
        mac.update(prefix.getBytes(StandardCharsets.UTF_8));
        assertThat(delivery.headers().getFirst("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(delivery.body())));
    }

    private int chat() {
        server.admin()
                .post(
                        "/v1/chat/completions",
                        Map.of("model", "warned", "messages", List.of(Map.of("role", "user", "content", "Hello"))))
                .expect(200);
        return server.usage().size();
    }

    private long spent(String id) {
        return server.admin()
                .get("/api/v1/budgets/" + id)
                .expect(200)
                .json()
                .at("/window/spent")
                .asLong();
    }
}
