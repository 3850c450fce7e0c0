package dev.jarvis.testkit.provider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ProviderProcessTest {
    private static final int STREAMS = 200;

    @Test
    void servesManyStreamsFromAProcessOfItsOwnAndLeavesAnExactLedger(@TempDir Path directory) throws Exception {
        Path ledger = directory.resolve("ledger");
        try (ProviderProcess provider = ProviderProcess.start(ledger);
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, STREAMS)
                    .mapToObj(i -> client.sendAsync(request(provider.baseUrl(), i), BodyHandlers.ofString()))
                    .toList();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS).body()).endsWith("data: [DONE]\n\n");
            }
        }

        Ledger.Reading reading = Ledger.read(ledger);
        assertThat(reading.openRequestIds()).isEmpty();
        assertThat(reading.ended())
                .hasSize(STREAMS)
                .allMatch(entry -> entry.tokensWritten() == 10 && entry.terminalWritten());
        assertThat(reading.ended()).extracting(LedgerEntry::requestId).doesNotHaveDuplicates();
    }

    private static HttpRequest request(URI base, int number) {
        return HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                .header("x-request-id", "attempt-" + number)
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model":"m","stream":true,"messages":[{"role":"user","content":"tokens=10 delay_ms=20"}]}"""))
                .build();
    }
}
