package dev.jarvis.testkit.provider;

import dev.jarvis.testkit.provider.LedgerEntry.Closing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScriptedProviderTest {
    private static final String PLAIN = """
            {"model":"m","messages":[{"role":"user","content":"tokens=4"}]}""";
    private static final String STREAM = """
            {"model":"m","stream":true,"messages":[{"role":"user","content":"tokens=3"}],\
            "stream_options":{"include_usage":true}}""";

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        client.close();
        provider.close();
    }

    private HttpRequest request(URI base, String body) {
        return HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                .header("authorization", "Bearer sk-provider-abcd")
                .header("x-request-id", "id-1")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> post(String body) throws Exception {
        return client.send(request(provider.baseUrl(), body), BodyHandlers.ofString());
    }

    private static List<JsonNode> events(String body) {
        return body.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> ChatJson.MAPPER.readTree(line.substring(6)))
                .toList();
    }

    @Test
    void answersWholeWithUsageAndWritesItDown() throws Exception {
        JsonNode answer = ChatJson.MAPPER.readTree(post(PLAIN).body());

        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo(" t0 t1 t2 t3");
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(4);
        LedgerEntry entry = provider.awaitEntry("id-1");
        assertThat(entry.keyHint()).isEqualTo("abcd");
        assertThat(entry.outputTokens()).isEqualTo(4);
        assertThat(entry.inputTokens())
                .isEqualTo(answer.at("/usage/prompt_tokens").asInt());
        assertThat(entry.closing()).isEqualTo(Closing.ANSWERED);
        assertThat(entry.terminalWritten()).isTrue();
        assertThat(entry.tokensWritten()).isEqualTo(4);
    }

    @Test
    void streamsEventsWithUsageOnlyWhenAsked() throws Exception {
        String asked = post(STREAM).body();
        String notAsked = post(STREAM.replace("true}}", "false}}")).body();

        assertThat(asked).endsWith("data: [DONE]\n\n");
        assertThat(events(asked).getLast().at("/usage/completion_tokens").asInt())
                .isEqualTo(3);
        assertThat(events(notAsked)).noneMatch(event -> event.has("usage"));
        assertThat(provider.awaitLedger(2)).extracting(LedgerEntry::usageSent).containsExactly(true, false);
    }

    @Test
    void keepsTheRequestByteForByteAndTheConnectionOpen() throws Exception {
        post(PLAIN);
        post("{ \"model\" :\t\"x\",\"messages\":[] }");

        assertThat(provider.lastReceived().bodyText()).isEqualTo("{ \"model\" :\t\"x\",\"messages\":[] }");
        assertThat(provider.connectionsAccepted()).isEqualTo(1);
    }

    @Test
    void choosesTheNextScriptBeforeRulesBeforeTheOneForAll() throws Exception {
        provider.script(Scripts.serverError(503));
        provider.whenModel("m", Scripts.rateLimited(7));
        provider.scriptNext(Scripts.invalidKey());

        assertThat(post(PLAIN).statusCode()).isEqualTo(401);
        HttpResponse<String> limited = post(PLAIN);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("retry-after")).contains("7");
        assertThat(post("{\"model\":\"other\"}").statusCode()).isEqualTo(503);
    }

    @Test
    void seesAtOnceThatTheCallerHungUpWhileItStalls() throws Exception {
        provider.script(Scripts.tokensThen(2, new Step.Stall()));
        try (Socket socket = new Socket("127.0.0.1", provider.port())) {
            socket.getOutputStream().write(rawRequest());
            readUntil(socket, " t1");
        }

        LedgerEntry entry = provider.awaitEntry("raw-1");
        assertThat(entry.closing()).isIn(Closing.PEER_CLOSED, Closing.PEER_RESET);
        assertThat(entry.tokensWritten()).isEqualTo(2);
        assertThat(entry.terminalWritten()).isFalse();
    }

    @Test
    void waitsAtAGateUntilTheTestOpensIt() throws Exception {
        Gate gate = new Gate();
        provider.script(Scripts.tokensThen(1, new Step.Pause(gate), Step.Body.of("data: [DONE]\n\n"), new Step.End()));
        var answer = client.sendAsync(request(provider.baseUrl(), STREAM), BodyHandlers.ofString());

        gate.awaitReached();
        assertThat(answer).isNotDone();
        gate.open();
        assertThat(answer.get().body()).endsWith("[DONE]\n\n");
    }

    @Test
    void resetsAndCutsWhereTold() throws Exception {
        provider.script(Scripts.tokensThen(1, Step.Body.of("data: {\"half"), new Step.Reset()));
        try (Socket socket = new Socket("127.0.0.1", provider.port())) {
            socket.getOutputStream().write(rawRequest());
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
        provider.script(Scripts.tokensThen(1, new Step.Fin()));
        assertThatThrownBy(() -> post(STREAM)).isInstanceOf(IOException.class);
        assertThat(provider.awaitLedger(2)).allMatch(entry -> entry.closing() == Closing.PROVIDER);
    }

    @Test
    void compressesOnDemand() throws Exception {
        provider.script(Scripts.gzip(Script.chat()));
        var answer = client.send(request(provider.baseUrl(), STREAM), BodyHandlers.ofInputStream());

        assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
        String body = new String(new GZIPInputStream(answer.body()).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(events(body)).hasSizeGreaterThan(5);
    }

    @Test
    void makesToolCallsReasoningAndSeveralChoices() throws Exception {
        provider.script(Script.chat().reasoning("hm", "m").toolCall("get_weather", "{\"city\":\"Berlin\"}"));
        List<JsonNode> events =
                events(post(STREAM.replace("\"m\"", "\"m\",\"n\":2")).body());

        String arguments = events.stream()
                .filter(event -> event.at("/choices/0/index").asInt(0) == 1)
                .map(event -> event.at("/choices/0/delta/tool_calls/0/function/arguments")
                        .asString(""))
                .reduce("", String::concat);
        assertThat(arguments).isEqualTo("{\"city\":\"Berlin\"}");
        assertThat(events.getLast()
                        .at("/usage/completion_tokens_details/reasoning_tokens")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void speaksTls() throws Exception {
        try (ScriptedProvider secure = ScriptedProvider.startTls()) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "provider",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(
                                    secure.certificatePem().getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            try (HttpClient trusting =
                    HttpClient.newBuilder().sslContext(context).build()) {
                HttpResponse<String> answer = trusting.send(request(secure.baseUrl(), STREAM), BodyHandlers.ofString());
                assertThat(answer.body()).endsWith("data: [DONE]\n\n");
            }
        }
    }

    @Test
    void writesTheLedgerToAFileThatAnotherProcessCanRead(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ledger");
        try (ScriptedProvider filed = ScriptedProvider.start(0, file)) {
            client.send(request(filed.baseUrl(), STREAM), BodyHandlers.ofString());
            filed.scriptNext(Scripts.tokensThen(1, new Step.Stall()));
            try (Socket open = new Socket("127.0.0.1", filed.port())) {
                open.getOutputStream().write(rawRequest());
                readUntil(open, " t0");

                Ledger.Reading reading = Ledger.read(file);
                assertThat(reading.ended()).isEqualTo(filed.awaitLedger(1));
                assertThat(reading.openRequestIds()).containsExactly("raw-1");
            }
        }
        assertThat(Ledger.read(file).openRequestIds()).isEmpty();
    }

    private static byte[] rawRequest() {
        return ("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nx-request-id: raw-1\r\ncontent-length: "
                        + STREAM.length() + "\r\n\r\n" + STREAM)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void readUntil(Socket socket, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int b = socket.getInputStream().read();
            assertThat(b).isNotNegative();
            seen.append((char) b);
        }
    }
}
