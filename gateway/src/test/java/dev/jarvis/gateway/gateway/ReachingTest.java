package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.meter.Outcome;
import dev.jarvis.gateway.relay.HangUpPolicy;
import dev.jarvis.gateway.upstream.Patience;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static dev.jarvis.gateway.gateway.RunningGateway.ask;
import static dev.jarvis.gateway.gateway.RunningGateway.key;
import static org.assertj.core.api.Assertions.assertThat;

/** How providers are reached: addresses, TLS, long silences. */
class ReachingTest {
    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private static GatewaySettings trusting(ScriptedProvider provider) throws Exception {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(provider.certificate().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        return new GatewaySettings(
                RunningGateway.CALM,
                HangUpPolicy.DRAIN,
                100,
                1024 * 1024,
                64 * 1024,
                Optional.of(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
    }

    @Test
    void tlsIsVerifiedAgainstTheNameAndNotTheAddress() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.startTls()) {
            gateway.resolver = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
            gateway.model("right", URI.create("https://localhost:" + provider.port() + "/v1"), KeyMode.SINGLE, key("k"))
                    .model(
                            "wrong",
                            URI.create("https://provider.example:" + provider.port() + "/v1"),
                            KeyMode.SINGLE,
                            key("k"))
                    .start(trusting(provider));

            HttpResponse<String> right = gateway.chat(ask("right", true, "tokens=3"));
            HttpResponse<String> wrong = gateway.chat(ask("wrong", true, "tokens=3"));

            assertThat(right.statusCode()).as(right.body()).isEqualTo(200);
            assertThat(right.body()).endsWith("data: [DONE]\n\n");
            assertThat(provider.lastReceived().header("host")).hasValue("localhost:" + provider.port());
            assertThat(wrong.statusCode()).isEqualTo(502);
            assertThat(wrong.body()).contains("upstream_connect_failed");
            assertThat(provider.received()).hasSize(1);
        }
    }

    @Test
    void anUntrustedCertificateIsRefused() {
        try (ScriptedProvider provider = ScriptedProvider.startTls()) {
            gateway.model("alpha", provider.baseUrl(), KeyMode.SINGLE, key("k")).start();

            assertThat(gateway.chat(ask("alpha", false, "x")).body()).contains("upstream_connect_failed");
            assertThat(provider.received()).isEmpty();
        }
    }

    @Test
    void t7_aConnectionThatNeverBecomesReadyIsGivenUp() throws Exception {
        Patience impatient = new Patience(
                Duration.ofMillis(300),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10));
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) { // answers no TLS greeting
            gateway.resolver = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
            URI url = URI.create("https://localhost:" + mute.getLocalPort() + "/v1");
            gateway.model("alpha", url, KeyMode.SINGLE, key("k")).start(impatient, HangUpPolicy.DRAIN);

            HttpResponse<String> answer = gateway.chat(ask("alpha", false, "x"));

            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(answer.body()).contains("upstream_connect_timeout");
            assertThat(gateway.meter.awaitSettled(3))
                    .allMatch(entry -> entry.settlement().outcome() == Outcome.NOT_SENT);
        }
    }

    @Test
    void e13_e14_aNameWithAForbiddenAddressIsNeverConnectedTo() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start()) {
            gateway.allowed = List.of();
            gateway.resolver = host ->
                    new InetAddress[] {InetAddress.ofLiteral("93.184.216.34"), InetAddress.getLoopbackAddress()};
            gateway.model(
                            "alpha",
                            URI.create("https://provider.example:" + provider.port() + "/v1"),
                            KeyMode.SINGLE,
                            key("k"))
                    .start();

            assertThat(gateway.chat(ask("alpha", false, "x")).body()).contains("upstream_forbidden_target");
            assertThat(provider.connectionsAccepted()).isZero();
        }
    }

    @Test
    void onlyTheBuiltInModelReachesTheDemoPort() {
        try (ScriptedProvider provider = ScriptedProvider.start()) {
            URI demo = URI.create("https://demo.jarvis.invalid/v1");
            gateway.allowed = List.of();
            gateway.demoPort = OptionalInt.of(provider.port());
            gateway.model("demo", demo, KeyMode.SINGLE, true, key("k"))
                    .model("impostor", demo, KeyMode.SINGLE, false, key("k"))
                    .start();

            assertThat(gateway.chat(ask("demo", false, "tokens=1")).statusCode())
                    .isEqualTo(200);
            assertThat(gateway.chat(ask("impostor", false, "tokens=1")).statusCode())
                    .isEqualTo(502);
        }
    }

    @Test
    void u20_anAnswerThatIsCompressedAllTheSameIsInflated() {
        try (ScriptedProvider provider = ScriptedProvider.start()) {
            provider.script(Scripts.gzip(Script.chat().tokens(5)));
            gateway.model("alpha", provider.baseUrl(), KeyMode.SINGLE, key("k")).start();

            assertThat(gateway.chat(ask("alpha", true, "x")).body())
                    .startsWith("data: {")
                    .endsWith("data: [DONE]\n\n");
            assertThat(provider.lastReceived().header("accept-encoding")).hasValue("identity");
        }
    }

    @Test
    void t8_aLongSilenceIsFilledWithHeartbeatsThatAreNoEvents() {
        try (ScriptedProvider provider = ScriptedProvider.start()) {
            Patience restless = new Patience(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10));
            provider.script(Script.chat().tokens(2).after(new Step.Delay(Duration.ofMillis(900))));
            gateway.model("alpha", provider.baseUrl(), KeyMode.SINGLE, key("k")).start(restless, HangUpPolicy.DRAIN);

            HttpResponse<String> answer = gateway.chat(ask("alpha", true, "x"));

            assertThat(answer.body()).startsWith(": ping\n: ping\n").endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void onlyTheGatewaysOwnHeadersGoUp() {
        try (ScriptedProvider provider = ScriptedProvider.start()) {
            gateway.model("alpha", provider.baseUrl(), KeyMode.SINGLE, key("sk-provider-one"))
                    .start();
            String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

            gateway.send(gateway.to("/v1/chat/completions")
                    .header("traceparent", trace)
                    .header("cookie", "session=1")
                    .header("x-stainless-os", "Linux")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(ask("alpha", false, "tokens=1"))));

            var seen = provider.lastReceived();
            assertThat(seen.header("authorization")).hasValue("Bearer sk-provider-one");
            assertThat(seen.header("traceparent")).hasValue(trace);
            assertThat(seen.header("cookie")).isEmpty();
            assertThat(seen.header("x-stainless-os")).isEmpty();
            assertThat(seen.header("user-agent").orElseThrow()).startsWith("jarvis/");
        }
    }
}
