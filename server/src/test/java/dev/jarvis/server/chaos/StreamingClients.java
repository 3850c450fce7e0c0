package dev.jarvis.server.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

/** Many clients that read a stream each, and what each of them got to see. */
final class StreamingClients implements AutoCloseable {
    private static final int MAX_TOKENS = 1000;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<Transcript> transcripts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger begun = new AtomicInteger();

    /** Begins a number of streams of the model, all at once. */
    List<Transcript> begin(URI base, String key, String model, String prompt, int count) {
        List<Transcript> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(begin(base, key, model, prompt));
        }
        return all;
    }

    /** Begins one stream. */
    Transcript begin(URI base, String key, String model, String prompt) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/v1/chat/completions"))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model":"%s","stream":true,"max_tokens":%d,"messages":[{"role":"user","content":"%s"}]}
                        """.formatted(model, MAX_TOKENS, prompt)))
                .build();
        Transcript transcript = new Transcript();
        transcripts.add(transcript);
        begun.incrementAndGet();
        client.sendAsync(request, info -> {
                    transcript.head(
                            info.statusCode(),
                            info.headers().firstValue("x-request-id").orElse(""));
                    return BodyHandlers.fromLineSubscriber(new Reader(transcript))
                            .apply(info);
                })
                .whenComplete((HttpResponse<Void> answer, Throwable failure) -> transcript.end());
        return transcript;
    }

    /** Waits until every stream begun so far has ended, one way or another. */
    void awaitEnds() {
        transcripts.forEach(Transcript::awaitEnd);
    }

    /** How many have begun so far. */
    int count() {
        return begun.get();
    }

    /** Every stream so far, in the order of beginning. */
    List<Transcript> transcripts() {
        return List.copyOf(transcripts);
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
            transcript.line(line);
        }

        @Override
        public void onError(Throwable failure) {
            transcript.end();
        }

        @Override
        public void onComplete() {
            transcript.end();
        }
    }
}
