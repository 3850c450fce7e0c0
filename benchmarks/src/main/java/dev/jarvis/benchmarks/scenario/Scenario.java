package dev.jarvis.benchmarks.scenario;

import dev.jarvis.benchmarks.wire.Wish;

import java.util.List;

/**
 * One kind of load.
 *
 * @param id its name in options
 * @param title its name in tables
 * @param shape how requests are spread over time
 * @param bodyBytes size of a request's body
 * @param tokens content chunks of the answer's stream; 0 for one JSON answer of 1 KB
 * @param amount requests a second in an open loop, streams at once when paced, else 0
 * @param tls whether the upstream speaks TLS
 */
public record Scenario(String id, String title, Shape shape, int bodyBytes, int tokens, int amount, boolean tls) {

    /** How requests are spread over time. */
    public enum Shape {
        /** The next when the last is answered, on a fixed number of connections. */
        CLOSED,
        /** At a fixed rate. */
        OPEN,
        /** Streams of 20 tokens a second. */
        PACED
    }

    /** All there are, in the order in which they run. */
    public static List<Scenario> all() {
        return List.of(
                new Scenario("small", "1 KB request", Shape.CLOSED, 1024, 0, 0, false),
                new Scenario("small-tls", "1 KB request, TLS upstream", Shape.CLOSED, 1024, 0, 0, true),
                new Scenario("large", "100 KB request", Shape.CLOSED, 102400, 0, 0, false),
                new Scenario("large-tls", "100 KB request, TLS upstream", Shape.CLOSED, 102400, 0, 0, true),
                new Scenario("burst", "SSE burst, 100 chunks", Shape.CLOSED, 1024, 100, 0, false),
                new Scenario("burst-tls", "SSE burst, 100 chunks, TLS upstream", Shape.CLOSED, 1024, 100, 0, true),
                new Scenario("steady", "1 KB request, 400 a second", Shape.OPEN, 1024, 0, 400, false),
                new Scenario("paced500", "500 paced streams", Shape.PACED, 1024, 1, 500, false),
                new Scenario("paced2000", "2,000 paced streams", Shape.PACED, 1024, 1, 2000, false));
    }

    /** What one unit of its CPU column is. */
    public String unit() {
        return shape == Shape.PACED ? "chunk" : "request";
    }

    /** The wish of its requests; a paced stream lasts {@code seconds}. */
    Wish wish(long seconds) {
        if (shape == Shape.PACED) {
            return new Wish(Wish.Kind.PACED, (int) seconds * 20);
        }
        return tokens == 0 ? Wish.JSON_ANSWER : new Wish(Wish.Kind.BURST, tokens);
    }
}
