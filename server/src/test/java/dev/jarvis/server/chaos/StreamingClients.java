package dev.jarvis.server.crash;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;

/** Many clients that read a stream each, and what each of them got to see. */
final class StreamingClients implements AutoCloseable {
    /** One client's stream. */
    static final class Transcript {
        private volatile String requestId = "";
        private volatile int status;
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        String requestId() {
            return requestId;
        }

        int status() {
            return status;
        }

        boolean sawDone() {
            return lines.contains("data: [DONE]");
        }

        boolean sawError() {
            return lines.stream().anyMatch(line -> line.startsWith("data: {\"error\""));
        }

        boolean hasBegun() {
            return !lines.isEmpty();
        }
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Transcript> transcripts = new ArrayList<>();

    /** Begins a number of streams of the model, all at once. */
    List<Transcript> begin(URI base, String key, String model, String prompt, int count) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/v1/chat/completions"))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model":"%s","stream":true,"max_tokens":1000,"messages":[{"role":"user","content":"%s"}]}
                        """.formatted(model, prompt)))
                .build();
        List<Transcript> begun = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Transcript transcript = new Transcript();
            begun.add(transcript);
            client.sendAsync(request, info -> {
                        transcript.status = info.statusCode();
                        transcript.requestId =
                                info.headers().firstValue("x-request-id").orElse("");
                        return BodyHandlers.fromLineSubscriber(new Reader(transcript))
                                .apply(info);
                    })
                    .whenComplete((HttpResponse<Void> answer, Throwable failure) -> transcript.ended.complete(null));
        }
        transcripts.addAll(begun);
        return begun;
    }

    /** Waits until every stream begun so far has ended, one way or another. */
    void awaitEnds() {
        transcripts.forEach(transcript -> transcript.ended.join());
    }

    List<Transcript> transcripts() {
        return transcripts;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private record Reader(Transcript transcript) implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (!line.isEmpty()) {
                transcript.lines.add(line);
            }
        }

        @Override
        public void onError(Throwable failure) {
            transcript.ended.complete(null);
        }

        @Override
        public void onComplete() {
            transcript.ended.complete(null);
        }
    }
}
