package dev.jarvis.gateway.upstream;

import java.time.Duration;

/**
 * How long the gateway waits, for each thing that it waits for. Every timer has an error code of its own, so that a log
 * says who was slow.
 *
 * @param connect until a connection to the provider is ready for the request: {@code upstream_connect_timeout}
 * @param firstByte from the request to the head of the answer: {@code upstream_first_byte_timeout}
 * @param idle between two pieces of progress in the answer: {@code upstream_idle_timeout}. Comments are no progress:
 *     heartbeats would otherwise hide a dead exchange for ever
 * @param clientWrite how long a client may take nothing of what waits for it: {@code client_write_timeout}
 * @param total for a request with all its attempts: {@code request_timeout}
 * @param silence of a stream after which the client gets a heartbeat
 * @param drain how long an answer is still read after its client hung up
 */
public record Patience(
        Duration connect,
        Duration firstByte,
        Duration idle,
        Duration clientWrite,
        Duration total,
        Duration silence,
        Duration drain) {

    /** Models think for minutes before the first byte; load balancers cut after 60 s of silence. */
    public static final Patience DEFAULT = new Patience(
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofSeconds(60),
            Duration.ofMinutes(30),
            Duration.ofSeconds(15),
            Duration.ofMinutes(5));

    public Patience {
        for (Duration duration : new Duration[] {connect, firstByte, idle, clientWrite, total, silence, drain}) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("a time-out must be positive");
            }
        }
    }
}
