package dev.jarvis.server.chaos;

import dev.jarvis.testkit.Await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Calls at a steady rate, whatever becomes of them, to one server after the other; and when each came and went. */
final class PacedCalls implements AutoCloseable {
    private static final int NO_ANSWER = 0;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * One call.
     *
     * @param dueAt when it was to be sent, by {@link System#nanoTime}: a client that is late does not hide a delay
     * @param status 0: no answer came
     * @param degraded whether the answer says that limits are shared out
     */
    record Call(long dueAt, long answeredAt, int status, boolean degraded) {
        long nanos() {
            return answeredAt - dueAt;
        }
    }

    private PacedCalls(List<URI> servers, String key, String body, int perSecond) {
        List<HttpRequest> requests = servers.stream()
                .map(base -> HttpRequest.newBuilder(URI.create(base + "/v1/chat/completions"))
                        .header("authorization", "Bearer " + key)
                        .header("content-type", "application/json")
                        .timeout(Duration.ofSeconds(20))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .toList();
        thread = Thread.ofPlatform().daemon().unstarted(() -> {
            long step = Duration.ofSeconds(1).dividedBy(perSecond).toNanos();
            long due = System.nanoTime();
            for (int i = 0; !stopped; i++) {
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                send(requests.get(i % requests.size()), due);
                due += step;
            }
        });
    }

    static PacedCalls begin(List<URI> servers, String key, String body, int perSecond) {
        PacedCalls calls = new PacedCalls(servers, key, body, perSecond);
        calls.thread.start();
        return calls;
    }

    private void send(HttpRequest request, long due) {
        running.incrementAndGet();
        http.sendAsync(request, BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            calls.add(new Call(
                    due,
                    System.nanoTime(),
                    answer == null ? NO_ANSWER : answer.statusCode(),
                    answer != null
                            && answer.headers().firstValue("x-ratelimit-mode").isPresent()));
            running.decrementAndGet();
        });
    }

    /** Those so far that were due in a span of {@link System#nanoTime}. */
    List<Call> between(long from, long to) {
        return calls.stream()
                .filter(call -> call.dueAt() >= from && call.dueAt() < to)
                .toList();
    }

    /** The most calls that were admitted within so long, wherever it begins: sent after its beginning and answered before its end. */
    int mostWithin(Duration span) {
        List<Call> admitted =
                calls.stream().filter(call -> call.status() == 200).toList();
        int most = 0;
        for (Call first : admitted) {
            long end = first.dueAt() + span.toNanos();
            int within = (int) admitted.stream()
                    .filter(call -> call.dueAt() >= first.dueAt() && call.answeredAt() <= end)
                    .count();
            most = Math.max(most, within);
        }
        return most;
    }

    /** No more calls; returns when those under way have ended. */
    void stop() {
        stopped = true;
        try {
            thread.join();
            Await.until("every call has ended", Duration.ofSeconds(30), () -> running.get() == 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        http.close();
    }
}
